//! A view of the model, measured, condensed, laid out and styled: shapes at fixed places.

mod badges;
mod compose;
mod kept;
mod measure;
mod plan;
mod shape;

pub use compose::{Arrangement, compose};
pub use measure::without_via;

pub use shape::{
    Anchor, Badge, BadgeForm, Connector, Glyph, Group, Label, Outline, Remark, Scene, Shape, Surface, Text,
    TextStyle,
};
