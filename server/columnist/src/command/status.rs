//! `columnist status`: how far the work on a report is, and what is to be done, the most doubtful first.

use std::io::Write;

use report::status::{Status, Work};
use serde_json::{Value, json};

use crate::arguments::{self, Format};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::gather::Gathered;
use crate::output::Output;

/// Shows the worklist. Ends with 1 where there is work, with 0 where there is none.
pub(crate) fn run(asked: &arguments::Status, output: &mut Output) -> Ending {
    let gathered = Gathered::new(&asked.paths);
    let status = Status::of(&gathered.workspace, gathered.documents().map(AsRef::as_ref));
    match asked.format {
        Format::Text => {
            for work in &status.work {
                let _ = writeln!(output, "{}", line(&gathered.shown(&work.name), work));
            }
            let _ = writeln!(output, "{}", status.sum());
        }
        Format::Json => {
            let work: Vec<Value> = status.work.iter().map(|work| as_json(&gathered.shown(&work.name), work)).collect();
            let all = json!({
                "pages": status.pages, "merged": status.merged, "doubtful": status.doubtful, "work": work,
            });
            let _ = writeln!(output, "{all:#}");
        }
    }
    let found = if status.work.is_empty() { Ending::Clean } else { Ending::Found };
    found.max(Failure::tell_all(&gathered.failures))
}

fn line(path: &str, work: &Work) -> String {
    let page = work.page.as_ref().map(|page| format!(", page {page}")).unwrap_or_default();
    let how = if work.safe { "sure" } else { "doubtful" };
    let wrong = work.expected_wrong;
    format!(
        "{path}:{}-{}: {} columns{page}: {how}, about {wrong:.1} of {} lines expected wrong",
        work.lines.start + 1,
        work.lines.end,
        work.columns,
        work.lines.len(),
    )
}

fn as_json(path: &str, work: &Work) -> Value {
    json!({
        "path": path,
        "lines": [work.lines.start + 1, work.lines.end],
        "page": work.page,
        "columns": work.columns,
        "confidence": work.confidence,
        "expectedWrong": work.expected_wrong,
        "safe": work.safe,
    })
}
