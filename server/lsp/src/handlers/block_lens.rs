//! What can be done with a merged block, above its first line.

use report::document::Document;
use report::settings::Feature;
use report::workspace::Merged;
use serde_json::json;
use tower_lsp::ls_types::{CodeLens, Command, Range, Uri};

use crate::commands;
use crate::session::Snapshot;

/// Two lenses for each block: the repair, with how many of its lines are expected to be wrong, and that it is none.
pub(super) fn lenses(snapshot: &Snapshot, document: &Document, uri: &Uri) -> Vec<CodeLens> {
    if !snapshot.enabled(document.name(), Feature::CodeLenses) {
        return Vec::new();
    }
    let lenses = snapshot.workspace.merged(document).into_iter().flat_map(|merged| {
        let first = snapshot.range(document, document.text().line_span(merged.block.lines().start));
        let not_merged = lens(uri, first, NOT_MERGED.to_owned(), commands::NOT_MERGED);
        [lens(uri, first, repair(&merged), commands::REPAIR), not_merged]
    });
    lenses.collect()
}

const NOT_MERGED: &str = "Not set in columns";

fn lens(uri: &Uri, range: Range, title: String, command: &str) -> CodeLens {
    let taken = json!({ "uri": uri, "position": range.start });
    let command = Command { title, command: command.to_owned(), arguments: Some(vec![taken]) };
    CodeLens { range: Range::new(range.start, range.start), command: Some(command), data: None }
}

fn repair(merged: &Merged) -> String {
    let (lines, wrong) = (merged.block.rows.len(), merged.block.expected_wrong());
    let doubt = match wrong {
        _ if merged.safe => String::new(),
        ..0.95 => ", a guess".to_owned(),
        _ => format!(", about {wrong:.0} of them doubtful"),
    };
    format!("Put these {lines} lines of {} columns in reading order{doubt}", merged.block.columns)
}
