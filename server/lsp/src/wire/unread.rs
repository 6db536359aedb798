//! Edits that cannot be read. The framework drops a notification whose parameters do not fit, and from then on the
//! server's text would not be the client's: a repair of it would damage what the person sees. So the user is told, and
//! the document counts as closed until the client opens it again.

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Request;
use tower_lsp::ls_types::{DidChangeTextDocumentParams, LogMessageParams, MessageType, Uri};

/// [`DidOpenTextDocumentParams`](tower_lsp::ls_types::DidOpenTextDocumentParams), of which the text, megabytes perhaps, is
/// left where it lies.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is asked whether it can be read")]
struct Open<'m> {
    #[serde(borrow)]
    text_document: Opened<'m>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is asked whether it can be read")]
struct Opened<'m> {
    uri: Uri,
    language_id: &'m str,
    version: i32,
    text: &'m str,
}

/// What to do with an edit that cannot be read.
pub(super) struct Unread {
    /// What the user is told, as a notification.
    pub(super) word: Request,
    /// What is handled in its place.
    pub(super) instead: Option<Request>,
}

/// What to do when a message is an edit that cannot be read; none for any other message.
pub(super) fn of(message: &Request) -> Option<Unread> {
    let params = message.params().unwrap_or(&Value::Null);
    let wrong = match message.method() {
        "textDocument/didChange" => DidChangeTextDocumentParams::deserialize(params).err()?,
        "textDocument/didOpen" => Open::deserialize(params).err()?,
        _ => return None,
    };
    let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
    let lost = uri.and_then(|uri| uri.parse::<Uri>().ok());
    let about = uri.map(|uri| format!(" of {uri}")).unwrap_or_default();
    let message = format!(
        "{}{about} cannot be read: {wrong}. Its text is not known any more, so the document is left alone until it is \
         opened again.",
        message.method()
    );
    let log = LogMessageParams { typ: MessageType::ERROR, message };
    let close =
        |uri: Uri| Request::build("textDocument/didClose").params(json!({ "textDocument": { "uri": uri } })).finish();
    Some(Unread { word: Request::build("window/logMessage").params(json!(log)).finish(), instead: lost.map(close) })
}

#[cfg(test)]
mod tests {
    use tower_lsp::ls_types::DidOpenTextDocumentParams;

    use super::*;

    #[test]
    fn what_can_be_read_of_an_opening_is_what_the_protocol_has_of_it() {
        let whole = json!({ "uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": "een\n\"twee\"" });
        let check = |item: Value, expected: bool| {
            let params = json!({ "textDocument": item });
            assert_eq!(Open::deserialize(&params).is_ok(), expected, "{params}");
            assert_eq!(DidOpenTextDocumentParams::deserialize(&params).is_ok(), expected, "{params}");
        };
        check(whole.clone(), true);
        for (key, wrong) in [
            ("uri", json!("a b c")),
            ("languageId", json!(7)),
            ("version", json!("1")),
            ("version", json!(1_u64 << 40)),
            ("text", Value::Null),
        ] {
            let mut item = whole.clone();
            item[key] = wrong;
            check(item.clone(), false);
            item.as_object_mut().expect("it is one").remove(key);
            check(item, false);
        }
    }
}
