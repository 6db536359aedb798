//! Reports drawn in a test: files in one text, each after a line `%! NAME`; under a line of theirs `|` stands below the
//! cursor and `^^^^` below each range that is expected. A line of these signs alone is no part of the file. Where the
//! cursor stands at the start of the empty range that is expected, they are drawn `|^`.

use report::name::Name;
use report::settings::Settings;
use tower_lsp::ls_types::{
    DidOpenTextDocumentParams, Location, Position, Range, TextDocumentIdentifier, TextDocumentItem,
    TextDocumentPositionParams, Uri,
};

use crate::capabilities::Abilities;
use crate::convert;
use crate::session::{Session, Snapshot};

/// A report in which every file is open, at the folder `/report`.
pub(crate) struct Report {
    session: Session,
    cursor: Option<(Uri, Position)>,
    expected: Vec<Location>,
}

impl Report {
    /// Opens the files of a drawing, for a client that can nothing special.
    pub(crate) fn new(drawn: &str) -> Self {
        Self::with(drawn, Abilities::default(), serde_json::Value::Null)
    }

    /// The same for a client with these abilities and settings.
    pub(crate) fn with(drawn: &str, abilities: Abilities, settings: serde_json::Value) -> Self {
        let session = Session::new(Default::default());
        session.begin(abilities, vec!["/report".into()], Settings::from_editor(&settings).0);
        let mut report = Self { session, cursor: None, expected: Vec::new() };
        for file in drawn.split("%! ").skip(1) {
            let (name, lines) = file.split_once('\n').expect("a file has lines");
            report.open(name.trim(), lines);
        }
        report
    }

    fn open(&mut self, name: &str, drawn: &str) {
        let uri = convert::uri(&Name::file(format!("/report/{name}"))).expect("a path");
        let mut text: Vec<&str> = Vec::new();
        for line in drawn.split('\n') {
            let signs = line.trim();
            if !signs.is_empty() && signs.chars().all(|sign| matches!(sign, '|' | '^' | ' ')) {
                self.read(&uri, text.len() - 1, text[text.len() - 1], line);
            } else {
                text.push(line);
            }
        }
        let language_id = if name.ends_with(".md") { "markdown" } else { "plaintext" }.to_owned();
        let item = TextDocumentItem { uri, language_id, version: 1, text: text.join("\n") };
        self.session.open(&DidOpenTextDocumentParams { text_document: item });
    }

    /// Reads the signs under a line.
    fn read(&mut self, uri: &Uri, line: usize, text: &str, drawn: &str) {
        let units = |column: usize| text.chars().take(column).map(char::len_utf16).sum::<usize>() as u32;
        let at = |column: usize| Position::new(line as u32, units(column));
        let signs: Vec<char> = drawn.chars().collect();
        let mut column = 0;
        while column < signs.len() {
            match signs[column] {
                '|' => {
                    self.cursor = Some((uri.clone(), at(column)));
                    if signs.get(column + 1) == Some(&'^') {
                        self.expected.push(Location::new(uri.clone(), Range::new(at(column), at(column))));
                        column += 1;
                    }
                    column += 1;
                }
                '^' => {
                    let length = signs[column..].iter().take_while(|sign| **sign == '^').count();
                    self.expected.push(Location::new(uri.clone(), Range::new(at(column), at(column + length))));
                    column += length;
                }
                _ => column += 1,
            }
        }
    }

    /// What a handler is given.
    pub(crate) fn snapshot(&self) -> Snapshot {
        self.session.snapshot()
    }

    /// Where the cursor is.
    pub(crate) fn at(&self) -> TextDocumentPositionParams {
        let (uri, position) = self.cursor.clone().expect("the drawing has a cursor");
        TextDocumentPositionParams { text_document: TextDocumentIdentifier { uri }, position }
    }

    /// The ranges that are drawn.
    pub(crate) fn expected(&self) -> Vec<Range> {
        self.expected.iter().map(|location| location.range).collect()
    }

    /// Holds places to be those that are drawn, in whatever order.
    #[track_caller]
    pub(crate) fn assert_places(&self, mut found: Vec<Location>) {
        let mut expected = self.expected.clone();
        let key = |location: &Location| (location.uri.as_str().to_owned(), location.range.start, location.range.end);
        found.sort_by_key(key);
        expected.sort_by_key(key);
        assert_eq!(found, expected);
    }

    /// The text of a range in the file that has the cursor.
    pub(crate) fn text_at(&self, range: Range) -> String {
        let snapshot = self.snapshot();
        let name = convert::name(&self.at().text_document.uri).expect("a file");
        let text = snapshot.workspace.document(&name).expect("it is open").text().clone();
        let span = convert::span(&text, range, snapshot.abilities.encoding);
        text.slice(span).into_owned()
    }

    /// Every file as it is, or would be after a change that the client is told; a file begins with `%! NAME`.
    pub(crate) fn after(&self, edit: Option<&tower_lsp::ls_types::WorkspaceEdit>) -> String {
        let snapshot = self.snapshot();
        let changes = edit.map(|edit| edit.changes.clone().expect("a client without versions gets plain changes"));
        let mut shown = String::new();
        for document in snapshot.workspace.documents() {
            let uri = snapshot.uri(document.name()).expect("it has one");
            let edits = changes.as_ref().and_then(|changes| changes.get(&uri)).cloned().unwrap_or_default();
            let mut text = document.text().clone();
            for edit in edits.iter().rev() {
                text.edit(convert::span(&text, edit.range, snapshot.abilities.encoding), &edit.new_text);
            }
            let name = document.name().to_string();
            shown += &format!("%! {}\n{text}", name.trim_start_matches("/report/"));
        }
        shown
    }
}
