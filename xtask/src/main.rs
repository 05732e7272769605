//! Developer tasks. `cargo xtask test` passes all tests; `cargo xtask ci` is that and the slower checks.
//!
//! Each installs what it needs on Debian, and elsewhere says in one line what is missing.

#![allow(clippy::disallowed_methods, reason = "tasks work on the checkout")]

mod font_table;
mod run;
mod tools;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use run::{run, run_in};

const USAGE: &str = "usage: cargo xtask <task>

  test        format, Clippy, unit, corpus, command and browser tests
  ci          test, and documentation, licenses, fuzzing, output/ and docs/guidance/ are current
  output      build samples/ into output/
  guidance    write the reference of each pack into docs/guidance/
  font-table  write the table of text widths from the bundled font";

fn main() -> ExitCode {
    let task = env::args().nth(1).unwrap_or_default();
    let result = match task.as_str() {
        "test" => test(),
        "ci" => ci(),
        "output" => output(),
        "guidance" => guidance(),
        "font-table" => font_table::write(),
        _ => Err(anyhow::anyhow!("{USAGE}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            run::say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Every test, the browser's last.
fn test() -> Result<()> {
    tools::rust_components()?;
    run("cargo", &["fmt", "--all", "--check"])?;
    run("cargo", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])?;
    run("cargo", &["test", "--workspace", "--locked"])?;
    browser()
}

/// The pages in headless Chromium.
fn browser() -> Result<()> {
    tools::browser()?;
    run("cargo", &["build", "--release", "--locked", "--bin", "planroom"])?;
    let folder = root().join("tests/e2e");
    run_in(&folder, "npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"])?;
    run_in(&folder, "node", &["run.mjs"])
}

/// Everything that main must pass.
fn ci() -> Result<()> {
    test()?;
    run::with_env(
        "RUSTDOCFLAGS",
        "-D warnings",
        "cargo",
        &["doc", "--no-deps", "--locked", "--document-private-items"],
    )?;
    tools::cargo_tool("cargo-deny", "deny")?;
    run("cargo", &["deny", "check", "licenses", "bans", "sources"])?;
    if run("cargo", &["deny", "check", "advisories"]).is_err() {
        run::say(
            "advisories were not checked: the database cannot be reached, or one stands against a dependency",
        );
    }
    fuzz()?;
    output_is_current()?;
    guidance_is_current()?;
    run::say("all checks passed");
    Ok(())
}

/// Fuzzes each target for `PLANROOM_FUZZ_SECONDS` (120 by default) in all.
fn fuzz() -> Result<()> {
    let seconds: u64 = match env::var("PLANROOM_FUZZ_SECONDS") {
        Ok(text) => {
            text.parse().with_context(|| format!("PLANROOM_FUZZ_SECONDS is {text}, expected a number"))?
        }
        Err(_) => 120,
    };
    if seconds == 0 {
        run::say("fuzzing skipped: PLANROOM_FUZZ_SECONDS is 0");
        return Ok(());
    }
    tools::cargo_tool("cargo-fuzz", "fuzz")?;
    let mut targets: Vec<String> = fs::read_dir(root().join("fuzz/fuzz_targets"))
        .context("fuzz/fuzz_targets")?
        .filter_map(|entry| entry.ok()?.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect();
    targets.sort();
    if targets.is_empty() {
        bail!("fuzz/fuzz_targets holds no target");
    }
    let each = (seconds / targets.len() as u64).max(1);
    for target in targets {
        let time = format!("-max_total_time={each}");
        let arguments =
            ["fuzz", "run", &target, "--sanitizer", "none", "--", &time, "-max_len=65536", "-timeout=10"];
        run("cargo", &arguments)?;
    }
    Ok(())
}

/// Builds the samples with the release binary into `folder`.
fn build_samples(folder: &Path) -> Result<()> {
    run("cargo", &["build", "--release", "--locked", "--bin", "planroom"])?;
    let binary = root().join("target/release/planroom");
    run(&binary.to_string_lossy(), &["build", "samples", "-o", &folder.to_string_lossy()])
}

fn output() -> Result<()> {
    build_samples(Path::new("output"))
}

/// The reference of each built-in pack.
fn guidance() -> Result<()> {
    for (path, text) in references()? {
        fs::write(path, text)?;
    }
    Ok(())
}

/// Fails when the reference of a pack is not what the pack says.
fn guidance_is_current() -> Result<()> {
    for (path, text) in references()? {
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            bail!("{} is not current: run `cargo xtask guidance` and commit it", path.display());
        }
    }
    Ok(())
}

/// For each pack in `packs/`, the file of its reference and what it must say.
fn references() -> Result<Vec<(PathBuf, String)>> {
    run("cargo", &["build", "--locked", "--bin", "planroom"])?;
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("packs/examples"))? {
        let name = entry?.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = run::answer("target/debug/planroom", &["rules", "--format", "markdown", "--pack", &name])?;
        found.push((root().join(format!("docs/guidance/{name}.md")), text));
    }
    found.sort();
    Ok(found)
}

/// `output/` holds what `samples/` becomes, byte for byte.
fn output_is_current() -> Result<()> {
    let fresh = root().join("target/output-check");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    build_samples(&fresh)?;
    let (old, new) = (files(&root().join("output"))?, files(&fresh)?);
    let stale: Vec<&PathBuf> = new
        .iter()
        .chain(&old)
        .filter(|path| {
            let read = |folder: &Path| fs::read(folder.join(path)).ok();
            read(&fresh) != read(&root().join("output"))
        })
        .collect();
    match stale.first() {
        None => Ok(()),
        Some(path) => bail!(
            "output/ is not current, first at {}: run `cargo xtask output` and commit it",
            path.display()
        ),
    }
}

/// Relative paths of all files below, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).with_context(|| next.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder)?.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The root of the checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
