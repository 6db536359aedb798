//! Gives a chapter another number or another title, wherever the report names it: heading, contents entries,
//! references, links, and the numbers of the sections under it. All of it or nothing: where one place cannot be changed
//! the whole is refused, with that place named.

mod number;
mod plan;
mod title;

use std::collections::BTreeMap;
use std::fmt;

use transcript::finding::Edit;
use transcript::naming;
use transcript::number::{Kind, Number};
use transcript::span::Span;

use crate::document::Document;
use crate::name::Name;
use crate::subject::Subject;
use crate::workspace::{Target, Workspace};

use self::plan::Plan;

/// Why nothing is renamed, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// What can be renamed at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its bytes.
    pub span: Span,
    /// How it is written.
    pub written: String,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Number,
    Title,
}

/// What can be renamed at a byte of a document: the number or the title that stands there, of a heading, a contents
/// entry or a reference.
pub fn place(workspace: &Workspace, name: &Name, offset: usize) -> Result<Place, Refusal> {
    let nothing = || {
        Refusal(
            "Only numbers and titles can be renamed: put the cursor on those of a heading, a contents entry or a \
                 reference."
                .to_owned(),
        )
    };
    let document = workspace.document(name).ok_or_else(nothing)?;
    let subject = Subject::at(workspace, name, offset).ok_or_else(nothing)?;
    let (number, title) = parts(document.content(), &subject).ok_or_else(nothing)?;
    owner(workspace, name, &subject)?;
    let here = [(title, What::Title), (number, What::Number)].into_iter();
    let mut here = here.filter_map(|(span, what)| Some((span?, what)));
    let (span, what) = here
        .clone()
        .find(|(span, _)| span.touches(offset))
        .or_else(|| here.next_back())
        .ok_or_else(|| plan::torn(document, subject.span()))?;
    Ok(Place { span, written: document.text().slice(span).into_owned(), what })
}

/// A renaming.
#[derive(Clone, Debug)]
pub struct Renamed {
    /// The edits, by document; each document's in ascending order.
    pub edits: BTreeMap<Name, Vec<Edit>>,
    /// The documents for whose texts they are made.
    pub workspace: Workspace,
}

/// The edits that give what stands at a byte of a document another number or title. Files that are not open are read
/// anew where they have changed on the disk.
pub fn edits(workspace: &Workspace, name: &Name, offset: usize, new: &str) -> Result<Renamed, Refusal> {
    let mut workspace = workspace.clone();
    for _ in 0..3 {
        let edits = planned(&workspace, name, offset, new)?;
        let stale: Vec<Name> = edits.keys().filter(|name| plan::is_stale(&workspace, name)).cloned().collect();
        if stale.is_empty() {
            return Ok(Renamed { edits, workspace });
        }
        stale.iter().filter_map(Name::path).for_each(|path| workspace.refresh(path));
    }
    Err(Refusal("Files change on the disk while this is worked out: nothing was renamed. Try again.".to_owned()))
}

fn planned(workspace: &Workspace, name: &Name, offset: usize, new: &str) -> Result<BTreeMap<Name, Vec<Edit>>, Refusal> {
    let place = place(workspace, name, offset)?;
    let Some(subject) = Subject::at(workspace, name, offset) else { return Ok(BTreeMap::new()) };
    let target = owner(workspace, name, &subject)?;
    let mut plan = Plan::new(workspace);
    match place.what {
        What::Number => number::rename(&mut plan, &target, new.trim())?,
        What::Title => title::rename(&mut plan, &target, new)?,
    }
    plan.finish()
}

/// The one thing that a subject names.
fn owner(workspace: &Workspace, name: &Name, subject: &Subject) -> Result<Target, Refusal> {
    let mut targets = subject.leads_to(workspace, name);
    match targets.len() {
        1 => Ok(targets.remove(0)),
        0 => Err(Refusal("This leads to nothing in the files at hand, so there is nothing to rename.".to_owned())),
        _ => {
            let places: Vec<_> =
                targets.iter().map(|target| plan::place(workspace, &target.name, target.name_span)).collect();
            Err(Refusal(format!("This leads to several places ({}): rename it at one of those.", places.join(", "))))
        }
    }
}

/// Where number and title stand in a heading, an entry or a reference. None for what has neither: a link, a page.
fn parts(text: &str, subject: &Subject) -> Option<(Option<Span>, Option<Span>)> {
    match subject {
        Subject::Link(_) => None,
        Subject::Reference(reference) if is_renumbered(Some(reference.kind)) => {
            let number = reference.number.as_ref().map(|_| reference.span);
            let from = number.map_or(reference.span.start, |number| number.end);
            let title = reference.title.as_deref().and_then(|title| naming::words(text, from, title));
            Some((number, title))
        }
        Subject::Target(target) | Subject::Entry(target) if is_renumbered(target.kind) => {
            let number =
                target.number.as_ref().and_then(|number| number_of(text, target.name_span, target.kind, number));
            Some((number, naming::title(text, target.name_span, &target.title)))
        }
        _ => None,
    }
}

fn number_of(text: &str, name: Span, kind: Option<Kind>, number: &Number) -> Option<Span> {
    naming::number(text, name, kind, number)
}

/// Pages are numbered by the printer, notes by their order.
fn is_renumbered(kind: Option<Kind>) -> bool {
    !matches!(kind, Some(Kind::Page | Kind::Note))
}

/// The heading of an entry of the index as it is written.
fn written(document: &Document, name: Span) -> String {
    crate::excerpt::one_line(document, name)
}
