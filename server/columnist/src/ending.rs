//! How a command ended, which is the program's exit code.

use std::process::ExitCode;

/// How a command ended. Of two endings the later one here is the one to tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// Everything was done, and nothing was found.
    #[default]
    Clean,
    /// Everything was done, and something was found.
    Found,
    /// Something could not be done; the rest was.
    Failed,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Clean => ExitCode::SUCCESS,
            Ending::Found => ExitCode::from(1),
            Ending::Failed => ExitCode::from(2),
        }
    }
}
