//! What is built in: the list of packs, the tables of needed ports, the words of questions.
//!
//! The texts are the YAML files under `packs/`; the build script parses them.

use crate::source::{FileId, Node, unpack};

/// A pack that is built in.
#[derive(Debug)]
pub struct BuiltinPack {
    /// Its id, which is its file's name as well.
    pub id: &'static str,
    /// In use when the project names no packs.
    pub by_default: bool,
    packed: &'static [u8],
    examples: &'static [u8],
}

impl BuiltinPack {
    /// What its file says.
    pub(super) fn node(&self) -> Node {
        embedded(self.packed)
    }

    /// One example of each rule: by rule, then by kind, as in the file of its examples.
    pub fn examples(&self) -> Node {
        embedded(self.examples)
    }
}

macro_rules! packed {
    ($path:expr) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/packs/", $path, ".node"))
    };
}

macro_rules! builtin {
    ($id:literal, $default:literal) => {
        BuiltinPack {
            id: $id,
            by_default: $default,
            packed: packed!($id),
            examples: packed!(concat!($id, ".examples")),
        }
    };
}

/// Every built-in pack, in the order of the page.
pub const BUILTIN: &[BuiltinPack] = &[
    builtin!("biztalk", true),
    builtin!("core-security", true),
    builtin!("core-availability", true),
    builtin!("core-performance", true),
    builtin!("core-operations", true),
    builtin!("core-privacy", true),
    builtin!("model-quality", true),
    builtin!("checklist", false),
];

/// Flows that products need, whether drawn or not.
const PORT_TABLES: &[&[u8]] = &[packed!("ports/biztalk"), packed!("ports/directory")];

/// Spans in embedded texts have this file, which no table of sources knows.
const EMBEDDED: FileId = FileId(u32::MAX);

/// The tables of needed ports.
pub(super) fn port_tables() -> impl Iterator<Item = Node> {
    PORT_TABLES.iter().map(|packed| embedded(packed))
}

/// The words of merged questions.
pub(super) fn questions() -> Node {
    embedded(packed!("questions"))
}

fn embedded(packed: &[u8]) -> Node {
    unpack(EMBEDDED, packed).expect("the build script packed it")
}
