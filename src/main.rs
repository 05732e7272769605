//! The program: calls [`planroom::cli`] and turns its answer into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(planroom::cli::run(std::env::args_os()))
}
