//! What a client can and how it behaves, as the tests play it.

use serde_json::{Value, json};

use crate::drawing::Encoding;
use crate::folder::Folder;

/// How a client answers what the server asks.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Whether it answers at all.
    pub any: bool,
    /// What it answers to `workspace/configuration`, for each item.
    pub configuration: Value,
}

impl Default for Answers {
    fn default() -> Self {
        Self { any: true, configuration: Value::Null }
    }
}

impl Answers {
    /// Never a word.
    pub fn none() -> Self {
        Self { any: false, ..Self::default() }
    }

    /// The answer to a message, if it is a request and gets one.
    pub fn to(&self, message: &Value) -> Option<Value> {
        let (id, method) = (message.get("id")?, message.get("method")?.as_str()?);
        if !self.any {
            return None;
        }
        let result = match method {
            "workspace/configuration" => {
                let items = message["params"]["items"].as_array().map_or(0, Vec::len);
                json!(vec![self.configuration.clone(); items])
            }
            _ => Value::Null,
        };
        Some(json!({ "jsonrpc": "2.0", "id": id, "result": result }))
    }
}

/// What a client says of itself.
#[derive(Clone, Debug)]
pub struct Profile {
    /// What it can.
    pub capabilities: Value,
    /// Its folders, as the protocol has them.
    pub folders: Value,
    /// What its user wants, told at the start.
    pub options: Value,
    /// How it answers.
    pub answers: Answers,
}

impl Profile {
    /// A client that can nothing but the least: UTF-16, lists for outlines, no links, findings pushed.
    pub fn plain() -> Self {
        let (capabilities, folders, options) = (json!({}), Value::Null, Value::Null);
        Self { capabilities, folders, options, answers: Answers::default() }
    }

    /// A client that can all that the server has a use for, but does not pull diagnostics.
    pub fn rich(encoding: Encoding) -> Self {
        let capabilities = json!({
            "general": { "positionEncodings": [encoding.name()] },
            "window": { "workDoneProgress": true },
            "workspace": {
                "configuration": true,
                "workspaceFolders": true,
                "didChangeConfiguration": { "dynamicRegistration": true },
                "didChangeWatchedFiles": { "dynamicRegistration": true },
                "workspaceEdit": { "documentChanges": true },
                "symbol": {},
                "diagnostics": { "refreshSupport": true },
            },
            "textDocument": {
                "publishDiagnostics": { "relatedInformation": true, "versionSupport": true },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "definition": { "linkSupport": true },
                "hover": { "contentFormat": ["markdown", "plaintext"] },
                "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
            },
        });
        Self { capabilities, ..Self::plain() }
    }

    /// The same client, pulling diagnostics.
    pub fn pulling(mut self) -> Self {
        self.capabilities["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
        self
    }

    /// The same client with a folder open.
    pub fn in_folder(mut self, folder: &Folder) -> Self {
        self.folders = json!([{ "uri": folder.uri(""), "name": "report" }]);
        self
    }

    /// The parameters of `initialize`.
    pub fn initialize(&self) -> Value {
        json!({
            "processId": std::process::id(),
            "clientInfo": { "name": "columnist-tests" },
            "rootUri": null,
            "capabilities": self.capabilities,
            "workspaceFolders": self.folders,
            "initializationOptions": self.options,
        })
    }
}
