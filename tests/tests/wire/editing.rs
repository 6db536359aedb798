//! Edits: whatever is typed, however fast, the server's text is the client's. A server's text cannot be asked for, so it
//! is seen through the outline of a text in which every line is a heading, with all of its ranges.

use columnist_tests::chance::Chance;
use columnist_tests::client::{Client, is_publication};
use columnist_tests::drawing::Encoding;
use columnist_tests::profile::{Answers, Profile};
use serde_json::{Value, json};

const BUFFER: &str = "untitled:typed.md";
const FRESH: &str = "untitled:fresh.md";

/// A text of the client's and the edits that it makes to it.
struct Typist {
    text: String,
    encoding: Encoding,
    version: i32,
    chance: Chance,
}

impl Typist {
    fn new(seed: u64, encoding: Encoding) -> Self {
        let text = "# Eén 😀 kop\n# Twee\r\n# 𝔻rie\n".to_owned();
        Self { text, encoding, version: 1, chance: Chance::new(seed) }
    }

    /// A random edit of the text, as the client sends it.
    fn edit(&mut self) -> Value {
        let (a, b) = (self.place(), self.place());
        // Mostly typed, now and then a stretch replaced.
        let (start, end) = if self.chance.one_in(8) { (a.min(b), a.max(b)) } else { (a, a) };
        let new = *self.chance.of(&["x", "é", "😀", "\n# ", "\r\n# ", "\r# ", "𝕎𝕎", "", "# lang stuk 😀\n# en meer\n"]);
        let range = json!({
            "start": self.encoding.position(&self.text, start),
            "end": self.encoding.position(&self.text, end),
        });
        self.text.replace_range(start..end, new);
        json!({ "range": range, "text": new })
    }

    /// A byte where an editor's cursor can be: never between CR and LF.
    fn place(&mut self) -> usize {
        loop {
            let at = self.chance.below(self.text.len() + 1);
            let bytes = self.text.as_bytes();
            let inside = at > 0 && bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n');
            if self.text.is_char_boundary(at) && !inside {
                return at;
            }
        }
    }

    fn next_version(&mut self) -> i32 {
        self.version += 1;
        self.version
    }
}

/// The server sees in its text what it sees in the client's, sent whole. Gives how many headings it saw.
fn same_text(client: &mut Client, text: &str) -> usize {
    let mut outline =
        |uri: &str| client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    let typed = outline(BUFFER);
    client.open(FRESH, 1, text);
    let mut outline =
        |uri: &str| client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    let fresh = outline(FRESH);
    assert_eq!(typed, fresh);
    client.close(FRESH);
    typed.as_array().expect("a list of headings").len()
}

#[test]
fn a_burst_of_2000_changes_ends_in_the_text_of_the_client() {
    for encoding in Encoding::ALL {
        let mut client = Client::start(&Profile::rich(encoding));
        let mut typist = Typist::new(7, encoding);
        client.open(BUFFER, 1, &typist.text);
        for _ in 0..2_000 {
            let edit = typist.edit();
            client.change(BUFFER, typist.next_version(), json!([edit]));
        }
        assert!(same_text(&mut client, &typist.text) > 0);
        client.pushed(BUFFER, Some(typist.version));
        assert_eq!(client.leave(), Some(0));
    }
}

#[test]
fn several_edits_in_one_change_are_made_one_after_the_other() {
    for encoding in Encoding::ALL {
        let mut client = Client::start(&Profile::rich(encoding));
        let mut typist = Typist::new(11, encoding);
        client.open(BUFFER, 1, &typist.text);
        let mut seen = 0;
        for _ in 0..40 {
            let edits: Vec<_> = (0..10).map(|_| typist.edit()).collect();
            client.change(BUFFER, typist.next_version(), json!(edits));
            seen += same_text(&mut client, &typist.text);
        }
        assert!(seen > 40);
    }
}

#[test]
fn the_whole_text_may_be_sent_among_edits() {
    let mut client = Client::start(&Profile::rich(Encoding::Utf16));
    let mut typist = Typist::new(13, Encoding::Utf16);
    client.open(BUFFER, 1, &typist.text);
    typist.text = "# Nieuw\n".to_owned();
    let whole = json!({ "text": typist.text });
    let edit = typist.edit();
    client.change(BUFFER, 2, json!([whole, edit]));
    assert!(same_text(&mut client, &typist.text) > 0);
}

#[test]
fn four_hundred_changes_while_the_client_owes_an_answer_do_not_hang() {
    let mut profile = Profile::rich(Encoding::Utf16);
    profile.answers = Answers::none();
    let mut client = Client::start(&profile);
    client.wait_for("a question", |message| message["method"] == "workspace/configuration");
    let mut typist = Typist::new(17, Encoding::Utf16);
    client.open(BUFFER, 1, &typist.text);
    for _ in 0..400 {
        let edit = typist.edit();
        client.change(BUFFER, typist.next_version(), json!([edit]));
    }
    assert!(same_text(&mut client, &typist.text) > 0);
    client.pushed(BUFFER, Some(typist.version));
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn findings_of_an_older_version_never_follow_those_of_a_newer_one() {
    let mut client = Client::start(&Profile::plain());
    let uri = "untitled:versions.txt";
    client.open(uri, 1, "Zie hoofdstuk 1 van dit verslag.\n");
    let mut version = 1;
    let mut told = Vec::new();
    for burst in [1, 30, 2, 100, 1, 7] {
        for _ in 0..burst {
            version += 1;
            client.change(
                uri,
                version,
                json!([{ "text": "Zie hoofdstuk 1 van dit verslag.\n".repeat(version as usize) }]),
            );
        }
        assert_eq!(client.pushed(uri, Some(version)).len(), version as usize);
        told.push(version);
    }
    // Those that nobody waited for came before one of those.
    for message in client.rest().iter().filter(|message| is_publication(message, uri)) {
        let version = message["params"]["version"].as_i64().expect("a version");
        assert!(version < i64::from(*told.last().expect("bursts")), "version {version} came late");
    }
    assert_eq!(client.leave(), Some(0));
}
