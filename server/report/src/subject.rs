//! What stands at a place in a document and leads somewhere, or is led to: a reference, a link, a heading.

use transcript::letters::small;
use transcript::number::Kind;
use transcript::reference::{Reference, Whereabouts};
use transcript::span::Span;

use crate::index::Entry;
use crate::link::{self, Link};
use crate::name::Name;
use crate::workspace::{Target, Workspace};

/// What stands at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A mention of another place.
    Reference(Reference),
    /// A link of Markdown.
    Link(Link),
    /// A heading, a caption, a note.
    Target(Target),
    /// An entry of a contents list.
    Entry(Target),
}

impl Subject {
    /// What stands at a byte of a document.
    pub fn at(workspace: &Workspace, name: &Name, offset: usize) -> Option<Self> {
        let document = workspace.document(name)?;
        let link = || link::links(document).into_iter().find(|link| link.span.touches(offset));
        let target = || workspace.target_at(name, offset);
        let reference = || workspace.reference_at(name, offset).cloned();
        let of = |target: Target| if target.in_contents { Subject::Entry(target) } else { Subject::Target(target) };
        link().map(Subject::Link).or_else(|| reference().map(Subject::Reference)).or_else(|| target().map(of))
    }

    /// Its bytes.
    pub fn span(&self) -> Span {
        match self {
            Subject::Reference(reference) => reference.mention,
            Subject::Link(link) => link.span,
            Subject::Target(target) | Subject::Entry(target) => target.name_span,
        }
    }

    /// Where it leads: a heading to itself, an entry to its heading, or to itself where that is not transcribed.
    pub fn leads_to(&self, workspace: &Workspace, name: &Name) -> Vec<Target> {
        match self {
            Subject::Reference(reference) => workspace.targets(name, reference),
            Subject::Link(link) => of_link(workspace, link).into_iter().collect(),
            Subject::Target(target) => vec![target.clone()],
            Subject::Entry(entry) => {
                let found = asking_for(entry).map(|reference| workspace.targets(name, &reference));
                match found.unwrap_or_else(|| titled(workspace, name, &entry.title)) {
                    none if none.is_empty() => vec![entry.clone()],
                    found => found,
                }
            }
        }
    }

    /// The entries of contents lists that announce it, the nearest list's alone.
    pub fn announced(&self, workspace: &Workspace, name: &Name) -> Vec<Target> {
        match self {
            Subject::Reference(reference) => workspace.announcing(name, reference),
            Subject::Entry(entry) => vec![entry.clone()],
            Subject::Target(target) => {
                asking_for(target).map(|reference| workspace.announcing(name, &reference)).unwrap_or_default()
            }
            Subject::Link(link) => {
                let target = of_link(workspace, link);
                let asked = target.and_then(|target| Some((asking_for(&target)?, target.name)));
                asked.map(|(reference, name)| workspace.announcing(&name, &reference)).unwrap_or_default()
            }
        }
    }
}

/// A reference as it would be written to a target; none for one without a number.
pub fn asking_for(target: &Target) -> Option<Reference> {
    let title = Some(target.title.clone()).filter(|title| !title.is_empty());
    Some(Reference {
        kind: target.kind?,
        number: Some(target.number.clone()?),
        span: target.name_span,
        mention: target.name_span,
        title,
        called: None,
        toward: None,
        whereabouts: Whereabouts::Unsaid,
        sure: true,
    })
}

/// What a link leads to: a heading, or the start of a file.
pub fn of_link(workspace: &Workspace, link: &Link) -> Option<Target> {
    let document = workspace.document(&link.to)?;
    match &link.heading {
        Some(anchor) => link::heading(document, anchor).map(|entry| Target::new(&link.to, entry)),
        None => Some(Target {
            name: link.to.clone(),
            kind: None,
            number: None,
            title: String::new(),
            span: Span::new(0, document.text().len()),
            name_span: document.text().line_span(0),
            in_contents: false,
        }),
    }
}

/// The unnumbered headings of a document with this title.
fn titled(workspace: &Workspace, name: &Name, title: &str) -> Vec<Target> {
    let Some(document) = workspace.document(name) else { return Vec::new() };
    let title = small(title);
    let fits = |entry: &&Entry| !entry.in_contents && entry.kind != Some(Kind::Page) && small(&entry.title) == title;
    document.index().entries().iter().filter(fits).map(|entry| Target::new(name, entry)).collect()
}
