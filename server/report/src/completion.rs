//! What can be written at the cursor while a reference is typed: the numbers of the report, with their titles.

use std::collections::BTreeSet;

use transcript::number::{Kind, Number, Parts};
use transcript::span::Span;
use transcript::typing::{self, Asked};

use crate::document::Document;
use crate::index::{self, Entry, Key};
use crate::name::Name;
use crate::workspace::Workspace;

/// No list is read further than this.
const MOST: usize = 200;

/// No word before the cursor that matters is further away than this.
const BEFORE: usize = 300;

/// What can be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offers {
    /// What was typed of it already, which it replaces.
    pub typed: Span,
    /// The offers, in the order of their numbers.
    pub offers: Vec<Offer>,
    /// Whether there are more, that come when more is typed.
    pub more: bool,
}

/// One number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it numbers.
    pub kind: Kind,
    /// What is written: the number, with its noun where that is not there yet.
    pub text: String,
    /// Its title; empty where there is none.
    pub title: String,
    /// The document that holds it.
    pub name: Name,
}

/// Whether somebody at this place of a document may be typing a reference. A look at one line, made before anything is
/// worked out.
pub fn is_asked(document: &Document, offset: usize) -> bool {
    typing::asked(&before(document, offset), None).is_some()
}

/// What can be written at a byte of a document; none where no reference is typed.
pub fn offers(workspace: &Workspace, name: &Name, offset: usize) -> Option<Offers> {
    let document = workspace.document(name)?;
    let before = before(document, offset);
    let language = document.plan().language;
    let asked = typing::asked(&before, language)?;
    let half = &before[before.len() - asked.typed..];
    let typed = Span::new(offset - asked.typed, offset);
    let language = language.or_else(|| transcript::language::by_code("en"));
    let mut seen = BTreeSet::new();
    let mut found: Vec<(usize, Key, &Name, &Entry)> = Vec::new();
    for kind in wanted(&asked) {
        let first = Key::new(*kind, &Number { parts: Parts::new() });
        let all = workspace.entries_from(&first, |key| key.kind() == first.kind());
        for (document, entry) in all.into_iter().filter(|(_, entry)| fits(&asked, *kind, entry, half)) {
            let Some(distance) = workspace.distance(name, document.name()) else { continue };
            let Some(number) = &entry.number else { continue };
            found.push((distance.max(1), Key::new(*kind, number), document.name(), entry));
        }
    }
    // A contents entry is no news where the heading itself is known.
    found.sort_by(|one, other| (&one.1, one.0, one.3.in_contents).cmp(&(&other.1, other.0, other.3.in_contents)));
    let mut offers = Vec::new();
    for (distance, key, name, entry) in found {
        if !seen.insert((key, distance.min(2), entry.title.to_lowercase())) {
            continue;
        }
        let (Some(kind), Some(number)) = (entry.kind, &entry.number) else { continue };
        let noun = asked.kind.is_none().then(|| language.map(|language| language.name(kind))).flatten();
        let text = noun.map_or_else(|| number.to_string(), |noun| format!("{noun} {number}"));
        offers.push(Offer { kind, text, title: entry.title.clone(), name: name.clone() });
    }
    let more = offers.len() > MOST;
    offers.truncate(MOST);
    Some(Offers { typed, offers, more })
}

/// The text of the line before a byte, or the last of it.
fn before(document: &Document, offset: usize) -> String {
    let text = document.text();
    let start = text.line_span(text.line_of(offset)).start.max(offset.saturating_sub(BEFORE));
    text.slice(Span::new(start, offset.max(start))).into_owned()
}

/// The kinds to be offered, of those that are numbered together one.
fn wanted(asked: &Asked) -> &[Kind] {
    match &asked.kind {
        // Nobody knows a page or a note by its title.
        Some(Kind::Page | Kind::Note) => &[],
        Some(kind) => std::slice::from_ref(kind),
        None => &[Kind::Chapter, Kind::Figure, Kind::Table, Kind::Box],
    }
}

/// Whether an entry is of the kind that was asked for, and goes on as was typed.
fn fits(asked: &Asked, kind: Kind, entry: &Entry, half: &str) -> bool {
    let (Some(of), Some(number)) = (entry.kind, &entry.number) else { return false };
    let right = asked.kind.is_none() || index::fits(kind, of, number);
    let title = || entry.title.to_lowercase().contains(&half.to_lowercase());
    let typed = asked.kind.is_none() || half.is_empty() || number.to_string().starts_with(half) || title();
    right && typed
}
