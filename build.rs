//! Parses the built-in guidance texts and stencils when the program is built: reading YAML at every start
//! would take longer than judging. What is wrong with a text stops the build with its place.

#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "src/source/node.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the program, which uses all of it")]
mod node;

#[path = "src/source/packed.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the program, which uses all of it")]
mod packed;

/// Places as the shared files need them; the program's own also go into JSON schemas.
#[allow(unreachable_pub, reason = "written as the program's own")]
mod span {
    /// Index of a source.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct FileId(pub u32);

    /// Byte range in a source.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Span {
        /// The source.
        pub file: FileId,
        /// First byte.
        pub start: usize,
        /// One past the last byte.
        pub end: usize,
    }

    impl Span {
        /// A span from its parts.
        pub fn new(file: FileId, start: usize, end: usize) -> Self {
            Self { file, start, end }
        }
    }
}

/// Data that is built in beside the texts.
const STENCILS: &str = "catalog/stencils.yaml";

/// Folders of texts that are built in.
const FOLDERS: [&str; 2] = ["packs", "packs/ports"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    // A new text is a new line in the list of built-in ones; of the examples, one a rule.
    for path in ["build.rs", "src/source/node.rs", "src/source/packed.rs", "src/guidance/builtin.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-changed={STENCILS}");
    fs::write(out.join("stencils.node"), packed::pack(&parsed(&root.join(STENCILS))?))?;
    for folder in FOLDERS {
        fs::create_dir_all(out.join(folder))?;
        for entry in fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                println!("cargo::rerun-if-changed={folder}/{name}.yaml");
                fs::write(out.join(folder).join(format!("{name}.node")), packed::pack(&parsed(&path)?))?;
                let examples = root.join(folder).join(format!("examples/{name}.yaml"));
                if examples.is_file() {
                    println!("cargo::rerun-if-changed={folder}/examples/{name}.yaml");
                    let first = packed::pack(&first_ones(parsed(&examples)?));
                    fs::write(out.join(folder).join(format!("{name}.examples.node")), first)?;
                }
            }
        }
    }
    Ok(())
}

/// One example of each rule, for its reference: the first gap, else the first of another kind.
fn first_ones(examples: node::Node) -> node::Node {
    let node::Value::Map(rules) = examples.value else { return examples };
    let first = |mut rule: node::Node| {
        let kinds = ["gap", "unknown", "satisfied"];
        let kind = kinds.iter().find(|kind| rule.get(kind).is_some_and(|list| list.as_list().is_some()));
        if let node::Value::Map(entries) = &mut rule.value {
            entries.retain(|(key, _)| kind.is_some_and(|kind| key.name == *kind));
            for (_, list) in entries {
                if let node::Value::List(items) = &mut list.value {
                    items.truncate(1);
                }
            }
        }
        rule
    };
    let rules = rules.into_iter().map(|(key, rule)| (key, first(rule))).collect();
    node::Node { value: node::Value::Map(rules), span: examples.span }
}

fn parsed(path: &Path) -> Result<node::Node, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let node = node::Node::parse(span::FileId(0), &text).map_err(|error| {
        let line = text[..error.span.start.min(text.len())].matches('\n').count() + 1;
        format!("{}:{line}: {error}", path.display())
    })?;
    Ok(node)
}
