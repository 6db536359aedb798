//! A day's work in minutes: after many edits, saves, renames and switches of branches the server is as quick as it was,
//! and takes no more memory.
//!
//! `COLUMNIST_LONG_LIFE=100000 cargo test --release --test long_life -- --nocapture` makes so many edits, on the program
//! as it is released, and prints the figures; fewer are made where no number is asked for.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use columnist_tests::chance::Chance;
use columnist_tests::client::{self, Client};
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use columnist_tests::{program, released_program, repository};
use serde_json::{Value, json};

/// Edits made where no number is asked for.
const FEW: usize = 1_500;

/// What the latencies of the end may be over those of the start: a machine has other things to do as well.
const SLOWER: u32 = 3;
const NOISE: Duration = Duration::from_millis(20);

/// Documents of the report, where all edits are made.
const DOCUMENTS: usize = 200;

fn wanted() -> Option<usize> {
    std::env::var("COLUMNIST_LONG_LIFE").ok().map(|value| value.parse().expect("a number"))
}

/// A person at work.
struct Work {
    client: Client,
    folder: Folder,
    chance: Chance,
    /// The open documents by their names, with their versions and texts.
    open: BTreeMap<String, (i32, String)>,
    names: Vec<String>,
    /// The text that each file has on either branch.
    branches: [String; 2],
    branch: usize,
    waited: Vec<Duration>,
}

impl Work {
    fn new(documents: usize) -> Self {
        let page = fs::read_to_string(repository().join("examples/report/1-haven.txt")).expect("the example is there");
        let branches = [page.clone(), page.replace("haven", "kade")];
        let (folder, chance) = (Folder::new(""), Chance::new(1));
        let names: Vec<String> = (0..documents).map(|number| format!("{number}.txt")).collect();
        names.iter().for_each(|name| folder.write(name, &page));
        let profile = Profile::rich(Encoding::Utf16).pulling().in_folder(&folder);
        let program = if wanted().is_some() { released_program() } else { program() };
        let mut command = client::command(program);
        // What the server holds is asked for, not what its allocator has had back within the last ten seconds.
        command.env("_RJEM_MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0");
        let client = Client::start_with(command, &profile);
        Self { client, folder, chance, open: BTreeMap::new(), names, branches, branch: 0, waited: Vec::new() }
    }

    /// One edit, and from time to time what else a person does.
    fn act(&mut self, number: usize) {
        let name = self.chance.of(&self.names).clone();
        if !self.open.contains_key(&name) {
            self.open(&name);
        }
        self.edit(&name);
        if number.is_multiple_of(25) {
            self.ask(&name);
        }
        if number.is_multiple_of(40) {
            self.save(&name);
        }
        if number.is_multiple_of(60) {
            self.close(&name);
        }
        if number.is_multiple_of(500) {
            self.rename(&name);
        }
        if number.is_multiple_of(2_000) {
            self.switch();
        }
        // What the server says unasked would pile up here.
        if number.is_multiple_of(100) {
            drop(self.client.arrived());
        }
    }

    fn open(&mut self, name: &str) {
        let text = String::from_utf8(self.folder.read(name)).expect("a text");
        self.client.open(&self.folder.uri(name), 1, &text);
        self.open.insert(name.to_owned(), (1, text));
        // No more than a person has open.
        if self.open.len() > 20 {
            let other = self.open.keys().next().expect("there are some").clone();
            self.close(&other);
        }
    }

    /// A few letters are typed, or taken back.
    fn edit(&mut self, name: &str) {
        let uri = self.folder.uri(name);
        let Some((version, text)) = self.open.get_mut(name) else { return };
        let start = self.chance.below(text.len());
        let at = (start..=text.len()).find(|at| text.is_char_boundary(*at)).expect("the end is one");
        let grown = text.len() > 3_000;
        let (end, new) =
            if grown { ((at + 40).min(text.len()), "") } else { (at, *self.chance.of(&["x", " ", "zie 2 ", "\n"])) };
        let end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).expect("the end is one");
        let range = json!({ "start": Encoding::Utf16.position(text, at), "end": Encoding::Utf16.position(text, end) });
        text.replace_range(at..end, new);
        *version += 1;
        self.client.change(&uri, *version, json!([{ "range": range, "text": new }]));
    }

    /// What an editor asks while one types, and how long it waits.
    fn ask(&mut self, name: &str) {
        let document = json!({ "uri": self.folder.uri(name) });
        let at = json!({ "line": 12, "character": 20 });
        let asked = Instant::now();
        self.client.request("textDocument/documentSymbol", json!({ "textDocument": document }));
        self.client.request("textDocument/diagnostic", json!({ "textDocument": document }));
        self.client.request("textDocument/definition", json!({ "textDocument": document, "position": at }));
        self.waited.push(asked.elapsed());
    }

    fn save(&mut self, name: &str) {
        let Some((_, text)) = self.open.get(name) else { return };
        self.folder.write(name, text);
        let document = json!({ "uri": self.folder.uri(name) });
        self.client.notify("textDocument/didSave", json!({ "textDocument": document }));
    }

    fn close(&mut self, name: &str) {
        if self.open.remove(name).is_some() {
            self.client.close(&self.folder.uri(name));
        }
    }

    fn rename(&mut self, name: &str) {
        self.close(name);
        let new = format!("{}-{}", self.chance.below(1_000_000), name.split_once('-').map_or(name, |(_, name)| name));
        fs::rename(self.folder.join(name), self.folder.join(&new)).expect("it is there");
        self.tell(&[(name.to_owned(), 3), (new.clone(), 1)]);
        self.names.retain(|other| other != name);
        self.names.push(new);
    }

    /// Every file changes at once.
    fn switch(&mut self) {
        self.branch = 1 - self.branch;
        let names = self.names.clone();
        names.iter().for_each(|name| self.close(name));
        names.iter().for_each(|name| self.folder.write(name, &self.branches[self.branch]));
        self.tell(&names.into_iter().map(|name| (name, 2)).collect::<Vec<_>>());
    }

    fn tell(&self, changes: &[(String, u8)]) {
        let changes: Vec<Value> =
            changes.iter().map(|(name, kind)| json!({ "uri": self.folder.uri(name), "type": kind })).collect();
        self.client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// Waits until all that was sent is worked through.
    fn settle(&mut self) {
        self.client.request("workspace/symbol", json!({ "query": "haven" }));
    }

    /// What the server holds in memory, in kB, where the system tells.
    fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.client.process()?)).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() / 2]
}

#[test]
fn after_a_day_of_work_the_server_is_as_quick_and_as_small_as_at_its_start() {
    let edits = wanted().unwrap_or(FEW);
    let mut work = Work::new(if wanted().is_some() { DOCUMENTS } else { 40 });
    work.settle();
    let mut memory = Vec::new();
    for number in 1..=edits {
        work.act(number);
        if number.is_multiple_of(edits / 10) {
            work.settle();
            memory.extend(work.memory());
        }
    }
    let tenth = work.waited.len() / 10;
    let (start, end) = (median(&work.waited[..tenth]), median(&work.waited[work.waited.len() - tenth..]));
    println!("{edits} edits; memory in kB after each tenth: {memory:?}; three answers: first {start:?}, last {end:?}");
    assert!(end < start * SLOWER + NOISE, "the last answers took {end:?}, the first {start:?}");
    if let [_, _, third, .., last] = memory[..] {
        // By then everything has been opened, edited and looked at once: so far it grows.
        assert!(last < third + third / 4 + 8_192, "{memory:?}");
    }
    assert_eq!(work.client.leave(), Some(0));
}

#[test]
fn what_many_sessions_took_is_given_back() {
    let sessions = wanted().map_or(40, |edits| edits / 10);
    let mut work = Work::new(1);
    let name = work.names[0].clone();
    let session = |work: &mut Work| {
        work.open(&name);
        (0..75).for_each(|_| work.edit(&name));
        work.ask(&name);
        work.close(&name);
    };
    (0..20).for_each(|_| session(&mut work));
    work.settle();
    let before = work.memory();
    (0..sessions).for_each(|_| session(&mut work));
    work.settle();
    let after = work.memory();
    println!("{sessions} sessions of 75 edits: {before:?} kB before, {after:?} kB after");
    if let (Some(before), Some(after)) = (before, after) {
        assert!(after < before + before / 4 + 8_192, "{before} kB before, {after} kB after");
    }
    assert_eq!(work.client.leave(), Some(0));
}
