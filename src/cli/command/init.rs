//! `planroom init`.

use std::path::Path;

use anyhow::{Result, bail};

use super::super::CLEAN;
use super::super::args::{Common, Init};
use super::super::terminal::Terminal;
use super::shared;
use crate::pipeline;
use crate::publish::create_file;
use crate::source::SIDECAR;

/// Writes a settings file that asks the open questions; never over an existing one.
pub(in crate::cli) fn run(init: &Init, terminal: &mut Terminal) -> Result<u8> {
    let folder = Path::new(&init.folder);
    if !folder.is_dir() {
        bail!("{}: is not a folder, expected the project's folder", init.folder);
    }
    let target = folder.join(SIDECAR);
    if target.exists() && !init.print {
        bail!("{}: stands there already; `planroom init --print` prints a new one", target.display());
    }
    let common = Common { as_of: None, packs: Vec::new(), limit: init.limit };
    let packets = shared::judged(std::slice::from_ref(&init.folder), &common, false, terminal)?;
    let text = match packets.as_slice() {
        [only] => pipeline::initial_sidecar(only),
        several => {
            let names: Vec<&str> = several.iter().map(|packet| packet.project.as_str()).collect();
            bail!("{}: holds several projects, name one of: {}", init.folder, names.join(", "));
        }
    };
    if init.print {
        terminal.print(&text);
    } else {
        create_file(&target, text.as_bytes())?;
        terminal.say(&format!("{}: written; answer what you know and build again\n", target.display()));
    }
    Ok(CLEAN)
}
