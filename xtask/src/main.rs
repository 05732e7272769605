//! Developer tasks: `cargo xtask font-table`, `cargo xtask test`, `cargo xtask ci`.

mod font_table;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["font-table"] => font_table::write(),
        other => anyhow::bail!("unknown task `{}`; tasks: font-table", other.join(" ")),
    }
}
