//! `columnist outline`: the headings of the files, as a reader would find them in a contents list; with `--all` also what
//! else has a name: captions, notes, printed pages.

use std::io::Write;

use report::document::Document;
use serde_json::{Value, json};
use transcript::heading::Heading;
use transcript::lines::Lines;
use transcript::number::Kind;
use transcript::span::Span;

use crate::arguments::{Format, Outline};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::gather::Gathered;
use crate::output::{Output, visible, visible_name};
use crate::remark::{line_and_column, place};

/// Shows the outlines of the files.
pub(crate) fn run(asked: &Outline, output: &mut Output) -> Ending {
    let gathered = Gathered::new(&asked.paths);
    let mut all = Vec::new();
    for document in gathered.documents() {
        let (path, lines) = (gathered.shown(document.name()), document.lines());
        for named in named(&gathered, document, asked.all) {
            match asked.format {
                Format::Text => {
                    let (line, column) = line_and_column(&lines, named.span.start);
                    let indent = "  ".repeat(usize::from(named.depth.saturating_sub(1)));
                    let _ = writeln!(
                        output,
                        "{}:{line}:{column}: {indent}{}",
                        visible_name(&path),
                        visible(&named.words(&lines))
                    );
                }
                Format::Json => all.push(named.json(&path, &lines)),
            }
        }
    }
    if asked.format == Format::Json {
        let _ = writeln!(output, "{:#}", Value::from(all));
    }
    Failure::tell_all(&gathered.failures)
}

/// A thing with a name, and how deep it stands.
struct Named {
    kind: Option<Kind>,
    span: Span,
    depth: u8,
    number: Option<String>,
    title: String,
}

/// The headings of a document in the order of its lines, with `all` everything that has a name.
fn named(gathered: &Gathered, document: &Document, all: bool) -> Vec<Named> {
    let outline = &document.plan().outline;
    let of = |heading: &Heading, depth| Named {
        kind: heading.kind,
        span: heading.span,
        depth,
        number: heading.number.as_ref().map(ToString::to_string),
        title: heading.title.clone(),
    };
    let sections = gathered.workspace.sections(document);
    let mut named: Vec<Named> = sections.iter().map(|section| of(&section.heading, section.heading.depth)).collect();
    if all {
        let under = |at| outline.section_at(at).map_or(1, |section| section.heading.depth.max(1) + 1);
        named.extend(outline.others.iter().map(|heading| of(heading, under(heading.span.start))));
        let numbers = gathered.workspace.page_numbers(document.name());
        let numbered = document.plan().pages.iter().zip(numbers).filter(|(_, number)| number.is_some());
        named.extend(numbered.map(|(page, number)| Named {
            kind: Some(Kind::Page),
            span: page.span,
            depth: 1,
            number,
            title: String::new(),
        }));
        // A page comes before what opens it.
        named.sort_by_key(|named| (named.span.start, named.kind != Some(Kind::Page)));
    }
    named
}

impl Named {
    /// As it is written; a page by its printed number.
    fn words(&self, lines: &Lines) -> String {
        match (self.kind, &self.number) {
            (Some(Kind::Page), Some(number)) => format!("[page {number}]"),
            _ => one_line(lines.slice(self.span)),
        }
    }

    fn json(&self, path: &str, lines: &Lines) -> Value {
        json!({
            "path": path,
            "start": place(lines, self.span.start),
            "end": place(lines, self.span.end),
            "kind": self.kind.map_or("heading", word),
            "depth": self.depth,
            "number": self.number,
            "title": self.title,
        })
    }
}

/// What a thing is, in a word.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Part => "part",
        Kind::Chapter => "chapter",
        Kind::Section => "section",
        Kind::Annex => "annex",
        Kind::Figure => "figure",
        Kind::Table => "table",
        Kind::Box => "box",
        Kind::Page => "page",
        Kind::Note => "note",
    }
}

/// A text with its line ends and runs of spaces as single spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
