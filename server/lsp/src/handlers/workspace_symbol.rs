//! The headings of all documents, by a part of their text.

use report::document::Document;
use report::search::{self, Found};
use report::settings::Feature;
use tower_lsp::ls_types::{Location, OneOf, WorkspaceSymbol, WorkspaceSymbolParams, WorkspaceSymbolResponse};

use crate::convert;
use crate::session::Snapshot;

/// No list is read further than this.
const MOST: usize = 256;

/// The headings that match the query, the best first.
pub(crate) fn answer(snapshot: &Snapshot, params: WorkspaceSymbolParams) -> Option<WorkspaceSymbolResponse> {
    let wanted = |document: &Document| snapshot.enabled(document.name(), Feature::WorkspaceSymbols);
    let found = search::headings(&snapshot.workspace, &params.query, MOST, wanted);
    let symbol = |found: &Found| {
        let name = found.document.name();
        Some(WorkspaceSymbol {
            name: found.label.clone(),
            kind: convert::symbol_kind(found.heading.kind),
            tags: None,
            container_name: name.path().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned())),
            location: OneOf::Left(Location::new(
                snapshot.uri(name)?,
                snapshot.range(&found.document, found.heading.span),
            )),
            data: None,
        })
    };
    Some(WorkspaceSymbolResponse::Nested(found.iter().filter_map(symbol).collect()))
}
