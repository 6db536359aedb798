//! `columnist fix`: the repairs of the files applied, and what is left to look at said.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use report::name::Name;
use report::repairs;
use report::source::{read, write_atomically};
use report::workspace::{Reported, Workspace};
use serde_json::json;
use similar::TextDiff;
use transcript::finding::{Grade, apply};
use transcript::lines::Lines;
use transcript::text::Text;

use crate::arguments::Fix;
use crate::column_data;
use crate::command::check::counted;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::gather::{Gathered, STDIN};
use crate::output::{Output, visible_name};
use crate::remark::Remark;

/// Repairs the files. Ends with 1 when something is left that a person should look at; with `--diff`, when there is
/// something to repair or to look at.
pub(crate) fn run(asked: &Fix, output: &mut Output) -> Ending {
    let least = if asked.also_unsafe { Grade::Unsafe } else { Grade::Safe };
    if asked.jsonl {
        return stream(least, output);
    }
    let mut gathered = Gathered::new(&asked.paths);
    let mut ending = Failure::tell_all(&gathered.failures);
    for name in gathered.names.clone() {
        let path = gathered.shown(&name);
        let Some(repaired) = Repaired::new(&mut gathered.workspace, &name, least) else { continue };
        let done = if asked.diff {
            repaired.show_diff(&path, output);
            Ok(())
        } else {
            repaired.put(&name, &path, output)
        };
        ending = ending.max(match done {
            Ok(()) => repaired.tell(&path, asked),
            Err(failure) => failure.tell(),
        });
    }
    ending
}

/// Repairs the texts of a stream, each alone.
fn stream(least: Grade, output: &mut Output) -> Ending {
    let model = Arc::new(column_data::model_of_many());
    crate::stream::run(output, |record| {
        let (mut workspace, name) = (Workspace::new(Arc::clone(&model)), Name::Unsaved(STDIN.to_owned()));
        workspace.open(name.clone(), record.format(), &record.text);
        let repaired = Repaired::new(&mut workspace, &name, least);
        let (text, repairs, left) = repaired.map_or_else(
            || (record.text.clone(), 0, 0),
            |repaired| (repaired.after, repaired.repairs, repaired.left.len()),
        );
        let ending = if left == 0 { Ending::Clean } else { Ending::Found };
        let fields = [("text", json!(text)), ("repairs", json!(repairs)), ("left", json!(left))];
        (fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(), ending)
    })
}

/// A document before and after its repairs.
struct Repaired {
    before: String,
    after: String,
    repairs: usize,
    left: Vec<Reported>,
}

impl Repaired {
    /// Repairs a document in the workspace until nothing of the grade is left.
    fn new(workspace: &mut Workspace, name: &Name, least: Grade) -> Option<Self> {
        let document = workspace.document(name)?;
        let before = document.content().to_owned();
        let format = document.format();
        let (mut after, mut made) = (before.clone(), 0);
        let mut left = workspace.findings(name);
        for _ in 0..MOST_ROUNDS {
            let Some(document) = workspace.document(name) else { break };
            let wanted = repairs::of(document, &left, least);
            if wanted.count == 0 {
                break;
            }
            if !workspace.is_open(name) {
                workspace.open(name.clone(), format, &before);
            }
            after = apply(&after, &wanted.edits);
            made += wanted.count;
            workspace.replace_text(name, Text::new(&after));
            left = workspace.findings(name);
        }
        Some(Self { before, after, repairs: made, left })
    }

    /// Shows what would change.
    fn show_diff(&self, path: &str, output: &mut Output) {
        if self.before != self.after {
            let path = visible_name(path);
            let diff = TextDiff::configure().timeout(LONGEST_DIFF).diff_lines(&self.before, &self.after);
            let _ = diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_writer(&mut *output);
        }
    }

    /// Puts the repaired text where the text came from; the standard output for the standard input.
    fn put(&self, name: &Name, path: &str, output: &mut Output) -> Result<(), Failure> {
        let Some(file) = name.path() else {
            output.write_texts();
            let _ = output.write_all(self.after.as_bytes());
            return Ok(());
        };
        if self.before == self.after {
            return Ok(());
        }
        let refused = |wrong: String| {
            Failure::new(format_args!("write `{path}`"), wrong, "The file is as it was. See to that, and try again.")
        };
        unchanged(file, &self.before).map_err(refused)?;
        write_atomically(file, &self.after).map_err(|error| refused(error.to_string()))
    }

    /// Says on the standard error what was done and what is left.
    fn tell(&self, path: &str, asked: &Fix) -> Ending {
        let done = if asked.diff { "to make" } else { "made" };
        if self.repairs > 0 {
            anstream::eprintln!("{}: {} {done}", visible_name(path), counted(self.repairs, "repair"));
        }
        let lines = Lines::new(&self.after);
        for reported in &self.left {
            anstream::eprintln!("{}", Remark { path, lines: &lines, reported, elsewhere: Vec::new() }.drawn());
        }
        if self.left.is_empty() && !(asked.diff && self.repairs > 0) { Ending::Clean } else { Ending::Found }
    }
}

/// Repairs can bring others into sight, but not for ever.
const MOST_ROUNDS: usize = 8;

/// After so long a diff is taken as it is, right but longer than it could be.
const LONGEST_DIFF: Duration = Duration::from_secs(2);

/// Whether a file still holds the text that was repaired.
fn unchanged(file: &Path, before: &str) -> Result<(), String> {
    match read(file, u64::MAX) {
        Ok(source) if source.text == before => Ok(()),
        Ok(_) => Err("somebody else changed it meanwhile".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
