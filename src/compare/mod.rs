//! A firewall export beside the port matrix: what is allowed and not drawn, and what is drawn and not allowed.
//!
//! In: the text of an export as CSV, a model, its assessment. Out: a [`Comparison`], as values.
//!
//! 1. `layout` finds the columns, `export` reads the rules; another layout is an error with its place.
//! 2. `sides` maps what the cells name (names, groups, addresses) to elements. What names nothing is listed,
//!    never guessed.
//! 3. `judge` decides each of the `rules` and each of the `flows` in three values: a rule that cannot be mapped may allow
//!    anything, so a flow is "not allowed" only when every rule is known to leave it out.
//!
//! Architecture invariant: no file, no clock. It reads tables of the assessment and knows no rule or pack.

mod address;
mod desk;
mod export;
mod flows;
mod judge;
mod layout;
mod ports;
mod rules;
mod sides;
mod told;

pub use export::{Decision, Export, Rule, read};
pub use judge::compare;
pub use told::{Comparison, Difference, Kind, Told, Unmatched};
