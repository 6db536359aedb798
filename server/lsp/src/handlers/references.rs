//! From a heading, a caption or a note, or from a reference to it, to all its references.

use report::document::Name;
use report::settings::Feature;
use tower_lsp::ls_types::{Location, ReferenceParams};
use transcript::span::Span;

use crate::convert;
use crate::session::Snapshot;

/// The places that refer to what the cursor is on.
pub(crate) fn answer(snapshot: &Snapshot, params: ReferenceParams) -> Option<Vec<Location>> {
    let at = params.text_document_position;
    let workspace = &snapshot.workspace;
    let document = snapshot.document(&at.text_document.uri, Feature::References)?;
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let targets = match workspace.reference_at(document.name(), offset) {
        Some(reference) => workspace.targets(document.name(), reference),
        None => workspace.target_at(document.name(), offset).into_iter().collect(),
    };
    let location = |name: &Name, span: Span| {
        Some(Location::new(snapshot.uri(name)?, snapshot.range(workspace.document(name)?, span)))
    };
    let mut found = Vec::new();
    for target in &targets {
        if params.context.include_declaration {
            found.extend(location(&target.name, target.name_span));
        }
        let references = workspace.references_to(target);
        found.extend(references.iter().filter_map(|(name, reference)| location(name, reference.span)));
    }
    Some(found)
}
