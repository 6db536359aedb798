//! `columnist lsp`: the language server. What it has to tell about itself goes to the standard error; the standard
//! output belongs to the protocol.

use std::process::ExitCode;
use std::sync::Arc;

use lsp::Options;
use tracing_subscriber::EnvFilter;

use crate::arguments::Lsp;
use crate::column_data;

/// Serves the editor until it is gone.
pub(crate) fn run(asked: &Lsp) -> ExitCode {
    let filter = EnvFilter::try_new(&asked.log).unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    // Meanwhile the editor says who it is.
    std::thread::spawn(transcript::analysis::make_ready);
    let model = Arc::new(column_data::model());
    std::thread::spawn({
        let model = Arc::clone(&model);
        move || model.wait()
    });
    lsp::run_stdio(Options { model, ..Options::default() })
}
