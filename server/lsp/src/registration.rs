//! Of what the server wants to hear from the client, beyond the open documents: files that change on the disk, settings
//! that change.

use tower_lsp::Client;
use tower_lsp::ls_types::{DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Registration};

use crate::capabilities::Abilities;
use crate::configuration;

/// The files that say which other files are read, and how; a change of one changes everything.
pub(crate) const RULES: [&str; 3] = [report::settings::FILE_NAME, ".gitignore", ".ignore"];

/// The transcriptions among the files, as a pattern of the protocol.
const TRANSCRIPTIONS: &str = "**/*.{md,markdown,txt,text}";

/// Registers what this client can register. Never to be awaited in a handler.
pub(crate) async fn run(client: &Client, abilities: &Abilities) {
    let mut registrations = Vec::new();
    if abilities.watches_files {
        let rules = RULES.iter().map(|rule| format!("**/{rule}"));
        let patterns = rules.chain([TRANSCRIPTIONS.to_owned()]);
        let watchers = patterns.map(|glob| FileSystemWatcher { glob_pattern: GlobPattern::String(glob), kind: None });
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.collect() };
        registrations.push(registration("workspace/didChangeWatchedFiles", serde_json::to_value(options).ok()));
    }
    if abilities.configuration_changes {
        let options = serde_json::json!({ "section": configuration::SECTION });
        registrations.push(registration("workspace/didChangeConfiguration", Some(options)));
    }
    if registrations.is_empty() {
        return;
    }
    if let Err(error) = client.register_capability(registrations).await {
        tracing::warn!("the client watches nothing for us: {error}");
    }
}

fn registration(method: &str, register_options: Option<serde_json::Value>) -> Registration {
    Registration { id: format!("columnist/{method}"), method: method.to_owned(), register_options }
}
