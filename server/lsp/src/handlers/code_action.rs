//! Repairs: one action for each way to settle a finding at the cursor, and one that settles all that is sure. The edits
//! are those of the repair, no more: cursor, folds and one-step undo survive.

use report::document::Document;
use report::repairs;
use report::settings::Feature;
use report::workspace::Reported;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, CodeActionTriggerKind,
    WorkspaceEdit,
};
use transcript::finding::{Edit, Grade, Repair};
use transcript::visible::visible;

use super::line_action;
use crate::capabilities::FIX_ALL;
use crate::session::Snapshot;
use crate::{convert, diagnostics, edit};

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
    if wanted(&CodeActionKind::REFACTOR_REWRITE) {
        actions.extend(line_action::actions(snapshot, document, &params.text_document.uri, params.range));
    }
    // A light bulb is drawn on every move of the cursor: the edits of the whole text are for who asks.
    let unasked =
        params.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC) && params.context.only.is_none();
    if wanted(&FIX_ALL) && !unasked {
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
            title: visible(&repair.title).into_owned(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![finding.clone()]),
            edit: Some(edit(snapshot, document, &document.edits(repair))?),
            is_preferred: (index == 0 && repair.grade != Grade::Shown).then_some(true),
            ..CodeAction::default()
        })
    };
    reported.finding.repairs.iter().enumerate().filter_map(action).collect()
}

fn fix_all(snapshot: &Snapshot, document: &Document, findings: &[Reported]) -> Option<CodeAction> {
    let edits = repairs::of(document, findings, Grade::Safe).edits;
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

/// Edits of one document as the client takes them.
fn edit(snapshot: &Snapshot, document: &Document, edits: &[Edit]) -> Option<WorkspaceEdit> {
    edit::of(snapshot, &snapshot.workspace, [(document.name(), edits)])
}
