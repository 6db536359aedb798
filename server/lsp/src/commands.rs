//! The commands that a client can have executed, with what they take. Their names have a slash, so that they cannot meet
//! the names of an editor's own commands; `docs/protocol.md` describes them.

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{Position, Range, Uri};
use transcript::columns::said::Saying;

/// Repairs a block, a document or the report.
pub(crate) const REPAIR: &str = "columnist/repair";
/// Says something of lines.
pub(crate) const SAY: &str = "columnist/say";
/// Moves a split by some words.
pub(crate) const MOVE_SPLIT: &str = "columnist/moveSplit";
/// Says, for good, that a block is no merge.
pub(crate) const NOT_MERGED: &str = "columnist/notMerged";
/// Takes back a repair.
pub(crate) const MERGE_BACK: &str = "columnist/mergeBack";
/// Explains a check.
pub(crate) const EXPLAIN: &str = "columnist/explain";
/// Tells how far the work on the report is.
pub(crate) const STATUS: &str = "columnist/status";

/// Every command.
pub(crate) const ALL: [&str; 7] = [REPAIR, SAY, MOVE_SPLIT, NOT_MERGED, MERGE_BACK, EXPLAIN, STATUS];

/// A command with what it takes.
#[derive(Debug)]
pub(crate) enum Command {
    Repair(Repair),
    Say(Say),
    MoveSplit(MoveSplit),
    NotMerged(At),
    MergeBack(At),
    Explain(Explain),
    Status(Status),
}

/// What is to be repaired: a block where a position is given, a document where only that is, else the whole report.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Repair {
    pub(crate) uri: Option<Uri>,
    pub(crate) position: Option<Position>,
    /// Also what is in doubt. A block that is asked for by its position is repaired in any case.
    pub(crate) doubtful: bool,
    /// Only answer what would change, each change to be confirmed.
    pub(crate) preview: bool,
}

/// Something said of lines.
#[derive(Debug, Deserialize)]
pub(crate) struct Say {
    pub(crate) uri: Uri,
    /// The lines: those that the range touches.
    pub(crate) range: Range,
    #[serde(flatten)]
    pub(crate) word: Word,
}

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "word", content = "number", rename_all = "camelCase")]
pub(crate) enum Word {
    /// The lines stand in the left column.
    Left,
    /// The lines stand in the right column.
    Right,
    /// The lines stand in this column, counted from 1.
    Column(u8),
    /// The lines run over the full width.
    FullWidth,
    /// The lines were set in so many columns.
    Columns(u8),
    /// What was said before is taken back.
    Nothing,
}

impl Word {
    /// The saying, for lines of a block of so many columns.
    pub(crate) fn saying(self, columns: u8) -> Saying {
        match self {
            Word::Left => Saying::Column(0),
            Word::Right => Saying::Column(columns.max(2) - 1),
            Word::Column(number) => Saying::Column(number.max(1) - 1),
            Word::FullWidth | Word::Columns(0 | 1) => Saying::FullWidth,
            Word::Columns(number) => Saying::Columns(number.min(9)),
            Word::Nothing => Saying::Nothing,
        }
    }
}

/// A split that moves.
#[derive(Debug, Deserialize)]
pub(crate) struct MoveSplit {
    pub(crate) uri: Uri,
    /// On the line; of its splits the nearest is meant.
    pub(crate) position: Position,
    /// By so many words, to the right for a positive number.
    pub(crate) by: i32,
}

/// A place in a document.
#[derive(Debug, Deserialize)]
pub(crate) struct At {
    pub(crate) uri: Uri,
    pub(crate) position: Position,
}

/// A check to be explained.
#[derive(Debug, Deserialize)]
pub(crate) struct Explain {
    pub(crate) code: String,
}

/// The report's state is asked for, and that of one document.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Status {
    pub(crate) uri: Option<Uri>,
}

impl Command {
    /// Reads a command as a client sends it: its name, and an object with what it takes.
    pub(crate) fn read(name: &str, mut arguments: Vec<Value>) -> Result<Self> {
        let taken = if arguments.is_empty() { Value::Null } else { arguments.swap_remove(0) };
        fn of<T: for<'d> Deserialize<'d>>(name: &str, taken: Value) -> Result<T> {
            let taken = if taken.is_null() { serde_json::json!({}) } else { taken };
            serde_json::from_value(taken)
                .map_err(|error| Error::invalid_params(format!("the argument of {name} is not right: {error}")))
        }
        Ok(match name {
            REPAIR => Command::Repair(of(name, taken)?),
            SAY => Command::Say(of(name, taken)?),
            MOVE_SPLIT => Command::MoveSplit(of(name, taken)?),
            NOT_MERGED => Command::NotMerged(of(name, taken)?),
            MERGE_BACK => Command::MergeBack(of(name, taken)?),
            EXPLAIN => Command::Explain(of(name, taken)?),
            STATUS => Command::Status(of(name, taken)?),
            _ => {
                return Err(Error::invalid_params(format!("there is no command {name}; there are {}", ALL.join(", "))));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_said_is_read() {
        let range = json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 2, "character": 0 } });
        let say = |word: Value| {
            let mut taken = json!({ "uri": "file:///a.md", "range": range });
            taken.as_object_mut().expect("an object").extend(word.as_object().expect("an object").clone());
            match Command::read(SAY, vec![taken]) {
                Ok(Command::Say(say)) => Some(say.word),
                _ => None,
            }
        };
        assert_eq!(say(json!({ "word": "left" })), Some(Word::Left));
        assert_eq!(say(json!({ "word": "fullWidth" })), Some(Word::FullWidth));
        assert_eq!(say(json!({ "word": "columns", "number": 3 })), Some(Word::Columns(3)));
        assert_eq!(say(json!({ "word": "columns" })), None);
        assert_eq!(say(json!({ "word": "up" })), None);
    }

    #[test]
    fn what_is_wrong_is_refused_in_words() {
        let error = Command::read("columnist/dance", Vec::new()).expect_err("there is none such");
        assert!(error.message.contains("columnist/repair"), "{}", error.message);
        assert!(Command::read(EXPLAIN, Vec::new()).is_err());
        assert!(matches!(Command::read(REPAIR, Vec::new()), Ok(Command::Repair(Repair { uri: None, .. }))));
    }
}
