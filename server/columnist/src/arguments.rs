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
    /// Report what is wrong in the files: merged columns, references that lead nowhere.
    Check(Check),
    /// Repair the files.
    Fix(Fix),
    /// Show how each line was cut into columns.
    Columns(Columns),
    /// Show the headings of the files.
    Outline(Outline),
    /// Show the references of the files and where they lead.
    Refs(Refs),
    /// Show how far the work is: which pages are still merged, the most doubtful first.
    Status(Status),
    /// Explain a check.
    Explain(Explain),
    /// Serve an editor: the language server, on standard input and output.
    Lsp(Lsp),
    /// Write the JSON schema of columnist.toml.
    Schema,
}

/// How a command writes its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What `check` takes.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Read `{"id": …, "text": …}`, one a line, from the standard input, and write one answer a line, in their order.
    #[arg(long, conflicts_with_all = ["paths", "format"])]
    pub(crate) jsonl: bool,
    /// Files and folders; `-` is the standard input.
    #[arg(required_unless_present = "jsonl", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// What `fix` takes.
#[derive(Debug, Args)]
pub(crate) struct Fix {
    /// Show what would change, and change nothing.
    #[arg(long)]
    pub(crate) diff: bool,
    /// Make the repairs that are in doubt too.
    #[arg(long = "unsafe")]
    pub(crate) also_unsafe: bool,
    /// Read `{"id": …, "text": …}`, one a line, from the standard input, and write one answer a line, in their order.
    #[arg(long, conflicts_with_all = ["paths", "diff"])]
    pub(crate) jsonl: bool,
    /// Files and folders; `-` reads the standard input and writes the standard output.
    #[arg(required_unless_present = "jsonl", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
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

/// What `outline` takes.
#[derive(Debug, Args)]
pub(crate) struct Outline {
    /// Captions, notes and printed pages too, each where it stands.
    #[arg(long)]
    pub(crate) all: bool,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Files and folders; `-` is the standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// What `refs` takes.
#[derive(Debug, Args)]
pub(crate) struct Refs {
    /// Only those that lead nowhere; ends with 1 when there are any.
    #[arg(long)]
    pub(crate) unresolved: bool,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Files and folders; `-` is the standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// What `status` takes.
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Files and folders; `-` is the standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// What `explain` takes.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The check's code, as a finding gives it; without one, all checks are listed.
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

/// What `lsp` takes.
#[derive(Debug, Args)]
pub(crate) struct Lsp {
    /// What to tell on the standard error: error, warn, info, debug or trace, for all or by module.
    #[arg(long, value_name = "LEVEL", env = "COLUMNIST_LOG", default_value = "warn")]
    pub(crate) log: String,
    /// Standard input and output are used in any case; editors pass this out of habit.
    #[arg(long, hide = true)]
    pub(crate) stdio: bool,
}
