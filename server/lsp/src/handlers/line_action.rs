//! What the person can say of the lines at the cursor, or of those selected, as actions: each runs a command of ours.

use report::document::Document;
use report::repaired;
use serde_json::{Value, json};
use tower_lsp::ls_types::{CodeAction, CodeActionKind, Command, Range, Uri};

use super::execute::block_at;
use crate::commands::{self, At};
use crate::convert;
use crate::session::Snapshot;

/// The actions for the lines of a range: what they are, inside of a block or beside one; that they are a block, where
/// several lines are selected; and that a block that was repaired there is to be merged back.
pub(super) fn actions(snapshot: &Snapshot, document: &Document, uri: &Uri, range: Range) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    let block = block_at(snapshot, &At { uri: uri.clone(), position: range.start }).map(|(_, block)| block);
    let say = |title: &str, word: Value| {
        let mut taken = json!({ "uri": uri, "range": range });
        taken.as_object_mut().zip(word.as_object()).into_iter().for_each(|(taken, word)| taken.extend(word.clone()));
        action(title, commands::SAY, taken)
    };
    let here = json!({ "uri": uri, "position": range.start });
    if let Some(block) = block {
        actions.push(say("This stands in the left column", json!({ "word": "left" })));
        if block.columns > 2 {
            for column in 2..block.columns {
                let word = json!({ "word": "column", "number": column });
                actions.push(say(&format!("This stands in column {column}"), word));
            }
        }
        actions.push(say("This stands in the right column", json!({ "word": "right" })));
        actions.push(say("This runs over the full width", json!({ "word": "fullWidth" })));
        for (title, by) in [("Move the split one word to the left", -1), ("Move the split one word to the right", 1)] {
            let taken = json!({ "uri": uri, "position": range.start, "by": by });
            actions.push(action(title, commands::MOVE_SPLIT, taken));
        }
        actions.push(action("These lines were not set in columns", commands::NOT_MERGED, here.clone()));
    }
    if range.end.line > range.start.line {
        for columns in [2, 3].into_iter().filter(|columns| block.is_none_or(|block| block.columns != *columns)) {
            let title = format!("These lines were set in {columns} columns");
            actions.push(say(&title, json!({ "word": "columns", "number": columns })));
        }
    }
    let at = convert::offset(document.text(), range.start, snapshot.abilities.encoding);
    if repaired::merge_back(document.repaired(), document.content(), at).is_some() {
        actions.push(action("Merge these lines back", commands::MERGE_BACK, here));
    }
    actions
}

fn action(title: &str, command: &str, taken: Value) -> CodeAction {
    let command = Command { title: title.to_owned(), command: command.to_owned(), arguments: Some(vec![taken]) };
    CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::REFACTOR_REWRITE),
        command: Some(command),
        ..CodeAction::default()
    }
}
