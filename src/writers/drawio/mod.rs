//! Findings on a draw.io file: one layer of badges, put into the text that the author saved.
//!
//! 1. `badges` says which findings stand where on which page, from the packet;
//! 2. `layer` goes through the pages of the text, packed ones too, and puts the layer in or takes it out;
//! 3. `page` does so for the XML of one page, `cells` spells it.
//!
//! Invariant: nothing changes but the layer. A plain page gains one run of text before `</root>`. A packed page is packed
//! anew, and the layer keeps the packed text that was there, because no two programs deflate alike: taking the layer
//! away puts it back. So annotating twice is annotating once, and taking away gives the author's bytes.

mod badges;
mod cells;
mod layer;
mod page;

pub use badges::{Badge, Badges, badges};
pub use layer::{PageFault, annotate, take_away};
pub use page::Taken;
