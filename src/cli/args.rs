//! Every command and option, in the words that `--help` prints.

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns the architecture drawings a team already has into a judged design document.
#[derive(Debug, Parser)]
#[command(name = "planroom", version, about, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 clean (read: read), 1 findings at or above --fail-on (read: read with errors),\n\
                        2 nothing readable, a wrong setting, pack or argument, or output not written."
)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read, judge, draw, and write the packets.
    Build(Build),
    /// Print findings, questions and where sources disagree.
    Check(Check),
    /// Print the open questions, or write them as a sheet to be filled in.
    Questions(Questions),
    /// Put answers into planroom.yaml: of a filled sheet, or asked for in the terminal.
    Answer(Answer),
    /// Compare a firewall export with the port matrix.
    Compare(Compare),
    /// Print what changed between two reviews.
    Diff(Diff),
    /// Print the account of inputs: model, diagnostics, read loss.
    Read(Read),
    /// Draw one diagram as SVG.
    Render(Render),
    /// Put the findings on a draw.io file, as a layer of badges.
    Annotate(Annotate),
    /// Lay out a graph with given sizes as SVG, to compare engines.
    Layout(Layout),
    /// List the rules.
    Rules(Rules),
    /// Print one rule: what it finds, why it matters, what to do.
    Explain(Explain),
    /// Run the examples of guidance packs.
    Test(Test),
    /// List the formats that are read.
    Formats(Formats),
    /// Print the JSON Schema of one of our JSON files.
    Schema(Schema),
    /// Write a planroom.yaml that asks the open questions.
    Init(Init),
    /// Print the completions of a shell.
    Completions(Completions),
}

/// What most commands share.
#[derive(Clone, Debug, Args)]
pub(super) struct Common {
    /// Date that expiry and support are judged against, YYYY-MM-DD.
    /// Without it: SOURCE_DATE_EPOCH, then the date of planroom.yaml.
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
    /// A guidance pack to use beside those of planroom.yaml: the id of a built-in one, a file, or a folder;
    /// may be given several times.
    #[arg(long = "pack", value_name = "PACK")]
    pub(super) packs: Vec<String>,
    #[command(flatten)]
    pub(super) limit: Limit,
}

/// How large a source may be.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Limit {
    /// Largest source that is read, in bytes.
    #[arg(long, value_name = "N", default_value_t = crate::source::DEFAULT_LIMIT)]
    pub(super) max_source_bytes: u64,
    /// Largest guidance pack that is read, in bytes.
    #[arg(long, value_name = "N", default_value_t = crate::pipeline::PACK_LIMIT)]
    pub(super) max_pack_bytes: u64,
}

/// A severity, or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Critical,
    High,
    Medium,
    Low,
    Info,
    Never,
}

/// Read, judge, draw, and write the packets.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Folders or files.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<String>,
    /// Folder that the packets are written into.
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: String,
    /// Exit with 1 when there is a finding at or above this severity.
    #[arg(long, value_name = "SEVERITY", default_value = "never")]
    pub(super) fail_on: FailOn,
    /// The last review, to tell what changed since: a packet's folder or model.json, a folder of drawings,
    /// or a git revision (REV of the same path, or REV:path). Without it: document.baseline of planroom.yaml.
    #[arg(long, value_name = "PATH|REV")]
    pub(super) baseline: Option<String>,
    /// Where things go in pictures of drawings that came with coordinates.
    #[arg(long, value_name = "HOW", default_value = "kept")]
    pub(super) layout: Layouts,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Where things go in pictures of drawings that came with coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Layouts {
    /// Where the author put them.
    Kept,
    /// Where our layout puts them.
    Auto,
}

/// Form of `diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    Text,
    Json,
    Markdown,
}

/// When `diff` fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFailOn {
    /// Something changed.
    Change,
    Critical,
    High,
    Medium,
    Low,
    Info,
    Never,
}

/// Print what changed between two reviews.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The old review: a folder of drawings or packets, a packet's model.json, one drawing, or a git revision
    /// (REV of the path of the other side, or REV:path). A path that exists comes first.
    #[arg(value_name = "OLD")]
    pub(super) old: String,
    /// The new review, in the same words.
    #[arg(value_name = "NEW", default_value = ".")]
    pub(super) new: String,
    /// Form of the output.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: DiffFormat,
    /// Exit with 1 when something changed (change), or when a finding at or above this severity is open that
    /// was not.
    #[arg(long, value_name = "WHEN", default_value = "never")]
    pub(super) fail_on: DiffFailOn,
    /// File that the output is written to; without it, the terminal.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Form of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    Text,
    Json,
    Sarif,
    Junit,
    Csv,
    Xlsx,
}

/// Print findings, questions and where sources disagree.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Folders or files.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<String>,
    /// Form of the output.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: CheckFormat,
    /// File that the output is written to; without it, the terminal.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<String>,
    /// Exit with 1 when there is a finding at or above this severity.
    #[arg(long, value_name = "SEVERITY", default_value = "high")]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Form of the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum QuestionsFormat {
    Text,
    Xlsx,
    Csv,
    Md,
}

/// Print the open questions.
#[derive(Debug, Args)]
pub(super) struct Questions {
    /// Folder or file of one project.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: String,
    /// Only what this role can answer: business, platform, dba, network, security, partners, directory,
    /// developers, operations.
    #[arg(long = "for", value_name = "ROLE")]
    pub(super) role: Option<String>,
    /// File that the questions are written to; its ending tells the form: .xlsx, .csv, .md.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<String>,
    /// Form of the questions; without it, by the ending of FILE, else text.
    #[arg(long, value_name = "FORM")]
    pub(super) format: Option<QuestionsFormat>,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Put answers into planroom.yaml.
#[derive(Debug, Args)]
pub(super) struct Answer {
    /// A filled sheet (.xlsx, .csv, .md), then the folder or file of its project (`.`). Without a sheet, the
    /// questions are asked in the terminal.
    #[arg(value_name = "SHEET] [PATH", num_args = 0..=2)]
    pub(super) arguments: Vec<String>,
    /// In the terminal: only what this role can answer.
    #[arg(long = "for", value_name = "ROLE")]
    pub(super) role: Option<String>,
    /// Who says so, where the sheet names nobody.
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// Answers replace what drawings state or planroom.yaml declares otherwise.
    #[arg(long)]
    pub(super) replace: bool,
    /// Print the change and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Form of `compare`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CompareFormat {
    Text,
    Json,
    Csv,
}

/// Differences of which one makes the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Difference {
    /// Any difference.
    Any,
    /// A rule allows what is not drawn, or more than is drawn.
    Allowed,
    /// A flow is drawn and not allowed.
    Blocked,
    /// None.
    Never,
}

/// Compare a firewall export with the port matrix.
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The export as CSV, with a header that names source, destination, service or port, and action.
    #[arg(long, value_name = "RULES.csv")]
    pub(super) firewall: String,
    /// Folder or file of one project.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: String,
    /// Form of the output.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: CompareFormat,
    /// Exit with 1 when there is such a difference.
    #[arg(long, value_name = "KIND", default_value = "any")]
    pub(super) fail_on: Difference,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Text or JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TextFormat {
    Text,
    Json,
}

/// Print the account of inputs.
#[derive(Debug, Args)]
pub(super) struct Read {
    /// Files.
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<String>,
    /// Form of the output.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: TextFormat,
    #[command(flatten)]
    pub(super) limit: Limit,
}

/// Draw one diagram as SVG.
#[derive(Debug, Args)]
pub(super) struct Render {
    /// File with the diagram.
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// File that the picture is written to; without it, the terminal.
    #[arg(short, long, value_name = "X.svg")]
    pub(super) output: Option<String>,
    /// Id of the view; without it, the first one.
    #[arg(long, value_name = "ID")]
    pub(super) view: Option<String>,
    /// Where things go when the drawing came with coordinates.
    #[arg(long, value_name = "HOW", default_value = "kept")]
    pub(super) layout: Layouts,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Put the findings on a draw.io file, as a layer of badges.
#[derive(Debug, Args)]
#[command(
    after_help = "Nothing that the author drew is changed. Annotating again replaces the layer; --remove takes it away, unless something else is on it."
)]
pub(super) struct Annotate {
    /// The drawing (.drawio, .dio or .xml), with its planroom.yaml beside it.
    #[arg(value_name = "FILE.drawio")]
    pub(super) file: String,
    /// File that the drawing with the layer is written to.
    #[arg(short, long, value_name = "OUT.drawio")]
    pub(super) output: String,
    /// Take the layer away.
    #[arg(long)]
    pub(super) remove: bool,
    /// Replace the drawing itself, when OUT is FILE.
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Lay out a graph with given sizes.
#[derive(Debug, Args)]
pub(super) struct Layout {
    /// The graph as JSON: nodes with w and h, boundaries, edges with lw and lh.
    #[arg(value_name = "GRAPH.json")]
    pub(super) graph: String,
    /// File that the picture is written to; without it, the terminal.
    #[arg(short, long, value_name = "X.svg")]
    pub(super) output: Option<String>,
    #[command(flatten)]
    pub(super) limit: Limit,
}

/// Form of `rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RulesFormat {
    Text,
    Json,
    /// The reference of each pack; of the named packs alone when some are named.
    Markdown,
}

/// List the rules.
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// Form of the output.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: RulesFormat,
    /// A further pack: the id of a built-in one, a file, or a folder; may be given several times.
    #[arg(long = "pack", value_name = "PACK")]
    pub(super) packs: Vec<String>,
    #[command(flatten)]
    pub(super) limit: Limit,
}

/// Print one rule.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Id of the rule, as `planroom rules` lists it.
    #[arg(value_name = "RULE")]
    pub(super) rule: String,
    /// A further pack: the id of a built-in one, a file, or a folder; may be given several times.
    #[arg(long = "pack", value_name = "PACK")]
    pub(super) packs: Vec<String>,
    #[command(flatten)]
    pub(super) limit: Limit,
}

/// Run the examples of guidance packs.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 all as expected, 1 some not, 2 a pack is wrong.")]
pub(super) struct Test {
    /// Pack files, or folders of them; their examples stand in `examples/` beside them.
    #[arg(value_name = "PACK", required = true)]
    pub(super) packs: Vec<String>,
    /// Id of the only rule to test.
    #[arg(long, value_name = "RULE")]
    pub(super) rule: Option<String>,
    #[command(flatten)]
    pub(super) limit: Limit,
}

/// List the formats that are read.
#[derive(Debug, Args)]
pub(super) struct Formats {
    /// Form of the output.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: TextFormat,
}

/// Print a JSON Schema.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// model, findings, read or diff.
    #[arg(value_name = "NAME", default_value = "model")]
    pub(super) name: String,
}

/// Write a planroom.yaml.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folder of the project.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: String,
    /// Print the file and write nothing.
    #[arg(long)]
    pub(super) print: bool,
    #[command(flatten)]
    pub(super) limit: Limit,
}

/// Print the completions of a shell.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}
