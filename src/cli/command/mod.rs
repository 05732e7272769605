//! One file a command.

pub(super) mod about;
pub(super) mod annotate;
pub(super) mod answer;
pub(super) mod build;
pub(super) mod check;
pub(super) mod compare;
pub(super) mod diff;
pub(super) mod init;
pub(super) mod layout;
pub(super) mod questions;
pub(super) mod read;
pub(super) mod render;
pub(super) mod rules;

mod shared;
