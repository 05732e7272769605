//! Questions to people and their answers: the editor of `planroom.yaml`, sheets, the dialogue, outputs.

mod edit;
mod edit_properties;
