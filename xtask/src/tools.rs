//! What the tasks need beside the toolchain, and how it gets here.

use anyhow::{Result, bail};

use crate::run::{run, say, succeeds};

/// Oldest Node.js that the browser tests run on.
const NODE: u32 = 18;

/// The formatter and Clippy.
pub(crate) fn rust_components() -> Result<()> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !succeeds("cargo", &[tool, "--version"])
            && run("rustup", &["component", "add", component]).is_err()
        {
            bail!("missing: the Rust component {component} (`rustup component add {component}`)");
        }
    }
    Ok(())
}

/// Chromium, Node.js and npm.
pub(crate) fn browser() -> Result<()> {
    let wanted = [
        ("chromium", succeeds("chromium", &["--version"])),
        ("nodejs", node_is_new_enough()),
        ("npm", succeeds("npm", &["--version"])),
    ];
    let missing: Vec<&str> = wanted.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!("installing {}", missing.join(", ")));
    if !apt(&missing) {
        bail!(
            "missing for the browser tests: {} (Chromium on the path, Node.js {NODE} or later)",
            missing.join(", ")
        );
    }
    Ok(())
}

/// A cargo subcommand from the registry.
pub(crate) fn cargo_tool(package: &str, command: &str) -> Result<()> {
    if succeeds("cargo", &[command, "--version"]) {
        return Ok(());
    }
    say(&format!("installing {package}"));
    if run("cargo", &["install", "--locked", package]).is_err() {
        bail!("missing: {package} (`cargo install --locked {package}`)");
    }
    Ok(())
}

fn node_is_new_enough() -> bool {
    let script = format!("process.exit(parseInt(process.versions.node) >= {NODE} ? 0 : 1)");
    succeeds("node", &["-e", &script])
}

/// Installs Debian packages as root, or through sudo without a password.
fn apt(packages: &[&str]) -> bool {
    if !succeeds("apt-get", &["--version"]) {
        return false;
    }
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    let root = succeeds("sh", &["-c", "test \"$(id -u)\" = 0"]);
    let step = |arguments: &[&str]| {
        if root {
            run("apt-get", arguments).is_ok()
        } else {
            run("sudo", &[&["-n", "apt-get"], arguments].concat()).is_ok()
        }
    };
    step(&["update"]) && step(&install)
}
