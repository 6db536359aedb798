//! Sessions of a client that does whatever comes into its head: whatever it does, the server's text is the client's,
//! every request is answered once, and the server leaves when it should.
//!
//! Each session is played from a seed, which a failure names: `COLUMNIST_CHAOS_SEED=7 cargo test --test chaos` plays it
//! again, and `COLUMNIST_CHAOS=20000` plays so many with the program as it is released, one after the other on every core.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use columnist_tests::chance::Chance;
use columnist_tests::client::{self, Client};
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::{Answers, Profile};
use columnist_tests::{program, released_program};
use serde_json::{Value, json};

/// Sessions played where no number is asked for.
const FEW: u64 = 40;

const FILES: &str = "
//- een.md
# Hoofdstuk 1: Begin

Zie hoofdstuk 2 en tabel 3.
//- twee.txt
Hoofdstuk 2 Vervolg

Zie hoofdstuk 1.
//- deel/drie.md
# Bijlage A

Zie paragraaf 1.1.
";

/// What the client calls its documents: files that are there, one that is not, buffers.
const NAMES: [&str; 5] = ["een.md", "twee.txt", "deel/drie.md", "nieuw.md", "untitled:a.md"];

const METHODS: [&str; 14] = [
    "textDocument/documentSymbol",
    "textDocument/definition",
    "textDocument/hover",
    "textDocument/references",
    "textDocument/diagnostic",
    "textDocument/codeAction",
    "workspace/symbol",
    "textDocument/completion",
    "textDocument/documentHighlight",
    "textDocument/foldingRange",
    "textDocument/documentLink",
    "textDocument/inlayHint",
    "textDocument/rename",
    "columnist/unheardOf",
];

#[test]
fn whatever_the_client_does_its_text_is_kept_and_every_request_answered_once() {
    if let Some(seed) = number("COLUMNIST_CHAOS_SEED") {
        return Session::play(seed);
    }
    let (next, sessions) = (AtomicU64::new(0), number("COLUMNIST_CHAOS").unwrap_or(FEW));
    let players = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..players {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= sessions {
                        return;
                    }
                    let played =
                        thread::Builder::new().name(format!("session {seed}")).spawn(move || Session::play(seed));
                    let played = played.expect("a thread").join();
                    assert!(played.is_ok(), "COLUMNIST_CHAOS_SEED={seed} plays this session again");
                    if seed > 0 && seed.is_multiple_of(500) {
                        println!("{seed} sessions played");
                    }
                }
            });
        }
    });
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().expect("a number"))
}

/// A document as the client has it.
#[derive(Clone, Debug)]
struct Open {
    text: String,
    version: i32,
}

struct Session {
    client: Client,
    folder: Folder,
    encoding: Encoding,
    chance: Chance,
    open: BTreeMap<String, Open>,
    /// How many times each id was asked with.
    asked: BTreeMap<i64, usize>,
}

impl Session {
    /// Plays the session of a seed to its end.
    fn play(seed: u64) {
        let mut chance = Chance::new(seed);
        let folder = Folder::new(FILES);
        let encoding = *chance.of(&Encoding::ALL);
        let mut profile = Profile::rich(encoding);
        if chance.one_in(2) {
            profile = profile.pulling();
        }
        if !chance.one_in(4) {
            profile = profile.in_folder(&folder);
        }
        if chance.one_in(3) {
            profile.answers = Answers::none();
        }
        let many = number("COLUMNIST_CHAOS").is_some();
        let program = if many { released_program() } else { program() };
        let client = Client::start_with(client::command(program), &profile);
        let (open, asked) = (BTreeMap::new(), BTreeMap::new());
        let mut session = Self { client, folder, encoding, chance, open, asked };
        for _ in 0..session.chance.below(150) {
            session.act();
        }
        session.same_texts();
        session.answered_once();
        session.end();
    }

    fn act(&mut self) {
        match self.chance.below(20) {
            0..=2 => self.open(),
            3..=7 => (0..=self.chance.below(20)).for_each(|_| self.edit()),
            8..=12 => self.ask_times(1),
            13 => self.close(),
            14 => self.cancel(),
            15 => self.ask_times(2),
            16 => self.break_a_frame(),
            17 => self.break_an_edit(),
            18 => self.change_the_disk(),
            _ => self.change_the_folders(),
        }
    }

    fn uri(&mut self) -> String {
        let name = *self.chance.of(&NAMES);
        if name.starts_with("untitled:") { name.to_owned() } else { self.folder.uri(name) }
    }

    fn open(&mut self) {
        let uri = self.uri();
        let text = ["", "# Kop 😀\n", "# A\r\n# B\r# C\n", "Zie hoofdstuk 1.\n\n# 𝔻rie\n\0\n"];
        let open = Open { text: (*self.chance.of(&text)).to_owned(), version: self.chance.below(1_000) as i32 };
        self.client.open(&uri, open.version, &open.text);
        self.open.insert(uri, open);
    }

    fn close(&mut self) {
        let uri = self.uri();
        self.client.close(&uri);
        self.open.remove(&uri);
    }

    /// An edit of a document, which may lie outside of its text, run backwards or not be open at all.
    fn edit(&mut self) {
        let uri = self.uri();
        let new = *self.chance.of(&["x", "😀", "\n# ", "\r\n", "\r", "", "# Kop met 𝕎\n", "zie paragraaf 1.1 "]);
        let Some(mut open) = self.open.get(&uri).cloned() else {
            let nowhere = json!({ "line": 0, "character": 0 });
            let range = json!({ "start": nowhere, "end": nowhere });
            return self.client.change(&uri, 1, json!([{ "range": range, "text": new }]));
        };
        open.version += [1, 1, 1, 7, 0][self.chance.below(5)];
        let change = if self.chance.one_in(15) {
            open.text = new.to_owned();
            json!({ "text": new })
        } else {
            let ((a, from), (b, to)) = (self.place(&open.text), self.place(&open.text));
            open.text.replace_range(a.min(b)..a.max(b), new);
            json!({ "range": { "start": from, "end": to }, "text": new })
        };
        self.client.change(&uri, open.version, json!([change]));
        self.open.insert(uri, open);
    }

    /// A byte of a text and the position that the client calls it by, which may lie past the end of the text.
    fn place(&mut self, text: &str) -> (usize, Value) {
        if self.chance.one_in(12) {
            return (text.len(), json!({ "line": 1_000_000, "character": self.chance.below(9) }));
        }
        let bytes = text.as_bytes();
        let is_place = |at: usize| {
            let in_line_end = at > 0 && bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n');
            text.is_char_boundary(at) && !in_line_end
        };
        let start = self.chance.below(text.len() + 1);
        let at = (start..=text.len()).find(|at| is_place(*at)).expect("the end is a place");
        (at, self.encoding.position(text, at))
    }

    fn params(&mut self, method: &str) -> Value {
        let position = json!({ "line": self.chance.below(9), "character": self.chance.below(30) });
        let end = json!({ "line": self.chance.below(900), "character": 0 });
        match method {
            "workspace/symbol" => json!({ "query": *self.chance.of(&["", "kop", "zzz", "😀"]) }),
            _ => json!({
                "textDocument": { "uri": self.uri() },
                "position": position,
                "range": { "start": position, "end": end },
                "newName": "4",
                "context": { "includeDeclaration": true, "diagnostics": [] },
            }),
        }
    }

    /// Asks something, more than once with the same id as no client should.
    fn ask_times(&mut self, times: usize) {
        let method = *self.chance.of(&METHODS);
        let params = self.params(method);
        let id = self.client.ask(method, params);
        for _ in 1..times {
            let params = self.params(method);
            self.client.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        }
        self.asked.insert(id, times);
    }

    fn cancel(&mut self) {
        let last = self.asked.keys().next_back().copied().unwrap_or_default();
        let id = last - self.chance.below(5) as i64;
        self.client.notify("$/cancelRequest", json!({ "id": id }));
    }

    fn break_a_frame(&mut self) {
        let frames: [&[u8]; 7] = [
            b"Content-Length: 3\r\n\r\n{{{",
            b"Content-Length: 0\r\n\r\n",
            b"Content-Length: 1\r\n\r\n{\"jsonrpc\":\"2.0\"}",
            b"Content-Length: 99999999999\r\n\r\n",
            b"Content-Length: minus\r\n\r\n",
            b"\r\n\r\n\r\n",
            b"Content-Length: 2\r\nContent-Length: 4\r\n\r\n[{}]",
        ];
        let frame: &&[u8] = self.chance.of(&frames);
        self.client.send_bytes(frame);
    }

    /// The document counts as closed from here on, until it is opened again.
    fn break_an_edit(&mut self) {
        let uri = self.uri();
        let changes = [json!(null), json!([{}]), json!([{ "range": 7, "text": "x" }]), json!([{ "text": null }])];
        self.client.change(&uri, 1, self.chance.of(&changes).clone());
        self.open.remove(&uri);
    }

    fn change_the_disk(&mut self) {
        let name = NAMES[self.chance.below(4)];
        let path = self.folder.join(name);
        let _ = fs::remove_file(&path);
        let _ = fs::remove_dir_all(&path);
        match self.chance.below(4) {
            0 => {}
            1 => fs::create_dir_all(&path).expect("a folder where a file was"),
            2 => self.folder.write(name, b"geen \xff tekst"),
            _ => self.folder.write(name, "# Anders\n"),
        }
        let event = json!({ "uri": self.folder.uri(name), "type": 1 + self.chance.below(3) });
        self.client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [event] }));
        if self.chance.one_in(2) {
            let uri = self.uri();
            self.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
        }
    }

    fn change_the_folders(&mut self) {
        let name = ["", "deel", "nergens"][self.chance.below(3)];
        let folder = json!([{ "uri": self.folder.uri(name), "name": "f" }]);
        let (added, removed) = if self.chance.one_in(2) { (folder, json!([])) } else { (json!([]), folder) };
        let event = json!({ "event": { "added": added, "removed": removed } });
        self.client.notify("workspace/didChangeWorkspaceFolders", event);
    }

    /// In every open document the server sees what it sees in the same text, sent whole.
    fn same_texts(&mut self) {
        for (uri, open) in self.open.clone() {
            let fresh = if uri.ends_with(".md") { "untitled:fresh.md" } else { "untitled:fresh.txt" };
            self.client.open(fresh, 1, &open.text);
            let typed = self.outline(&uri);
            let whole = self.outline(fresh);
            assert_eq!(typed, whole, "{uri}: {:?}", open.text);
            self.client.close(fresh);
        }
    }

    fn outline(&mut self, uri: &str) -> Value {
        self.client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }))
    }

    /// Every request has one answer, whichever that is.
    fn answered_once(&mut self) {
        for (id, times) in self.asked.clone() {
            (0..times).for_each(|_| drop(self.client.answer(id)));
        }
        let more = self.client.arrived();
        let answers = more.iter().filter(|message| message.get("method").is_none());
        let ids: BTreeSet<_> = answers.filter_map(|answer| answer["id"].as_i64()).collect();
        assert_eq!(ids, BTreeSet::new(), "answers that nobody asked for");
    }

    /// The client says goodbye, or does not, or is killed in the middle of a message.
    fn end(mut self) {
        let (code, wanted) = match self.chance.below(4) {
            0 => (self.client.leave(), 0),
            1 => (self.client.exit(), 1),
            2 => (self.client.hang_up(), 0),
            _ => {
                self.client.send_bytes(b"Content-Length: 5000\r\n\r\n{\"half");
                (self.client.hang_up(), 0)
            }
        };
        assert_eq!(code, Some(wanted));
    }
}
