//! Questions to people and their answers: the editor of `planroom.yaml`, sheets, the dialogue, outputs.

mod dialogue;
mod edit;
mod edit_properties;
mod outputs;
mod settle;
mod sheets;
