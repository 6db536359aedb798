//! What a reader would look up at a bare number: its title.

use transcript::span::Span;

use crate::name::Name;
use crate::workspace::Workspace;

/// The titles of what the references in a span of a document lead to, each with the byte after its reference. Only
/// where the reference does not name the title itself, and leads to one place.
pub fn titles(workspace: &Workspace, name: &Name, within: Span) -> Vec<(usize, String)> {
    let Some(document) = workspace.document(name) else { return Vec::new() };
    let references = document.survey().references.iter();
    let bare = references.filter(|reference| reference.title.is_none() && within.touches(reference.span.end));
    let titled = bare.filter_map(|reference| match &workspace.targets(name, reference)[..] {
        [target] if !target.title.is_empty() => Some((reference.span.end, target.title.clone())),
        _ => None,
    });
    titled.collect()
}
