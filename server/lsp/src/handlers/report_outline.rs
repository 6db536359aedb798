//! `columnist/reportOutline`: the headings of the whole report as one tree, file by file.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{DocumentSymbol, Uri};

use super::document_symbol;
use crate::session::Snapshot;

/// Nothing is asked for but the outline.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ReportOutlineParams {}

/// The outline.
#[derive(Debug, Serialize)]
pub(crate) struct ReportOutline {
    /// The documents that hold headings, in the order of their names.
    documents: Vec<ShownDocument>,
}

#[derive(Debug, Serialize)]
struct ShownDocument {
    uri: Uri,
    /// The file's name, from the folder of the report on.
    name: String,
    symbols: Vec<DocumentSymbol>,
}

/// The outlines of all documents.
pub(crate) fn answer(snapshot: &Snapshot, _: ReportOutlineParams) -> ReportOutline {
    let workspace = &snapshot.workspace;
    let documents = workspace.documents().filter_map(|document| {
        let symbols = document_symbol::tree(snapshot, document, &document_symbol::entries(snapshot, document));
        let name = document.name();
        let inside = name.path().and_then(|path| {
            let root = workspace.roots().iter().find(|root| path.starts_with(root));
            root.map_or(path.file_name().map(Path::new), |root| path.strip_prefix(root).ok())
        });
        let shown = inside.map_or_else(|| name.to_string(), |path| path.display().to_string());
        (!symbols.is_empty()).then_some(ShownDocument { uri: snapshot.uri(name)?, name: shown, symbols })
    });
    ReportOutline { documents: documents.collect() }
}
