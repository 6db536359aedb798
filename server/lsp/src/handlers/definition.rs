//! From a reference to what it refers to.

use report::settings::Feature;
use tower_lsp::ls_types::{GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink};

use crate::convert;
use crate::session::Snapshot;

/// The places to which the reference at the cursor leads; with the whole of the target where the client shows it.
pub(crate) fn answer(snapshot: &Snapshot, params: GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let at = params.text_document_position_params;
    let document = snapshot.document(&at.text_document.uri, Feature::Definition)?;
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let reference = snapshot.workspace.reference_at(document.name(), offset)?;
    let origin = snapshot.range(document, reference.mention);
    let targets = snapshot.workspace.targets(document.name(), reference);
    let links = targets.into_iter().filter_map(|target| {
        let there = snapshot.workspace.document(&target.name)?;
        Some(LocationLink {
            origin_selection_range: Some(origin),
            target_uri: snapshot.uri(&target.name)?,
            target_range: snapshot.range(there, target.span),
            target_selection_range: snapshot.range(there, target.name_span),
        })
    });
    Some(if snapshot.abilities.definition_links {
        GotoDefinitionResponse::Link(links.collect())
    } else {
        let locations = links.map(|link| Location::new(link.target_uri, link.target_selection_range));
        GotoDefinitionResponse::Array(locations.collect())
    })
}
