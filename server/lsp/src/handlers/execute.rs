//! What the commands do. Each works out a change or an answer from a snapshot; who makes the change known to the client,
//! and what is said of lines to the session, is the server's.

use std::sync::Arc;

use report::document::Document;
use report::name::Name;
use report::repaired;
use report::settings::Feature;
use report::status::{Status, Work};
use report::workspace::Workspace;
use serde_json::{Value, json};
use tower_lsp::ls_types::WorkspaceEdit;
use transcript::check;
use transcript::columns::moved::moved;
use transcript::columns::said::Saying;
use transcript::columns::{Block, repair};
use transcript::finding::{Edit, apply};
use transcript::lines::Lines;
use transcript::span::Span;

use crate::commands::{At, Explain, MoveSplit, Repair, Say, Status as StatusOf};
use crate::convert;
use crate::edit::Change;
use crate::session::Snapshot;

/// What came of a command.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The answer to the request.
    pub(crate) answer: Value,
    /// A change that the client is to make, with what it is called in the client's undo list.
    pub(crate) change: Option<(String, WorkspaceEdit)>,
    /// What is to be said of some lines of a document.
    pub(crate) said: Option<(Arc<Document>, std::ops::Range<usize>, Saying)>,
    /// Why nothing came of it, for the person.
    pub(crate) complaint: Option<String>,
}

impl Done {
    pub(super) fn nothing(complaint: &str) -> Self {
        Done { complaint: Some(complaint.to_owned()), ..Done::default() }
    }

    pub(super) fn changed(label: &str, change: Change, snapshot: &Snapshot) -> Self {
        match change.for_client(snapshot) {
            Some(edit) => Done { change: Some((label.to_owned(), edit)), ..Done::default() },
            None => Done::nothing("This editor cannot make that change."),
        }
    }
}

/// Why nothing is done at a place.
const NO_BLOCK: &str = "No columns ran together on this line, as far as is known.";

/// The document and the block at a place.
pub(super) fn block_at<'s>(snapshot: &'s Snapshot, at: &At) -> Option<(&'s Arc<Document>, &'s Block)> {
    let document = snapshot.document(&at.uri, Feature::Repairs)?;
    let merged = snapshot.workspace.merged(document);
    let line = at.position.line as usize;
    Some((document, merged.into_iter().find(|merged| merged.block.lines().contains(&line))?.block))
}

/// Repairs a block, a document, or the report.
pub(crate) fn repair(snapshot: &Snapshot, asked: Repair) -> Done {
    let Some(named) = asked.uri.as_ref().map(convert::name) else { return repair_all(snapshot, &asked, None) };
    let Some(name) = named else { return Done::nothing("This is no document of a report.") };
    let Some(position) = asked.position else { return repair_all(snapshot, &asked, Some(&name)) };
    let Some(uri) = snapshot.uri(&name) else { return Done::nothing(NO_BLOCK) };
    let Some((document, block)) = block_at(snapshot, &At { uri, position }) else { return Done::nothing(NO_BLOCK) };
    let mut change = Change::default();
    change.edit(snapshot, document, &repair::edits(&document.lines(), block));
    finish(snapshot, change, &asked, 1, 1)
}

fn repair_all(snapshot: &Snapshot, asked: &Repair, only: Option<&Name>) -> Done {
    let mut change = if asked.preview { Change::to_confirm("Put in reading order") } else { Change::default() };
    let (mut blocks, mut documents) = (0, 0);
    for document in snapshot.workspace.documents().filter(|document| only.is_none_or(|name| name == document.name())) {
        let edits = edits(&snapshot.workspace, document, asked, &mut blocks);
        if !edits.is_empty() && snapshot.enabled(document.name(), Feature::Repairs) {
            change.edit(snapshot, document, &edits);
            documents += 1;
        }
    }
    match documents {
        0 if asked.doubtful => Done::nothing("There is nothing to repair."),
        0 => Done::nothing("There is nothing to repair that is beyond doubt."),
        _ => finish(snapshot, change, asked, blocks, documents),
    }
}

/// The edits of all blocks of a document that are to be repaired. For a preview each block is one edit: who takes only a
/// part of one would lose words.
fn edits(workspace: &Workspace, document: &Document, asked: &Repair, blocks: &mut usize) -> Vec<Edit> {
    let lines = document.lines();
    let wanted = workspace.merged(document).into_iter().filter(|merged| asked.doubtful || merged.safe);
    let edits = wanted.flat_map(|merged| {
        *blocks += 1;
        let edits = repair::edits(&lines, merged.block);
        if asked.preview { in_one(&lines, edits).into_iter().collect() } else { edits }
    });
    edits.collect()
}

/// Edits as one that does the same.
fn in_one(lines: &Lines, mut edits: Vec<Edit>) -> Option<Edit> {
    let span = edits.first()?.span.join(edits.last()?.span);
    edits.iter_mut().for_each(|edit| edit.span = Span::new(edit.span.start - span.start, edit.span.end - span.start));
    Some(Edit { span, text: apply(lines.slice(span), &edits) })
}

fn finish(snapshot: &Snapshot, change: Change, asked: &Repair, blocks: usize, documents: usize) -> Done {
    let mut done = Done::changed("Put in reading order", change, snapshot);
    done.answer = json!({ "blocks": blocks, "documents": documents });
    if asked.preview {
        done.answer["edit"] = json!(done.change.take().map(|(_, edit)| edit));
    }
    done
}

/// What is said of lines.
pub(crate) fn say(snapshot: &Snapshot, asked: Say) -> Done {
    let Some(document) = snapshot.document(&asked.uri, Feature::Repairs) else { return Done::nothing(NO_BLOCK) };
    let (first, last) = (asked.range.start.line as usize, asked.range.end.line as usize);
    // A selection of whole lines ends before the first character of the next one.
    let last = if asked.range.end.character == 0 && last > first { last - 1 } else { last };
    let lines = first..(last + 1).min(document.text().line_count());
    let beside = |line: usize| document.analysis().columns.block_at(line).map(|block| block.columns);
    let columns =
        lines.clone().find_map(beside).or_else(|| beside(first.saturating_sub(1))).or_else(|| beside(last + 1));
    let saying = asked.word.saying(columns.unwrap_or(2));
    if columns.is_none() && matches!(saying, Saying::Column(_)) {
        return Done::nothing(
            "Which lines were set in columns comes first: say so of these lines and those around them.",
        );
    }
    Done { said: Some((Arc::clone(document), lines, saying)), ..Done::default() }
}

/// A split is moved.
pub(crate) fn move_split(snapshot: &Snapshot, asked: MoveSplit) -> Done {
    let at = At { uri: asked.uri, position: asked.position };
    let Some((document, block)) = block_at(snapshot, &at) else { return Done::nothing(NO_BLOCK) };
    let line = at.position.line as usize;
    let row = &block.rows[line - block.lines().start];
    let near = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let lines = document.lines();
    match moved(&lines, block.columns, row, near, asked.by as isize) {
        Some(saying) => Done { said: Some((Arc::clone(document), line..line + 1, saying)), ..Done::default() },
        None => Done::nothing("The split cannot be moved any further."),
    }
}

/// A block is no merge, and will be none tomorrow.
pub(crate) fn not_merged(snapshot: &Snapshot, asked: At) -> Done {
    match block_at(snapshot, &asked) {
        Some((document, block)) => super::not_merged::mark(snapshot, document, block),
        None => Done::nothing(NO_BLOCK),
    }
}

/// A repair is taken back.
pub(crate) fn merge_back(snapshot: &Snapshot, asked: At) -> Done {
    let merged = snapshot.document(&asked.uri, Feature::Repairs).and_then(|document| {
        let at = convert::offset(document.text(), asked.position, snapshot.abilities.encoding);
        Some((document, repaired::merge_back(document.repaired(), document.content(), at)?))
    });
    let Some((document, edit)) = merged else {
        return Done::nothing("No repair is remembered of these lines, or they were edited since.");
    };
    let mut change = Change::default();
    change.edit(snapshot, document, &[edit]);
    Done::changed("Merge back", change, snapshot)
}

/// A check is explained, in Markdown.
pub(crate) fn explain(_: &Snapshot, asked: Explain) -> Done {
    match check::by_code(&asked.code) {
        Some(check) => Done {
            answer: json!({ "code": check.code, "summary": check.summary, "explanation": check.explanation }),
            ..Done::default()
        },
        None => Done::nothing(&format!("There is no check {}.", asked.code)),
    }
}

/// How far the work is; of one document also its language.
pub(crate) fn status(snapshot: &Snapshot, asked: StatusOf) -> Done {
    let workspace = &snapshot.workspace;
    let status = Status::of(workspace, workspace.documents().map(AsRef::as_ref));
    let mut answer = json!({
        "summary": status.sum(),
        "pages": status.pages,
        "merged": status.merged,
        "doubtful": status.doubtful,
        "work": status.work.iter().filter_map(|work| shown(snapshot, work)).collect::<Vec<_>>(),
    });
    let asked = asked.uri.as_ref().and_then(convert::name);
    if let Some(document) = asked.and_then(|name| workspace.document(&name)) {
        answer["document"] = json!({
            "language": document.plan().language.map(|language| &language.code),
            "findings": workspace.findings(document.name()).len(),
        });
    }
    Done { answer, ..Done::default() }
}

fn shown(snapshot: &Snapshot, work: &Work) -> Option<Value> {
    let document = snapshot.workspace.document(&work.name)?;
    let text = document.text();
    let span = text.line_span(work.lines.start).join(text.line_span(work.lines.end - 1));
    Some(json!({
        "uri": snapshot.uri(&work.name)?,
        "range": snapshot.range(document, span),
        "page": work.page,
        "columns": work.columns,
        "confidence": work.confidence,
        "expectedWrong": work.expected_wrong,
        "safe": work.safe,
    }))
}
