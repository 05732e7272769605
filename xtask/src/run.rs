//! Running programs, and the one place that prints.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// One line for the developer.
#[expect(clippy::print_stderr, reason = "a task talks to the person who started it")]
pub(crate) fn say(line: &str) {
    eprintln!("xtask: {line}");
}

/// Runs a program at the root of the checkout and fails when it does.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Result<()> {
    run_in(&crate::root(), program, arguments)
}

/// Runs a program in a folder and fails when it does.
pub(crate) fn run_in(folder: &Path, program: &str, arguments: &[&str]) -> Result<()> {
    start(Command::new(program).current_dir(folder).args(arguments), program, arguments)
}

/// Runs a program with one more environment variable.
pub(crate) fn with_env(key: &str, value: &str, program: &str, arguments: &[&str]) -> Result<()> {
    start(
        Command::new(program).current_dir(crate::root()).env(key, value).args(arguments),
        program,
        arguments,
    )
}

/// What a program at the root of the checkout prints.
pub(crate) fn answer(program: &str, arguments: &[&str]) -> Result<String> {
    let output =
        Command::new(crate::root().join(program)).current_dir(crate::root()).args(arguments).output();
    let output = output.with_context(|| format!("`{program}` does not start"))?;
    if !output.status.success() {
        bail!("`{program} {}` failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).context("it prints UTF-8")
}

/// Whether a program runs and succeeds; it prints nothing.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

fn start(command: &mut Command, program: &str, arguments: &[&str]) -> Result<()> {
    say(&format!("{program} {}", arguments.join(" ")));
    let status = command.status().with_context(|| format!("`{program}` does not start"))?;
    if !status.success() {
        bail!("`{program} {}` failed", arguments.join(" "));
    }
    Ok(())
}
