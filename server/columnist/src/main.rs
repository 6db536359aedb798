//! `columnist`, the program: the checks and repairs on the command line, and the language server. One module a command;
//! what is left for this file is to choose one and to end with the right code.

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::ending::Ending;
use crate::output::Output;

mod arguments;
mod ending;
mod output;
mod failure;
mod column_data;
mod gather;
mod remark;
mod stream;
mod command;

/// A day's work ends with the memory with which it started; with the C library's own it takes half as much again.
#[cfg(all(unix, not(target_env = "musl")))]
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Lsp(asked) => command::lsp::run(&asked),
        Command::Check(asked) => with_output(|output| command::check::run(&asked, output)),
        Command::Fix(asked) => with_output(|output| command::fix::run(&asked, output)),
        Command::Columns(asked) => with_output(|output| command::columns::run(&asked, output)),
        Command::Outline(asked) => with_output(|output| command::outline::run(&asked, output)),
        Command::Refs(asked) => with_output(|output| command::refs::run(&asked, output)),
        Command::Status(asked) => with_output(|output| command::status::run(&asked, output)),
        Command::Explain(asked) => with_output(|output| command::explain::run(&asked, output)),
        Command::Schema => with_output(command::schema::run),
    }
}

/// Runs a command that writes to the standard output, which is kept locked meanwhile. The server must not be run so: it
/// writes from threads of its own.
fn with_output(command: impl FnOnce(&mut Output) -> Ending) -> ExitCode {
    let mut output = Output::stdout();
    let ending = command(&mut output);
    output.end(ending).into()
}
