//! The edits of a renaming while they are gathered, and what is said when one of them cannot be made.

use std::collections::{BTreeMap, BTreeSet};

use transcript::finding::{self, Edit};
use transcript::span::Span;

use super::{Refusal, written};
use crate::document::Document;
use crate::link;
use crate::name::Name;
use crate::source;
use crate::workspace::Workspace;

/// Edits in many documents.
pub(super) struct Plan<'w> {
    pub(super) workspace: &'w Workspace,
    edits: BTreeMap<Name, Vec<Edit>>,
    headings: BTreeSet<(Name, Span)>,
}

impl<'w> Plan<'w> {
    pub(super) fn new(workspace: &'w Workspace) -> Self {
        Self { workspace, edits: BTreeMap::new(), headings: BTreeSet::new() }
    }

    /// Puts a text in the place of another, once.
    pub(super) fn replace(&mut self, document: &Document, span: Span, text: String) {
        if document.text().slice(span) == text {
            return;
        }
        let edits = self.edits.entry(document.name().clone()).or_default();
        let edit = Edit { span, text };
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }

    /// A heading is changed by what is planned: links that name it have to follow.
    pub(super) fn renames_heading(&mut self, document: &Document, name: Span) {
        self.headings.insert((document.name().clone(), name));
    }

    /// The edits, in order, those of links among them; refused where two of them would touch the same place.
    pub(super) fn finish(mut self) -> Result<BTreeMap<Name, Vec<Edit>>, Refusal> {
        for (name, span) in std::mem::take(&mut self.headings) {
            self.follow(&name, span);
        }
        for (name, edits) in &mut self.edits {
            edits.sort_by_key(|edit| edit.span);
            if edits.windows(2).any(|pair| pair[0].span.end > pair[1].span.start) {
                return Err(Refusal(format!("Two of the changes in {name} overlap: nothing was renamed.")));
            }
        }
        Ok(self.edits)
    }

    /// Has the links to a heading name it as it will be called.
    fn follow(&mut self, name: &Name, span: Span) {
        let Some(document) = self.workspace.document(name) else { return };
        let before = link::slug(&written(document, span));
        let text = document.content();
        let inside = self.edits.get(name).into_iter().flatten().filter(|edit| span.covers(edit.span));
        let mut inside: Vec<Edit> = inside
            .map(|edit| Edit {
                span: Span::new(edit.span.start - span.start, edit.span.end - span.start),
                ..edit.clone()
            })
            .collect();
        inside.sort_by_key(|edit| edit.span);
        let after =
            link::slug(&finding::apply(&text[span.range()], &inside).split_whitespace().collect::<Vec<_>>().join(" "));
        for (from, link) in self.workspace.links_to(name) {
            let Some(from) = self.workspace.document(&from) else { continue };
            if let (Some(anchor), Some(heading)) = (link.anchor, &link.heading)
                && heading.to_lowercase() == before
            {
                self.replace(from, anchor, after.clone());
            }
        }
    }
}

/// Where something stands, for people.
pub(super) fn place(workspace: &Workspace, name: &Name, span: Span) -> String {
    let line = workspace.document(name).map(|document| document.text().line_of(span.start) + 1);
    format!("{name}:{}", line.unwrap_or(1))
}

/// A place cannot be changed, since a gutter or a line's end goes through what stands there.
pub(super) fn torn(document: &Document, span: Span) -> Refusal {
    let line = document.text().line_of(span.start) + 1;
    Refusal(format!(
        "{}:{line} cannot be changed, for what is to be renamed does not stand there in one piece. Repair the columns, \
         or join it on one line, and try again; nothing was renamed.",
        document.name()
    ))
}

/// Whether a file that is not open has changed since it was read.
pub(super) fn is_stale(workspace: &Workspace, name: &Name) -> bool {
    let (Some(document), Some(path)) = (workspace.document(name), name.path()) else { return false };
    let limit = workspace.settings_for(Some(path)).max_size();
    !workspace.is_open(name) && source::read(path, limit).is_ok_and(|source| source.text != document.content())
}
