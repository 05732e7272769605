//! The only door to input: sources, places in them, decoding, limits, and YAML, JSON and XML with places.
//!
//! Everything above this floor sees decoded text and byte offsets; nothing above it opens a file.

#![allow(clippy::disallowed_methods, reason = "this is the door that files come in through")]

mod decode;
mod folder;
mod ignored;
mod inflate;
mod mxfile;
mod node;
mod outline;
mod packed;
mod revision;
mod scalar;
mod sheet;
mod span;
mod text;
mod walk;
mod xml;
mod xml_bounds;

pub use decode::{BinaryError, DEFAULT_LIMIT, Decoded, decode, encode_as};
pub use folder::{
    Folder, MANIFEST, MANIFEST_HEAD, ReadError, Recalled, SIDECAR, normalize, read_bytes, read_named,
};
pub use inflate::{Deflated, InflateError, inflate};
pub use mxfile::{
    BADGE, PageError, PageRange, UNPACKED_LIMIT, pack_page, page_ranges, unpack_page, unpack_pages,
};
pub use node::{Key, Node, NodeError, Value};
pub use outline::{Form as ScalarForm, Outline, Shape};
pub use packed::{pack, unpack};
pub use revision::Revision;
pub use scalar::{Quotes, scalar};
pub use sheet::{Cell, Row, SheetError, SheetForm, Table, read_sheet, tables};
pub use span::{FileId, Place, Span};
pub use text::{LineColumn, Part, Source, Sources, acts, one_line};
pub use walk::Walked;
pub use xml::{Xml, XmlError, XmlNode, tag_end};
