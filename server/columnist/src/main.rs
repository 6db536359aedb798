//! `columnist`, the program: the checks and repairs on the command line, and the language server. One module a command;
//! what is left for this file is to choose one and to end with the right code.

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::output::Output;

mod arguments;
mod ending;
mod output;
mod failure;
mod column_data;
mod gather;
mod remark;
mod command;

fn main() -> ExitCode {
    let mut output = Output::stdout();
    let ending = match Arguments::parse().command {
        Command::Check(asked) => command::check::run(&asked, &mut output),
        Command::Fix(asked) => command::fix::run(&asked, &mut output),
        Command::Columns(asked) => command::columns::run(&asked, &mut output),
        Command::Outline(asked) => command::outline::run(&asked, &mut output),
        Command::Refs(asked) => command::refs::run(&asked, &mut output),
        Command::Explain(asked) => command::explain::run(&asked, &mut output),
        Command::Schema => command::schema::run(&mut output),
    };
    output.end(ending).into()
}
