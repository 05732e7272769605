//! The program: calls [`planroom::cli`] and turns its answer into an exit code.

use std::process::ExitCode;

/// Readers make many small texts at once, and the C library of the static program shares one lock among all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(planroom::cli::run(std::env::args_os()))
}
