//! The wire: the language server protocol over a report. Thin on purpose: what is found, drawn and repaired is decided
//! below; in here words are translated, versions kept, and nobody is made to wait. The modules stand in order of
//! knowledge: each imports only from those above it.

use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::oneshot;
use tower_lsp::LspService;
use transcript::columns::Model;

pub use crate::wire::Ending;

mod parent;
mod convert;
mod legend;
mod commands;
mod capabilities;
mod session;
mod edit;
#[cfg(test)]
mod drawn;
mod diagnostics;
mod limits;
mod publish;
mod folders;
mod configuration;
mod registration;
mod progress;
mod handlers;
mod server;
mod wire;

/// What the program that runs the server decides.
#[derive(Clone, Debug)]
pub struct Options {
    /// The model of merged columns.
    pub model: Arc<Model>,
    /// How long nothing must have been typed before findings are worked out and pushed.
    pub quiet: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { model: Arc::default(), quiet: Duration::from_millis(150) }
    }
}

/// Serves one client until it says goodbye or is gone. Must be called inside of a tokio runtime with time enabled.
///
/// # Errors
/// The input could not be read.
pub async fn serve(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    options: Options,
) -> io::Result<Ending> {
    let (tell_parent, parent) = oneshot::channel();
    let (service, socket) = LspService::build(|client| server::Server::new(client, options, tell_parent))
        .custom_method("columnist/readingOrder", server::Server::reading_order)
        .custom_method("columnist/reportOutline", server::Server::report_outline)
        .finish();
    let deserted = async {
        match parent.await {
            Ok(process) => parent::gone(process).await,
            Err(_) => std::future::pending().await, // the client does not say who it is
        }
    };
    wire::converse(input, output, service, socket, deserted).await
}

/// Serves the client at standard input and output. Ends with 1 when it was told to leave without a shutdown before, as
/// the protocol wants, and with 2 when input or output failed.
pub fn run_stdio(options: Options) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("the server cannot start: {error}");
            return ExitCode::from(2);
        }
    };
    let ending = runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout(), options));
    // Standard input is read on a thread that cannot be stopped; it ends with the process, and so do all others: to let go of
    // one that is just ending can fall over in the C library (glibc's bug 19951).
    std::mem::forget(runtime);
    match ending {
        Ok(Ending::Orderly | Ending::Deserted) => ExitCode::SUCCESS,
        Ok(Ending::Abrupt) => ExitCode::from(1),
        Err(error) => {
            tracing::error!("the client's messages cannot be read: {error}");
            ExitCode::from(2)
        }
    }
}
