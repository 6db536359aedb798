//! How a command ended, which is the program's exit code, and how it says that something could not be done.

use std::fmt::Display;
use std::process::ExitCode;

/// How a command ended. Of two endings the later one here is the one to tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// Everything was done, and nothing was found.
    #[default]
    Clean,
    /// Something could not be done; the rest was.
    Failed,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Clean => ExitCode::SUCCESS,
            Ending::Failed => ExitCode::from(2),
        }
    }
}

/// Says on the standard error that something could not be done: what was asked, what stood in its way (and where), and
/// what to do next.
pub(crate) fn failed(asked: impl Display, wrong: impl Display, next: impl Display) -> Ending {
    anstream::eprintln!("\x1b[1;31merror\x1b[0m: could not {asked}: {wrong}\n  \x1b[1mnext\x1b[0m: {next}");
    Ending::Failed
}
