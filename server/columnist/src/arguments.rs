//! What can be asked of the program on its command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Find, show and repair merged columns in transcriptions of reports; follow their references.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, after_help = ENDINGS)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

const ENDINGS: &str = "Ends with 0 when nothing was found, 1 when something was, 2 when something could not be done.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show how each line was cut into columns.
    Columns(Columns),
}

/// What `columns` takes.
#[derive(Debug, Args)]
pub(crate) struct Columns {
    /// How to write it: to look at, or one JSON object a file.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ColumnsFormat,
    /// The files, each looked at alone; `-` is the standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

/// How `columns` writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColumnsFormat {
    /// The lines with their gutters drawn.
    #[default]
    Text,
    /// One JSON object a file, one a line.
    Jsonl,
}
