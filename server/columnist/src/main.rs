//! `columnist`, the program: the checks and repairs on the command line, and the language server. One module a command;
//! what is left for this file is to choose one and to end with the right code.

use std::process::ExitCode;

use clap::Parser;

mod arguments;
mod column_data;
mod command;
mod ending;
mod input;
mod output;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let mut output = output::Output::stdout();
    let ending = match arguments.command {
        arguments::Command::Columns(columns) => command::columns::run(&columns, &mut output),
    };
    output.end(ending).into()
}
