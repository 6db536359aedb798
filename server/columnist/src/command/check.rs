//! `columnist check`: every finding of the files, drawn under the text, and a line that sums up.

use std::fs;
use std::io::Write;
use std::sync::Arc;

use report::name::Name;
use report::settings::Problem;
use report::workspace::{Reported, Workspace};
use serde_json::{Map, Value, json};
use transcript::check::Severity;
use transcript::finding::{Finding, Grade};
use transcript::lines::Lines;
use transcript::span::Span;

use crate::arguments::{Check, Format};
use crate::column_data;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::gather::{Gathered, STDIN};
use crate::output::Output;
use crate::remark::{Elsewhere, Remark, line_and_column};

/// Checks the files.
pub(crate) fn run(asked: &Check, output: &mut Output) -> Ending {
    if asked.jsonl {
        return stream(output);
    }
    let gathered = Gathered::new(&asked.paths);
    let mut told = Told { format: asked.format, files: gathered.names.len(), ..Told::default() };
    for (name, problem) in gathered.settings_problems() {
        told.settings(&gathered, &name, problem, output);
    }
    for document in gathered.documents() {
        let findings = gathered.workspace.findings(document.name());
        told.file(&gathered, &gathered.shown(document.name()), document.content(), &findings, output);
    }
    told.sum_up(output);
    Failure::tell_all(&gathered.failures).max(if told.findings > 0 { Ending::Found } else { Ending::Clean })
}

/// The places in other files that explain a finding.
fn elsewhere(gathered: &Gathered, reported: &Reported) -> Vec<Elsewhere> {
    let place = |(name, span, words): &(Name, Span, String)| {
        let document = gathered.workspace.document(name)?;
        let place = line_and_column(&document.lines(), span.start);
        Some(Elsewhere { path: gathered.shown(name), place, words: words.clone() })
    };
    reported.elsewhere.iter().filter_map(place).collect()
}

/// Checks the texts of a stream, each alone.
fn stream(output: &mut Output) -> Ending {
    let model = Arc::new(column_data::model_of_many());
    crate::stream::run(output, |record| {
        let (mut workspace, name) = (Workspace::new(Arc::clone(&model)), Name::Unsaved(STDIN.to_owned()));
        workspace.open(name.clone(), record.format(), &record.text);
        let (lines, found) = (Lines::new(&record.text), workspace.findings(&name));
        let remark = |reported| Remark { path: STDIN, lines: &lines, reported, elsewhere: Vec::new() }.json();
        let mut findings: Vec<Value> = found.iter().map(remark).collect();
        findings.iter_mut().filter_map(Value::as_object_mut).for_each(|finding| drop(finding.remove("path")));
        let ending = if findings.is_empty() { Ending::Clean } else { Ending::Found };
        (Map::from_iter([("findings".to_owned(), Value::Array(findings))]), ending)
    })
}

/// What was told so far.
#[derive(Default)]
struct Told {
    format: Format,
    json: Vec<Value>,
    findings: usize,
    files: usize,
    files_with_findings: usize,
    safe: usize,
    unsafe_: usize,
}

impl Told {
    /// Tells what was found in a file.
    fn file(&mut self, gathered: &Gathered, path: &str, text: &str, findings: &[Reported], output: &mut Output) {
        self.findings += findings.len();
        self.files_with_findings += usize::from(!findings.is_empty());
        let lines = Lines::new(text);
        for reported in findings {
            match reported.finding.repairs.first().map(|repair| repair.grade) {
                Some(Grade::Safe) => self.safe += 1,
                Some(Grade::Unsafe) => self.unsafe_ += 1,
                Some(Grade::Shown) | None => {}
            }
            let remark = Remark { path, lines: &lines, reported, elsewhere: elsewhere(gathered, reported) };
            match self.format {
                Format::Text => {
                    let _ = writeln!(output, "{}", remark.drawn());
                }
                Format::Json => self.json.push(remark.json()),
            }
        }
    }

    /// Tells what is wrong with a settings file, where it stands.
    fn settings(&mut self, gathered: &Gathered, name: &Name, problem: Problem, output: &mut Output) {
        let text = name.path().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        let fits = |span: &Span| text.get(span.range()).is_some();
        let finding = Finding {
            code: "settings",
            span: problem.span.filter(fits).unwrap_or_default(),
            message: problem.message,
            related: Vec::new(),
            repairs: Vec::new(),
        };
        self.file(
            gathered,
            &gathered.shown(name),
            &text,
            &[Reported { finding, severity: Severity::Warning, elsewhere: Vec::new() }],
            output,
        );
    }

    /// Tells how much there was of it.
    fn sum_up(&mut self, output: &mut Output) {
        let _ = match self.format {
            Format::Json => writeln!(output, "{:#}", json!({"files": self.files, "findings": self.json})),
            Format::Text => writeln!(output, "{}", self.summary()),
        };
    }

    fn summary(&self) -> String {
        let files = counted(self.files, "file");
        if self.findings == 0 {
            return format!("nothing found in {files}");
        }
        let found = counted(self.findings, "finding");
        let mut summary = format!("{found} in {} of {files}", self.files_with_findings);
        match (self.safe, self.unsafe_) {
            (0, 0) => {}
            (safe, 0) => summary += &format!("; `columnist fix` repairs {safe}"),
            (0, more) => summary += &format!("; `columnist fix --unsafe` repairs {more}, which are in doubt"),
            (safe, more) => {
                summary += &format!(
                    "; `columnist fix` repairs {safe}, `columnist fix --unsafe` {more} more that are in doubt"
                );
            }
        }
        summary
    }
}

/// A number of things, as people say it.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
