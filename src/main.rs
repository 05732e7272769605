//! The program: calls [`planroom::cli`] and turns its answer into an exit code.

fn main() {}
