//! The list of writers.

pub mod writer;

use writer::Writer;

/// Every form that a packet is written in.
pub const WRITERS: &[&dyn Writer] = &[];
