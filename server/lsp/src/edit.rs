//! Changes of documents as the client takes them: for the versions that they were made for, where it can tell.

use report::document::Name;
use report::workspace::Workspace;
use tower_lsp::ls_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};
use transcript::finding::Edit;

use crate::convert;
use crate::session::Snapshot;

/// One change of some documents, made for their texts in a workspace; none where one of them has no URI, or is not known: it would be half a change.
pub(crate) fn of<'e>(
    snapshot: &Snapshot,
    workspace: &Workspace,
    edits: impl IntoIterator<Item = (&'e Name, &'e [Edit])>,
) -> Option<WorkspaceEdit> {
    let of_one = |(name, edits): (&Name, &[Edit])| {
        let document = workspace.document(name)?;
        let edits = convert::text_edits(document.text(), edits, snapshot.abilities.encoding);
        let version = snapshot.buffer(name).map(|buffer| buffer.version);
        Some((snapshot.uri(name)?, version, edits))
    };
    let all: Vec<(Uri, Option<i32>, Vec<TextEdit>)> = edits.into_iter().map(of_one).collect::<Option<_>>()?;
    if !snapshot.abilities.versioned_edits {
        let changes = all.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let change = |(uri, version, edits): (Uri, Option<i32>, Vec<TextEdit>)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    let changes = DocumentChanges::Edits(all.into_iter().map(change).collect());
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}
