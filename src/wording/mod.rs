//! What people write on boxes and lines, in every language and tool alike: names, words in brackets, kinds, numbers.
//!
//! Plain text goes in, markup removed; parts of it and kinds come out. Nothing here knows a format or a picture.

pub mod answers;
pub mod icons;
pub mod kinds;
pub mod label;
pub mod line;
pub mod signs;
