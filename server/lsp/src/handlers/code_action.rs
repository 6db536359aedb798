//! Repairs: one action for each way to settle a finding at the cursor, and one that settles all that is sure. The edits
//! are those of the repair, no more: cursor, folds and one-step undo survive.

use report::document::Document;
use report::repairs;
use report::settings::Feature;
use report::workspace::Reported;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, WorkspaceEdit,
};
use transcript::finding::{Edit, Grade, Repair};

use crate::capabilities::FIX_ALL;
use crate::session::Snapshot;
use crate::{convert, diagnostics};

/// The repairs of the findings in the range, of the kinds that the client wants.
pub(crate) fn answer(snapshot: &Snapshot, params: CodeActionParams) -> Option<CodeActionResponse> {
    let document = snapshot.document(&params.text_document.uri, Feature::Repairs)?;
    let range = convert::span(document.text(), params.range, snapshot.abilities.encoding);
    let wanted = |kind: &CodeActionKind| {
        params.context.only.as_ref().is_none_or(|kinds| kinds.iter().any(|wish| is_under(kind, wish)))
    };
    let findings = snapshot.workspace.findings(document.name());
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let here = findings.iter().filter(|reported| reported.finding.span.meets(range));
        actions.extend(here.flat_map(|reported| quick_fixes(snapshot, document, reported)));
    }
    if wanted(&FIX_ALL) {
        actions.extend(fix_all(snapshot, document, &findings));
    }
    Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

/// Whether a kind is what was wished for, or a special case of it.
fn is_under(kind: &CodeActionKind, wish: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(wish.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wish.as_str().is_empty())
}

fn quick_fixes(snapshot: &Snapshot, document: &Document, reported: &Reported) -> Vec<CodeAction> {
    let finding = diagnostics::diagnostic(snapshot, document, reported);
    let action = |(index, repair): (usize, &Repair)| {
        Some(CodeAction {
            title: repair.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![finding.clone()]),
            edit: Some(edit(snapshot, document, &repair.edits)?),
            is_preferred: (index == 0 && repair.grade != Grade::Shown).then_some(true),
            ..CodeAction::default()
        })
    };
    reported.finding.repairs.iter().enumerate().filter_map(action).collect()
}

fn fix_all(snapshot: &Snapshot, document: &Document, findings: &[Reported]) -> Option<CodeAction> {
    let edits = repairs::edits(findings, Grade::Safe);
    if edits.is_empty() {
        return None;
    }
    Some(CodeAction {
        title: "Repair all that is sure".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(edit(snapshot, document, &edits)?),
        ..CodeAction::default()
    })
}

/// Edits as the client takes them: for the version they were made for, where it can tell.
fn edit(snapshot: &Snapshot, document: &Document, edits: &[Edit]) -> Option<WorkspaceEdit> {
    let uri = snapshot.uri(document.name())?;
    let edits = convert::text_edits(document.text(), edits, snapshot.abilities.encoding);
    if !snapshot.abilities.versioned_edits {
        return Some(WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() });
    }
    let version = snapshot.buffer(document.name()).map(|buffer| buffer.version);
    let change = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![change])), ..WorkspaceEdit::default() })
}
