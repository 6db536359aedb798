//! What is said when a limit is met: an analysis that takes too long, which cannot be stopped, so that nobody waits for it
//! any longer; and folders with more files than are read.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use report::name::Name;
use report::source::Fault;
use report::workspace::Workspace;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::{Diagnostic, DiagnosticSeverity, MessageType, NumberOrString};
use transcript::check::ANALYSIS_FAILED;
use transcript::visible::visible;

use crate::diagnostics::SOURCE;
use crate::session::Session;

/// `RequestFailed`: the request was right and could not be met.
const REQUEST_FAILED: i64 = -32803;

/// What a request is answered whose answer takes too long.
pub(crate) fn refusal(patience: Duration) -> Error {
    let message = format!("This takes {}, and is not waited for.", longer(patience));
    Error { code: ErrorCode::from(REQUEST_FAILED), message: message.into(), data: None }
}

/// Whether an error is that refusal, rather than a fault.
pub(crate) fn is_refusal(error: &Error) -> bool {
    error.code == ErrorCode::from(REQUEST_FAILED)
}

/// The mark of a document whose analysis takes too long.
pub(crate) fn finding(patience: Duration) -> Diagnostic {
    Diagnostic {
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String(ANALYSIS_FAILED.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: format!(
            "The analysis of this file takes {}, and goes on. Until it is done nothing else is said of the file; all \
             others are served. Please report this with the file, or raise `files.max-seconds`.",
            longer(patience)
        ),
        ..Diagnostic::default()
    }
}

/// Tells the person of a document whose analysis takes too long, once for as long as it is open.
pub(crate) fn tell_late(session: &Session, client: &Client, name: &Name, patience: Duration) {
    tracing::error!("the analysis of {name} takes {}: please report this with the text", longer(patience));
    if session.is_first_late(name) {
        let file = name.path().and_then(|path| path.file_name()).map(|file| file.to_string_lossy().into_owned());
        let file = visible(&file.unwrap_or_else(|| name.to_string())).into_owned();
        let words = format!(
            "Columnist: the analysis of {file} takes {}, and goes on. Until it is done nothing is said of this file. \
             Please report this with the file.",
            longer(patience)
        );
        let client = client.clone();
        tokio::spawn(async move { client.show_message(MessageType::WARNING, words).await });
    }
}

fn longer(patience: Duration) -> String {
    format!("longer than {} seconds", patience.as_secs())
}

/// Tells the person when the folders hold more files than are read: once for each number of files.
#[derive(Clone, Debug, Default)]
pub(crate) struct TooMany(Arc<Mutex<Option<Fault>>>);

impl TooMany {
    /// Looks whether there is something new to tell.
    pub(crate) fn tell(&self, workspace: &Workspace, client: &Client) {
        let many =
            workspace.unreadable().map(|error| &error.fault).find(|fault| matches!(fault, Fault::TooMany { .. }));
        let Ok(mut told) = self.0.lock() else { return };
        if told.as_ref() == many {
            return;
        }
        *told = many.cloned();
        if let Some(fault) = many {
            let words = format!("Columnist: in the open folders {fault}. Raise `files.max-count` to have them read.");
            let client = client.clone();
            tokio::spawn(async move { client.show_message(MessageType::WARNING, words).await });
        }
    }
}
