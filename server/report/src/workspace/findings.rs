//! What is to be said of a file: what the checks of its text find, and those of its place in the report and on the
//! disk, as loud as the settings want it.

use transcript::check::{self, ANALYSIS_FAILED, ENCODING, SETTINGS, Severity, Wishes};
use transcript::finding::Finding;
use transcript::lines::Lines;
use transcript::span::Span;
use transcript::suppression::Suppressions;

use super::Workspace;
use super::navigation::Told;
use crate::name::Name;
use crate::settings::Problem;
use crate::source::Fault;

/// A finding and how loud the settings want it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// The finding.
    pub finding: Finding,
    /// How loud.
    pub severity: Severity,
    /// Places in other documents that explain it, each with a few words.
    pub elsewhere: Vec<(Name, Span, String)>,
}

impl Workspace {
    /// What is to be said of a file, in the order of its lines, without what was switched off. Of a settings file it is
    /// what is wrong with it, of a file that could not be read why that is.
    pub fn findings(&self, name: &Name) -> Vec<Reported> {
        let Some(document) = self.document(name) else {
            let told = self.encoding(name, "").map(|finding| (finding, Vec::new()));
            return self.reported(name, &Lines::new(""), &Suppressions::default(), told.into_iter().collect());
        };
        let content = document.content();
        if name.is_settings() {
            let told = self.settings_findings(name);
            return self.reported(name, &Lines::new(content), &Suppressions::default(), told);
        }
        let analysis = document.analysis();
        let lines = document.lines();
        let suppressions = document.suppressions();
        let expected_wrong = self.settings_for(name.path()).expected_wrong();
        let wishes = Wishes { expected_wrong, doubts: document.doubts() };
        let mut findings = check::run(&lines, analysis, &suppressions, wishes);
        findings.extend(self.encoding(name, content));
        findings.extend(document.failure().map(failed));
        let alone = findings.into_iter().map(|finding| (finding, Vec::new()));
        self.reported(name, &lines, &suppressions, alone.chain(self.navigation(document, &lines)).collect())
    }

    /// Findings as loud as the settings want them.
    fn reported(&self, name: &Name, lines: &Lines, off: &Suppressions, mut findings: Vec<Told>) -> Vec<Reported> {
        let settings = self.settings_for(name.path());
        findings.sort_by_key(|(finding, _)| (finding.span, finding.code));
        let reported = |(finding, elsewhere): Told| {
            let range = lines.line_of(finding.span.start)..lines.line_of(finding.span.end) + 1;
            let severity = settings.severity_at(finding.code, &range, lines)?;
            (!off.cover(finding.code, range.start)).then_some(Reported { finding, severity, elsewhere })
        };
        findings.into_iter().filter_map(reported).collect()
    }

    fn settings_findings(&self, name: &Name) -> Vec<Told> {
        let layer = name.path().and_then(|path| self.layer(path.parent()?));
        let problems = layer.into_iter().flat_map(|layer| &layer.problems);
        let told = |problem: &Problem| bare(SETTINGS, problem.span.unwrap_or_default(), problem.message.clone());
        problems.map(|problem| (told(problem), Vec::new())).collect()
    }

    /// What is to be said of a file whose bytes are no UTF-8, or no text. An editor may have opened it all the same.
    fn encoding(&self, name: &Name, shown: &str) -> Option<Finding> {
        let error = self.disk.unreadable().get(name)?;
        let start = shown.find(char::REPLACEMENT_CHARACTER);
        let span = start.map_or(Span::at(0), |start| Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8()));
        let advice = match error.fault {
            Fault::Encoding { guess, .. } if start.is_some() => {
                format!("Saved as it is shown here it would lose letters: reopen it as {guess}.")
            }
            Fault::Encoding { .. } => "It was left alone: convert it to UTF-8 first.".to_owned(),
            Fault::Binary => "It was left alone.".to_owned(),
            _ => return None,
        };
        Some(bare(ENCODING, span, format!("This file cannot be read as a text: {error}. {advice}")))
    }
}

fn failed(why: &str) -> Finding {
    let message = format!(
        "The analysis of this file fell over: {why}. This is a fault of the program's: please report it with the file. \
         Nothing else is said of it until it is edited."
    );
    bare(ANALYSIS_FAILED, Span::at(0), message)
}

fn bare(code: &'static str, span: Span, message: String) -> Finding {
    Finding { code, span, message, related: Vec::new(), repairs: Vec::new() }
}
