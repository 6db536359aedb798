//! The headings of all documents, by a part of their text.

use report::search::{self, Found};
use report::settings::Feature;
use tower_lsp::ls_types::{Location, OneOf, WorkspaceSymbol, WorkspaceSymbolParams, WorkspaceSymbolResponse};

use crate::convert;
use crate::session::Snapshot;

/// No list is read further than this.
const MOST: usize = 256;

/// The headings that match the query, the best first.
pub(crate) fn answer(snapshot: &Snapshot, params: WorkspaceSymbolParams) -> Option<WorkspaceSymbolResponse> {
    let found = search::headings(&snapshot.workspace, &params.query);
    let symbols = found.iter().filter(|found| snapshot.enabled(found.document.name(), Feature::WorkspaceSymbols));
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
    Some(WorkspaceSymbolResponse::Nested(symbols.filter_map(symbol).take(MOST).collect()))
}
