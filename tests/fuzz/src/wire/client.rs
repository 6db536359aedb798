//! The client that the fuzzer plays: it knows what it asked and what its texts are.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt};
use transcript::position::{Encoding, Position};

use super::message::{self, NAMES};
use crate::choices::Choices;
use crate::text;

/// One side of the conversation.
pub(super) struct Client {
    abilities: u8,
    encoding: Encoding,
    last_id: i64,
    /// How many answers each id is still to get.
    asked: BTreeMap<i64, usize>,
    open: BTreeMap<&'static str, String>,
    version: i32,
    /// The requests whose answers must be the same.
    pairs: Vec<(i64, i64)>,
    answers: BTreeMap<i64, Value>,
    /// Something was sent that no client would send: what the server makes of its texts is not known.
    odd: bool,
}

impl Client {
    /// A client that can what the bits say.
    pub(super) fn new(abilities: u8) -> Self {
        let encoding = [Encoding::Utf16, Encoding::Utf8, Encoding::Utf32, Encoding::Utf16][usize::from(abilities % 4)];
        let (asked, open, answers) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { abilities, encoding, last_id: 0, asked, open, version: 0, pairs: Vec::new(), answers, odd: false }
    }

    fn can(&self, bit: u8) -> bool {
        self.abilities & (1 << bit) != 0
    }

    fn id(&mut self) -> i64 {
        self.last_id += 1;
        self.asked.insert(self.last_id, 1);
        self.last_id
    }

    /// The first messages.
    pub(super) fn greeting(&mut self) -> Vec<Value> {
        let encodings = [None, Some("utf-8"), Some("utf-32"), Some("utf-16")][usize::from(self.abilities % 4)];
        let mut text_document = json!({
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": self.can(2) },
            "definition": { "linkSupport": self.can(3) },
            "publishDiagnostics": { "relatedInformation": self.can(3), "versionSupport": self.can(2) },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
        });
        if self.can(4) {
            text_document["diagnostic"] = json!({});
        }
        let capabilities = json!({
            "general": { "positionEncodings": encodings.map(|encoding| vec![encoding]) },
            "workspace": {
                "configuration": self.can(5),
                "workspaceEdit": { "documentChanges": self.can(6), "changeAnnotationSupport": {} },
                "semanticTokens": { "refreshSupport": self.can(7) },
            },
            "textDocument": text_document,
        });
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        let id = self.id();
        vec![
            json!({ "jsonrpc": "2.0", "id": id, "method": "initialize", "params": params }),
            json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
        ]
    }

    /// What it does next.
    pub(super) fn act(&mut self, choices: &mut Choices) -> Vec<Value> {
        match choices.below(10) {
            0 => self.open(choices),
            1..=3 => self.edit(choices),
            4 => {
                let uri = *choices.of(NAMES);
                self.open.remove(uri);
                vec![notification("textDocument/didClose", json!({ "textDocument": { "uri": uri } }))]
            }
            5 => {
                let id = self.last_id - choices.below(4) as i64;
                vec![notification("$/cancelRequest", json!({ "id": id }))]
            }
            6 => vec![message::event(choices)],
            7 => message::anything(choices).map(|value| self.say(value)).into_iter().collect(),
            _ => {
                let id = self.id();
                vec![message::request(choices, id)]
            }
        }
    }

    fn open(&mut self, choices: &mut Choices) -> Vec<Value> {
        let uri = *choices.of(NAMES);
        let language = *choices.of(&["markdown", "plaintext", "toml"]);
        let length = choices.below(256);
        let text = choices.text(length);
        self.version += 1;
        if !uri.starts_with("git:") && language == "markdown" {
            self.open.insert(uri, text.clone());
        } else {
            self.open.remove(uri);
        }
        let document = json!({ "uri": uri, "languageId": language, "version": self.version, "text": text });
        vec![notification("textDocument/didOpen", json!({ "textDocument": document }))]
    }

    fn edit(&mut self, choices: &mut Choices) -> Vec<Value> {
        let uri = *choices.of(NAMES);
        let mut positions =
            [0, 1].map(|_| Position { line: choices.number() as usize, column: choices.number() as usize });
        // The protocol's numbers have 31 bits.
        positions.iter_mut().for_each(|place| (place.line, place.column) = (place.line >> 1, place.column >> 1));
        let length = choices.below(24);
        let new = choices.text(length);
        if let Some(text) = self.open.get_mut(uri) {
            let [a, b] = positions.map(|position| text::offset(text, position, self.encoding));
            text.replace_range(a.min(b)..a.max(b), &new);
        }
        self.version += 1;
        let [start, end] = positions.map(|place| json!({ "line": place.line, "character": place.column }));
        let change = json!({ "range": { "start": start, "end": end }, "text": new });
        let document = json!({ "uri": uri, "version": self.version });
        vec![notification("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }))]
    }

    /// Sends what may be anything. With a method and an id it is a request, which must be answered whatever it is.
    fn say(&mut self, mut value: Value) -> Value {
        self.odd = true;
        if value.get("method").is_some_and(Value::is_string) && value.get("id").is_some() {
            value["id"] = json!(self.id());
        }
        value
    }

    /// Asks the outline of each open document, and of the same text sent whole.
    pub(super) fn comparison(&mut self) -> Vec<Value> {
        let mut messages = Vec::new();
        if self.odd {
            return messages;
        }
        for (uri, text) in self.open.clone() {
            if uri.ends_with(".toml") {
                continue;
            }
            let fresh = "untitled:fresh.md";
            let document = json!({ "uri": fresh, "languageId": "markdown", "version": 1, "text": text });
            messages.push(notification("textDocument/didOpen", json!({ "textDocument": document })));
            let (typed, whole) = (self.id(), self.id());
            for (id, uri) in [(typed, uri), (whole, fresh)] {
                let params = json!({ "textDocument": { "uri": uri } });
                messages.push(
                    json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/documentSymbol", "params": params }),
                );
            }
            self.pairs.push((typed, whole));
        }
        messages
    }

    /// Reads until every request is answered.
    pub(super) async fn listen(&mut self, server: &mut (impl AsyncRead + Unpin)) {
        let mut said = Vec::new();
        while self.asked.values().any(|left| *left > 0) {
            while let Some((message, rest)) = message::first(&said) {
                let used = said.len() - rest.len();
                self.hear(message);
                said.drain(..used);
            }
            if self.asked.values().all(|left| *left == 0) {
                break;
            }
            let read = server.read_buf(&mut said).await.expect("a pipe can be read");
            assert!(read > 0, "the server is gone before it answered {:?}", self.asked);
        }
        for (typed, whole) in &self.pairs {
            let names = |id: &i64| -> Vec<Value> {
                self.answers[id].as_array().into_iter().flatten().map(|symbol| symbol["name"].clone()).collect()
            };
            assert_eq!(names(typed), names(whole), "an edited text is not the client's");
        }
    }

    fn hear(&mut self, message: Value) {
        if message.get("method").is_some() {
            return;
        }
        let Some(id) = message["id"].as_i64() else {
            assert!(message["error"].is_object(), "an answer to nothing: {message}");
            return;
        };
        let left = self.asked.get_mut(&id).unwrap_or_else(|| panic!("an answer that nobody asked for: {message}"));
        assert!(*left > 0, "a second answer: {message}");
        *left -= 1;
        self.answers.insert(id, message["result"].clone());
    }
}

fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}
