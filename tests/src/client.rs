//! A client of our own, over the real binary's standard input and output. It answers what the server asks while the
//! test does something else, keeps what it was told, and waits for nothing longer than a few minutes, which only a busy
//! machine needs.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::command::ended;
use crate::profile::{Answers, Profile};
use crate::program;
use crate::recording::Recording;

/// What does not come within this time does not come.
const PATIENCE: Duration = Duration::from_secs(240);

/// Nothing that the server does unasked takes so long on a quiet machine: after so much silence no more is to come.
const SILENCE: Duration = Duration::from_millis(600);

/// One conversation with the server.
#[derive(Debug)]
pub struct Client {
    server: Option<Child>,
    stdin: Arc<Mutex<Option<ChildStdin>>>,
    incoming: Receiver<Value>,
    /// What came in while something else was waited for, the oldest first.
    held: VecDeque<Value>,
    last_id: i64,
    recording: Arc<Recording>,
    /// What the server offered.
    pub capabilities: Value,
}

impl Client {
    /// Starts a server and says nothing.
    pub fn silent(answers: Answers) -> Self {
        Self::silent_with(command(program()), answers)
    }

    /// The same with a command that runs the program, `lsp` being left out.
    fn silent_with(mut command: Command, answers: Answers) -> Self {
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().expect("the server starts");
        let recording = Arc::new(Recording::new(server.id()));
        let stdin = Arc::new(Mutex::new(server.stdin.take()));
        let stdout = BufReader::new(server.stdout.take().expect("it is piped"));
        let (tell, incoming) = channel();
        let listener = Listener { stdin: Arc::clone(&stdin), tell, answers, recording: Arc::clone(&recording) };
        thread::spawn(move || listener.run(stdout));
        let (server, held, capabilities) = (Some(server), VecDeque::new(), Value::Null);
        Self { server, stdin, incoming, held, last_id: 0, recording, capabilities }
    }

    /// Starts a server and greets it.
    pub fn start(profile: &Profile) -> Self {
        Self::start_with(command(program()), profile)
    }

    /// The same with a command that runs the program, `lsp` being left out.
    pub fn start_with(command: Command, profile: &Profile) -> Self {
        let mut client = Self::silent_with(command, profile.answers.clone());
        let greeting = client.request("initialize", profile.initialize());
        client.capabilities = greeting["capabilities"].clone();
        client.notify("initialized", json!({}));
        client
    }

    /// The number of the server's process, while it is not ended.
    pub fn process(&self) -> Option<u32> {
        self.server.as_ref().map(Child::id)
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&self, bytes: &[u8]) {
        let mut stdin = self.stdin.lock().expect("no writer panics");
        let stdin = stdin.as_mut().expect("the input is open");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).expect("the server reads");
    }

    /// Sends a message.
    pub fn send(&self, message: &Value) {
        self.recording.add("client", message);
        self.send_bytes(&framed(message));
    }

    /// Sends messages as one stream of bytes, in pieces of so many.
    pub fn send_pieces(&self, messages: &[Value], size: usize) {
        messages.iter().for_each(|message| self.recording.add("client", message));
        let bytes: Vec<u8> = messages.iter().flat_map(framed).collect();
        bytes.chunks(size).for_each(|piece| self.send_bytes(piece));
    }

    /// Sends a notification.
    pub fn notify(&self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and does not wait. Gives its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        // `shutdown` has no parameters, and null is not none to everyone.
        let mut message = json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        self.last_id
    }

    /// Waits for the answer to a request: its result, or else its error.
    pub fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let answer = self.wait_for(&format!("the answer to request {id}"), |message| {
            message["id"] == id && message.get("method").is_none()
        });
        match answer.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(answer["result"].clone()),
        }
    }

    /// Asks and waits for the result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Asks and waits for the refusal.
    pub fn refusal(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id).err().unwrap_or_else(|| panic!("{method} was not refused"))
    }

    /// Opens a document; its language is what its name says.
    pub fn open(&self, uri: &str, version: i32, text: &str) {
        let language = if uri.ends_with(".md") { "markdown" } else { "plaintext" };
        let document = json!({ "uri": uri, "languageId": language, "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Edits a document.
    pub fn change(&self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Closes a document.
    pub fn close(&self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Waits for the findings that are pushed for a version of a document.
    pub fn pushed(&mut self, uri: &str, version: Option<i32>) -> Vec<Value> {
        let message = self.wait_for(&format!("the findings of {uri}, version {version:?}"), |message| {
            is_publication(message, uri) && message["params"]["version"].as_i64() == version.map(i64::from)
        });
        message["params"]["diagnostics"].as_array().expect("a list of findings").clone()
    }

    /// Asks for the findings of a document.
    pub fn pulled(&mut self, uri: &str) -> Vec<Value> {
        let report = self.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
        assert_eq!(report["kind"], "full");
        report["items"].as_array().expect("a list of findings").clone()
    }

    /// The first message that came in or comes in and is what is waited for; the others are kept.
    ///
    /// # Panics
    /// When it does not come.
    pub fn wait_for(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.held.iter().position(&wanted) {
            return self.held.remove(at).expect("it was just found");
        }
        let end = Instant::now() + PATIENCE;
        loop {
            match self.incoming.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.held.push_back(message),
                Err(RecvTimeoutError::Timeout) => panic!("{what} does not come; what came: {:?}", self.held),
                Err(RecvTimeoutError::Disconnected) => panic!("the server is gone before {what}: {:?}", self.held),
            }
        }
    }

    /// Every message that has come in and that nobody waited for.
    pub fn arrived(&mut self) -> Vec<Value> {
        self.held.extend(self.incoming.try_iter());
        self.held.drain(..).collect()
    }

    /// Every message that nobody waited for, once no more is to come.
    pub fn rest(&mut self) -> Vec<Value> {
        while let Ok(message) = self.incoming.recv_timeout(SILENCE) {
            self.held.push_back(message);
        }
        self.held.drain(..).collect()
    }

    /// Says goodbye as one should, and gives the exit code.
    pub fn leave(mut self) -> Option<i32> {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.exit()
    }

    /// Sends `exit` and gives the exit code. The server must leave although its input stays open.
    pub fn exit(mut self) -> Option<i32> {
        self.notify("exit", Value::Null);
        self.ended()
    }

    /// Ends the server's input and gives the exit code.
    pub fn hang_up(mut self) -> Option<i32> {
        self.stdin.lock().expect("no writer panics").take();
        self.ended()
    }

    /// Waits until the server leaves of its own accord, and gives the exit code.
    pub fn ended(&mut self) -> Option<i32> {
        let server = self.server.take().expect("it is ended once");
        ended(server, PATIENCE).expect("the server leaves").code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// A build of the program, which keeps what it keeps for its next start where no person does.
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("XDG_CACHE_HOME", std::env::temp_dir().join("columnist-test-cache"));
    command
}

/// A message in its frame.
fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Whether a message tells the findings of a document.
pub fn is_publication(message: &Value, uri: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
}

/// What reads the server's output.
struct Listener {
    stdin: Arc<Mutex<Option<ChildStdin>>>,
    tell: Sender<Value>,
    answers: Answers,
    recording: Arc<Recording>,
}

impl Listener {
    fn run(self, mut stdout: impl BufRead) {
        while let Some(message) = read(&mut stdout) {
            self.recording.add("server", &message);
            if let Some(answer) = self.answers.to(&message) {
                self.recording.add("client", &answer);
                // Somebody else holds the lock only to write; and a server that is gone needs no answer.
                let mut stdin = self.stdin.lock().expect("no writer panics");
                if let Some(stdin) = stdin.as_mut() {
                    let _ = stdin.write_all(&framed(&answer)).and_then(|()| stdin.flush());
                }
            }
            if self.tell.send(message).is_err() {
                return;
            }
        }
    }
}

/// The next message; none at the end.
fn read(stdout: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).expect("the server's headers are text") == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => length = header.strip_prefix("Content-Length: ").or(length.as_deref()).map(str::to_owned),
        }
    }
    let length: usize = length.expect("every message has a length").parse().expect("a length is a number");
    let mut body = vec![0; length];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server's messages are JSON"))
}
