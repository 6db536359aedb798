//! Another number: of a heading, of all that is counted under it, and of every reference to any of these.

use std::sync::Arc;

use transcript::naming;
use transcript::number::{Kind, Number};

use super::{Plan, Refusal, is_renumbered, plan};
use crate::document::Document;
use crate::index::{self, Entry, Key};
use crate::subject::asking_for;
use crate::workspace::{Target, Workspace, same_title};

/// Plans to give a heading, a caption or what a contents list announces another number.
pub(super) fn rename(plan: &mut Plan, target: &Target, new: &str) -> Result<(), Refusal> {
    let (Some(kind), Some(old)) = (target.kind, &target.number) else {
        return Err(Refusal("This heading has no number; write one before its title.".to_owned()));
    };
    if !is_renumbered(target.kind) {
        return Err(Refusal("Pages and notes are numbered by their order.".to_owned()));
    }
    let wanted = Number::parse(&new.replace('-', ".")).ok_or_else(|| {
        Refusal(format!("“{new}” is no number of a chapter or section. Numbers are written like 3, 1.4, IV or B.2."))
    })?;
    let workspace = plan.workspace;
    let family = family(workspace, target, kind, old);
    if let Some((document, entry)) = taken(workspace, target, &Key::new(kind, &wanted), &family) {
        let place = plan::place(workspace, document.name(), entry.name_span);
        let title = if entry.title.is_empty() { String::new() } else { format!(" “{}”", entry.title) };
        return Err(Refusal(format!(
            "There is a {new} already:{title} at {place}. Give that one another number first."
        )));
    }
    for (document, entry) in &family {
        let (content, number) = (document.content(), entry.number.as_ref().unwrap_or(old));
        let span = naming::number(content, entry.name_span, entry.kind, number);
        let span = span.ok_or_else(|| plan::torn(document, entry.name_span))?;
        let text = naming::renumbered(&content[span.range()], old, new);
        plan.replace(document, span, text.ok_or_else(|| plan::torn(document, span))?);
        if !entry.in_contents {
            plan.renames_heading(document, entry.name_span);
        }
        references(plan, &Target::new(document.name(), entry), old, new)?;
    }
    Ok(())
}

/// Plans to renumber the references to one of the family. One that might lead elsewhere too is left as it is.
fn references(plan: &mut Plan, member: &Target, old: &Number, new: &str) -> Result<(), Refusal> {
    let workspace = plan.workspace;
    for (name, reference) in workspace.references_to(member) {
        let Some(document) = workspace.document(&name) else { continue };
        if reference.number.is_none() || workspace.targets(&name, &reference).len() > 1 {
            continue;
        }
        let text = naming::renumbered(&document.text().slice(reference.span), old, new);
        plan.replace(document, reference.span, text.ok_or_else(|| plan::torn(document, reference.span))?);
    }
    Ok(())
}

/// The target, the contents entries that announce it, and all headings and entries that are counted under it.
fn family<'w>(
    workspace: &'w Workspace,
    target: &Target,
    kind: Kind,
    old: &Number,
) -> Vec<(&'w Arc<Document>, &'w Entry)> {
    let key = Key::new(kind, old);
    let belongs = |document: &Document, entry: &Entry| {
        let (Some(of), Some(number)) = (entry.kind, &entry.number) else { return false };
        let itself = document.name() == &target.name && entry.name_span == target.name_span;
        let same = Key::new(of, number) == key;
        let announces = entry.in_contents && same_title(&entry.title, &target.title);
        let inside = document.name() == &target.name && target.span.covers(entry.name_span);
        let fits = index::fits(kind, of, old);
        itself
            || fits
                && if same {
                    announces && leads_here(workspace, document, target)
                } else {
                    inside || leads_here(workspace, document, target) && !is_anothers(document, &key, target)
                }
    };
    let named = workspace.entries_from(&key, |other| key.covers(other));
    named.into_iter().filter(|(document, entry)| belongs(document, entry)).collect()
}

/// Whether the number of the target, written in this document, means the target and nothing else.
fn leads_here(workspace: &Workspace, document: &Document, target: &Target) -> bool {
    let targets = asking_for(target).map(|reference| workspace.targets(document.name(), &reference));
    targets.is_some_and(|targets| targets == std::slice::from_ref(target))
}

/// Whether a document has another heading of that number, under which its own sections stand.
fn is_anothers(document: &Document, key: &Key, target: &Target) -> bool {
    let mut others = document.index().get(key).filter(|entry| !entry.in_contents);
    others.any(|entry| document.name() != &target.name || entry.name_span != target.name_span)
}

/// What has the wanted number already, in the same folder.
fn taken<'w>(
    workspace: &'w Workspace,
    target: &Target,
    key: &Key,
    family: &[(&Arc<Document>, &Entry)],
) -> Option<(&'w Arc<Document>, &'w Entry)> {
    let moves = |document: &Document, entry: &Entry| {
        family.iter().any(|(other, of)| other.name() == document.name() && of.name_span == entry.name_span)
    };
    workspace.holding(key).into_iter().find(|(document, entry)| {
        let near = workspace.distance(&target.name, document.name()).is_some_and(|distance| distance <= 1);
        let alike = entry.kind.zip(target.kind).is_some_and(|(one, other)| index::fits(one, other, key.number()));
        near && alike && !entry.in_contents && !moves(document, entry)
    })
}
