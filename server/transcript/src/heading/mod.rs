//! Headings, captions and notes, as Markdown marks them and as plain text only shows them.

mod contents;
mod marked;
mod near;
mod note;
mod opening;
mod plain;
mod row;
mod title;

use serde::{Deserialize, Serialize};

use crate::lines::{Format, Lines};
use crate::markup::Markup;
use crate::number::{Kind, Number};
use crate::page::Page;
use crate::span::Span;

pub(crate) use near::{
    Claim, claims, is_dull, is_entry, is_silent_of_itself, may_hold_contents, may_open_note, opens_note,
};
pub use note::{mark_of, may_be_marked};
pub use opening::{Opening, gap, opening, scan, tail, word};
use row::Places;
pub use row::{Row, Widths, rows, rows_of_part};

/// A heading, a caption or a note: a thing with a name that a reader can be sent to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// What it heads; none for a heading without a number or a noun.
    pub kind: Option<Kind>,
    /// Its number.
    pub number: Option<Number>,
    /// Its title without noun and number, on one line; empty where there is none.
    pub title: String,
    /// The bytes of the heading from its first to its last character, markup left out.
    pub span: Span,
    /// How deep it stands: 1 for a chapter, 2 for a section "1.2"; 0 for a part above the chapters.
    pub depth: u8,
}

/// Everything in a text that has a name, in the order of reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Headings {
    /// Of sections. Marked says whether Markdown's marks, and so its levels, made it one.
    pub sections: Vec<(Heading, Marks)>,
    /// Captions and notes.
    pub others: Vec<Heading>,
    /// Entries of contents lists.
    pub contents: Vec<Heading>,
    /// Lines that open with a number and a capital and are nothing else: headings perhaps, which only a reference that
    /// gives number and title can tell.
    pub loose: Vec<Heading>,
}

/// How a heading shows that it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// By its words alone.
    Words,
    /// By marks that also say its level.
    Level(u8),
}

/// What a row is part of, once that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Role {
    #[default]
    Text,
    Section,
    Contents,
    Other,
}

/// Finds every heading, caption, note and contents entry of a text, of which these are the rows.
pub fn find(lines: &Lines, rows: &[Row], pages: &[Page], markup: &Markup, format: Format) -> Headings {
    let places = Places::new(rows);
    let mut roles = vec![Role::Text; rows.len()];
    let mut found = Headings::default();
    contents::find(rows, &mut roles, &mut found.contents);
    note::find(lines, rows, pages, (markup, &places), &mut roles, &mut found.others);
    marked::find(lines, rows, (markup, &places), &mut roles, &mut found.sections);
    plain::find(lines, rows, format, &mut roles, &mut found);
    found.sections.sort_by_cached_key(|(heading, _)| places.row_at(heading.span.start));
    found.others.sort_by_key(|heading| heading.span);
    found
}

impl Heading {
    /// Reads the text of a heading that is known to be one. `level` is its depth unless its number says better.
    fn read(text: &str, span: Span, level: u8) -> Self {
        match opening(text) {
            Some(found) if !matches!(found.kind, Some(Kind::Page)) && (found.kind.is_some() || !found.loose) => {
                Self::of(&found, &text[found.title..], span)
            }
            _ => Self { kind: None, number: None, title: one_line(text), span, depth: level },
        }
    }

    /// A heading that opens with noun, number or both.
    fn of(opening: &Opening, title: &str, span: Span) -> Self {
        let parts = opening.number.parts.len() as u8;
        let lettered = matches!(opening.number.parts[0], crate::number::Part::Letter(_));
        let (kind, depth) = match opening.kind {
            Some(Kind::Part) => (Kind::Part, 0),
            Some(Kind::Annex) => (Kind::Annex, parts),
            Some(kind) => (kind, parts),
            None if lettered && parts == 1 => (Kind::Annex, 1),
            None if parts == 1 => (Kind::Chapter, 1),
            None => (Kind::Section, parts),
        };
        Self { kind: Some(kind), number: Some(opening.number.clone()), title: one_line(title), span, depth }
    }
}

/// A title on one line: white space runs become one space, a word broken at a line's end is left as it stands.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
