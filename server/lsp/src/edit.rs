//! Changes of documents as the client takes them: for the version that they were made for, where it can tell; to be
//! confirmed by the person, where it can ask.

use std::collections::HashMap;

use report::document::Document;
use report::name::Name;
use report::workspace::Workspace;
use tower_lsp::ls_types::{
    AnnotatedTextEdit, ChangeAnnotation, CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges,
    OneOf, OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};
use transcript::finding::Edit;

use crate::convert;
use crate::session::Snapshot;

/// One change of some documents, made for their texts in a workspace; none where one of them has no URI, or is not known:
/// it would be half a change.
pub(crate) fn of<'e>(
    snapshot: &Snapshot,
    workspace: &Workspace,
    edits: impl IntoIterator<Item = (&'e Name, &'e [Edit])>,
) -> Option<WorkspaceEdit> {
    let mut change = Change::default();
    for (name, edits) in edits {
        change.edit(snapshot, workspace.document(name)?, edits)?;
    }
    change.for_client(snapshot)
}

/// A change of some documents, put together piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Change {
    texts: Vec<(Uri, Option<i32>, Vec<TextEdit>)>,
    new_file: Option<Uri>,
    /// What the person is asked before it is made; nothing is asked without.
    question: Option<String>,
}

impl Change {
    /// A change that the person is asked about, piece by piece, where the client can.
    pub(crate) fn to_confirm(question: &str) -> Self {
        Self { question: Some(question.to_owned()), ..Self::default() }
    }

    /// Changes a document.
    pub(crate) fn edit(&mut self, snapshot: &Snapshot, document: &Document, edits: &[Edit]) -> Option<()> {
        let uri = snapshot.uri(document.name())?;
        let version = snapshot.buffer(document.name()).map(|buffer| buffer.version);
        let edits = convert::text_edits(document.text(), edits, snapshot.abilities.encoding);
        self.texts.push((uri, version, edits));
        Some(())
    }

    /// Makes a file that is not there.
    pub(crate) fn create(&mut self, uri: Uri, text: String) {
        self.new_file = Some(uri.clone());
        self.texts.push((uri, None, vec![TextEdit { new_text: text, ..TextEdit::default() }]));
    }

    /// The change for this client; none where it cannot make it.
    pub(crate) fn for_client(self, snapshot: &Snapshot) -> Option<WorkspaceEdit> {
        let abilities = &snapshot.abilities;
        if self.new_file.is_some() && !abilities.creates_files {
            return None;
        }
        if !abilities.versioned_edits {
            let changes: HashMap<_, _> = self.texts.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
            return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
        }
        let question = self.question.filter(|_| abilities.change_annotations);
        let texts = self.texts.into_iter().map(|(uri, version, edits)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(|edit| with_question(edit, question.is_some())).collect(),
        });
        let changes = match self.new_file {
            None => DocumentChanges::Edits(texts.collect()),
            Some(uri) => {
                let options = CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) };
                let file = CreateFile { uri, options: Some(options), annotation_id: None };
                let create = DocumentChangeOperation::Op(ResourceOp::Create(file));
                DocumentChanges::Operations(
                    std::iter::once(create).chain(texts.map(DocumentChangeOperation::Edit)).collect(),
                )
            }
        };
        let annotation = |label: String| ChangeAnnotation { label, needs_confirmation: Some(true), description: None };
        let annotations = question.map(|question| HashMap::from([(QUESTION.to_owned(), annotation(question))]));
        Some(WorkspaceEdit {
            document_changes: Some(changes),
            change_annotations: annotations,
            ..WorkspaceEdit::default()
        })
    }
}

/// The only annotation there is.
const QUESTION: &str = "repair";

fn with_question(text_edit: TextEdit, asked: bool) -> OneOf<TextEdit, AnnotatedTextEdit> {
    if !asked {
        return OneOf::Left(text_edit);
    }
    OneOf::Right(AnnotatedTextEdit { text_edit, annotation_id: QUESTION.to_owned() })
}
