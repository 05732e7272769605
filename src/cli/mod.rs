//! The command line: arguments in, an exit code out.
//!
//! One file a command in `command/`; `args` declares them all. Exit codes: 0 clean (or read), 1 findings at or above the
//! asked level (or read with errors), 2 nothing readable, a wrong setting, pack or argument, or
//! output not written.

mod args;
mod command;
mod date;
mod terminal;

use std::ffi::OsString;

use clap::Parser as _;

use args::{Arguments, Command};
use terminal::Terminal;

/// Everything is well.
const CLEAN: u8 = 0;
/// Findings at or above the asked level, or an input read with errors.
const FOUND: u8 = 1;
/// Could not run.
const REFUSED: u8 = 2;

/// Runs the program with the arguments of the process and gives its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let mut terminal = Terminal::new();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let text = error.render().to_string();
            if error.use_stderr() {
                terminal.say(&text);
                return REFUSED;
            }
            terminal.print(&text);
            return CLEAN;
        }
    };
    let result = match arguments.command {
        Command::Build(build) => command::build::run(&build, &mut terminal),
        Command::Check(check) => command::check::run(&check, &mut terminal),
        Command::Questions(questions) => command::questions::run(&questions, &mut terminal),
        Command::Answer(answer) => command::answer::run(&answer, &mut terminal),
        Command::Compare(compare) => command::compare::run(&compare, &mut terminal),
        Command::Diff(diff) => command::diff::run(&diff, &mut terminal),
        Command::Read(read) => command::read::run(&read, &mut terminal),
        Command::Render(render) => command::render::run(&render, &mut terminal),
        Command::Annotate(annotate) => command::annotate::run(&annotate, &mut terminal),
        Command::Layout(layout) => command::layout::run(&layout, &mut terminal),
        Command::Rules(rules) => command::rules::list(&rules, &mut terminal),
        Command::Explain(explain) => command::rules::explain(&explain, &mut terminal),
        Command::Test(test) => command::rules::test(&test, &mut terminal),
        Command::Formats(formats) => command::about::formats(&formats, &mut terminal),
        Command::Schema(schema) => command::about::schema(&schema, &mut terminal),
        Command::Init(init) => command::init::run(&init, &mut terminal),
        Command::Completions(completions) => command::about::completions(&completions, &mut terminal),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            terminal.say(&format!("error: {error:#}\n"));
            REFUSED
        }
    }
}
