//! Another title: of a heading, of the contents entries that announce it, and of the references that name it.

use std::sync::Arc;

use transcript::naming;

use super::{Plan, Refusal, plan};
use crate::document::Document;
use crate::index::Entry;
use crate::subject::{Subject, asking_for};
use crate::workspace::{Target, Workspace, same_title};

/// Plans to give a heading, a caption or what a contents list announces another title.
pub(super) fn rename(plan: &mut Plan, target: &Target, new: &str) -> Result<(), Refusal> {
    let new = new.trim();
    if new.is_empty() || new.contains(['\n', '\r']) {
        return Err(Refusal("A title stands on one line, and is not empty.".to_owned()));
    }
    let workspace = plan.workspace;
    let document = workspace.document(&target.name).ok_or_else(|| Refusal("The heading is gone.".to_owned()))?;
    let span = naming::title(document.content(), target.name_span, &target.title);
    let span = span.ok_or_else(|| plan::torn(document, target.name_span))?;
    plan.replace(document, span, like(&document.text().slice(span), new));
    if !target.in_contents {
        plan.renames_heading(document, target.name_span);
    }
    for (document, entry) in announcing(workspace, target) {
        let span = naming::title(document.content(), entry.name_span, &entry.title);
        let span = span.ok_or_else(|| plan::torn(document, entry.name_span))?;
        plan.replace(document, span, like(&document.text().slice(span), new));
    }
    for (name, reference) in workspace.references_to(target) {
        let Some(document) = workspace.document(&name) else { continue };
        let Some(title) = reference.title.as_deref().filter(|title| same_title(title, &target.title)) else { continue };
        // A title that stands instead of a number is the reference's own span.
        let from = if reference.number.is_some() { reference.span.end } else { reference.span.start };
        let span = naming::words(document.content(), from, title);
        let span = span.ok_or_else(|| plan::torn(document, reference.mention))?;
        plan.replace(document, span, like(&document.text().slice(span), new));
    }
    Ok(())
}

/// A title in capitals where the one before it was.
fn like(before: &str, new: &str) -> String {
    let letters = || before.chars().filter(|sign| sign.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) { new.to_uppercase() } else { new.to_owned() }
}

/// The contents entries that announce a heading, in its own file and the others of its folder.
fn announcing<'w>(workspace: &'w Workspace, target: &'w Target) -> Vec<(&'w Arc<Document>, &'w Entry)> {
    let titled = |entry: &Entry| same_title(&entry.title, &target.title);
    let beside =
        |document: &Document| workspace.distance(document.name(), &target.name).is_some_and(|distance| distance <= 1);
    if asking_for(target).is_some() {
        let found = Subject::Target(target.clone()).announced(workspace, &target.name);
        let entries = found.into_iter().filter_map(|entry| {
            let document = workspace.document(&entry.name)?;
            let found = document.index().entries().iter().find(|other| other.name_span == entry.name_span);
            Some((document, found?))
        });
        return entries.filter(|(document, entry)| beside(document) && titled(entry)).collect();
    }
    let documents = workspace.documents().filter(|document| beside(document));
    let entries = documents.flat_map(|document| document.index().entries().iter().map(move |entry| (document, entry)));
    entries.filter(|(_, entry)| entry.in_contents && entry.number.is_none() && titled(entry)).collect()
}
