//! What the user of the editor wants: told at the start, with a change, or asked for. Nothing at all is a valid answer.

use std::time::Duration;

use report::settings::{Problem, Settings};
use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::ls_types::{ConfigurationItem, MessageType};
use transcript::visible::visible;

/// The name under which editors keep our settings.
pub(crate) const SECTION: &str = "columnist";

/// How long a client may take to answer; some never do.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads settings as a client sends them: null, our section, or an object that holds our section among others.
pub(crate) fn read(value: &Value) -> (Settings, Vec<Problem>) {
    let only_options = value.get("complementMarkdownOutline").is_some() && value.get(SECTION).is_none();
    Settings::from_editor(if only_options { &Value::Null } else { value.get(SECTION).unwrap_or(value) })
}

/// Asks the client for the settings; none when it has none or does not answer. Never to be awaited in a handler: while
/// it waits nothing else would be read.
pub(crate) async fn ask(client: &Client) -> Option<(Settings, Vec<Problem>)> {
    let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
    let answer = tokio::time::timeout(PATIENCE, client.configuration(vec![item])).await;
    match answer {
        Ok(Ok(values)) => values.first().filter(|value| !value.is_null()).map(read),
        Ok(Err(error)) => {
            tracing::warn!("the client gives no settings: {error}");
            None
        }
        Err(_) => {
            tracing::warn!("the client was asked for the settings and did not answer");
            None
        }
    }
}

/// Tells the user what is wrong with the settings.
pub(crate) async fn complain(client: &Client, problems: &[Problem]) {
    for problem in problems {
        client.show_message(MessageType::WARNING, format!("Columnist's settings: {}", visible(&problem.message))).await;
    }
}
