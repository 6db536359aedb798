//! What was said on the wire, written down for `tests/schema/run`, which holds every message of the server against the
//! protocol's types.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use serde_json::{Value, json};

/// The folder to write to; nothing is written where it is not set.
pub const FOLDER: &str = "COLUMNIST_SESSIONS";

/// The record of one session, one message a line: `{"from": "client" or "server", "message": …}`.
#[derive(Debug)]
pub struct Recording(Option<Mutex<File>>);

impl Recording {
    /// A new record, if one is wanted.
    pub fn new(session: u32) -> Self {
        let file = std::env::var_os(FOLDER).filter(|folder| !folder.is_empty()).map(|folder| {
            let path = Path::new(&folder).join(format!("wire-{session}.jsonl"));
            let file = OpenOptions::new().create(true).append(true).open(&path);
            Mutex::new(file.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        });
        Self(file)
    }

    /// Writes a message down.
    pub fn add(&self, from: &str, message: &Value) {
        if let Some(file) = &self.0 {
            let line = format!("{}\n", json!({ "from": from, "message": message }));
            file.lock().expect("no writer panics").write_all(line.as_bytes()).expect("the record can be written");
        }
    }
}
