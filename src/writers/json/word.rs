//! Schemas of closed vocabularies, and flags.

use schemars::{Schema, SchemaGenerator};

use super::part::one_of;
use crate::model::{
    Align, Caption, Course, DataDirection, Direction, ElementKind, Form, Heads, Initiator, Origin, Phase,
    Tint, Transport, ViewKind,
};

macro_rules! word_schemas {
    ($($name:ident: $type:ty),+ $(,)?) => {
        $(pub(super) fn $name(_: &mut SchemaGenerator) -> Schema {
            one_of(<$type>::ALL.iter().map(|case| case.word()))
        })+
    };
}

word_schemas! {
    kinds: ElementKind,
    initiators: Initiator,
    data_directions: DataDirection,
    phases: Phase,
    heads: Heads,
    origins: Origin,
    transports: Transport,
    view_kinds: ViewKind,
    directions: Direction,
    drawn_forms: Form,
    captions: Caption,
    aligns: Align,
    courses: Course,
    tints: Tint,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_no(flag: &bool) -> bool {
    !*flag
}

/// Ids as text.
pub(super) fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
