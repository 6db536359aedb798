//! Messages as the fuzzer makes them up: what the protocol has, and what it has not.

use serde_json::{Value, json};

use crate::choices::Choices;

/// Requests of the protocol that the server answers, and some that it does not.
const REQUESTS: &[&str] = &[
    "textDocument/documentSymbol",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentLink",
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/codeLens",
    "textDocument/codeAction",
    "textDocument/inlayHint",
    "textDocument/diagnostic",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "workspace/symbol",
    "workspace/willRenameFiles",
    "workspace/executeCommand",
    "codeLens/resolve",
    "columnist/readingOrder",
    "columnist/reportOutline",
    "textDocument/typeDefinition",
    "columnist/unheardOf",
];

const COMMANDS: &[&str] = &[
    "columnist/repair",
    "columnist/say",
    "columnist/moveSplit",
    "columnist/notMerged",
    "columnist/mergeBack",
    "columnist/explain",
    "columnist/status",
    "columnist/unheardOf",
];

const WORDS: &[&str] = &["left", "right", "column", "fullWidth", "columns", "nothing", "?"];

/// What the client calls its documents. There is no such folder.
pub(super) const NAMES: &[&str] = &[
    "untitled:a.md",
    "untitled:b",
    "file:///nowhere-columnist/c.txt",
    "file:///nowhere-columnist/columnist.toml",
    "git:/x",
];

/// A request with all that any of them takes.
pub(super) fn request(choices: &mut Choices, id: i64) -> Value {
    let method = *choices.of(REQUESTS);
    let uri = *choices.of(NAMES);
    let position = json!({ "line": choices.number(), "character": choices.number() });
    let end = json!({ "line": choices.number(), "character": choices.number() });
    let range = json!({ "start": position, "end": end });
    let length = choices.below(8);
    let word = choices.text(length);
    let argument = json!({
        "uri": uri, "position": position, "range": range, "doubtful": choices.byte() % 2 == 0, "preview": length == 0,
        "word": *choices.of(WORDS), "number": choices.byte(), "by": i64::from(choices.byte()) - 128, "code": word,
    });
    let moved = json!({ "oldUri": uri, "newUri": *choices.of(NAMES) });
    let params = json!({
        "textDocument": { "uri": uri },
        "position": position, "positions": [position, end], "range": range,
        "query": word, "newName": word, "files": [moved],
        "context": { "includeDeclaration": length % 2 == 0, "diagnostics": [], "triggerKind": 1 },
        "command": *choices.of(COMMANDS), "arguments": [argument],
        "data": { "uri": uri, "offset": choices.number() },
    });
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

/// Something that happened in the editor or on the disk.
pub(super) fn event(choices: &mut Choices) -> Value {
    let uri = *choices.of(NAMES);
    let folder = json!([{ "uri": "file:///nowhere-columnist", "name": "f" }]);
    let (method, params) = match choices.below(6) {
        0 => ("textDocument/didSave", json!({ "textDocument": { "uri": uri } })),
        1 => ("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 1 + choices.below(3) }] })),
        2 => ("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": folder, "removed": [] } })),
        3 => ("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": [], "removed": folder } })),
        4 => {
            let length = choices.below(64);
            let settings: Value = serde_json::from_str(&choices.text(length)).unwrap_or_default();
            ("workspace/didChangeConfiguration", json!({ "settings": { "columnist": settings } }))
        }
        _ => ("$/setTrace", json!({ "value": "verbose" })),
    };
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

/// Any JSON that tells no folder and does not end the conversation.
pub(super) fn anything(choices: &mut Choices) -> Option<Value> {
    let length = choices.below(200);
    let text = choices.text(length);
    let value: Value = serde_json::from_str(&text).ok()?;
    let ends = ["exit", "shutdown", "initialize", "initialized"].iter().any(|method| value["method"] == *method);
    (!ends && !names_folders(value.to_string().as_bytes())).then_some(value)
}

/// Whether bytes may name files that are there.
pub(super) fn names_folders(bytes: &[u8]) -> bool {
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word));
    has(b"file:") || has(b"folders")
}

/// The first message of some bytes, and the bytes after it; none where it is not whole.
pub(super) fn first(bytes: &[u8]) -> Option<(Value, &[u8])> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let header = std::str::from_utf8(&bytes[..end]).expect("headers are text");
    let length = header.strip_prefix("Content-Length: ").expect("a length").parse().expect("a number");
    let body = bytes[end + 4..].get(..length)?;
    Some((serde_json::from_slice(body).expect("a message is JSON"), &bytes[end + 4 + length..]))
}
