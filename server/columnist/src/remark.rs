//! What `check` and `fix` say of a place in a file: drawn under the text for people, as JSON for programs.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use report::workspace::Reported;
use serde_json::{Value, json};
use transcript::check::Severity;
use transcript::finding::Grade;
use transcript::lines::Lines;
use transcript::span::Span;

/// A finding with the file it is about.
pub(crate) struct Remark<'t> {
    /// What the file is called.
    pub(crate) path: &'t str,
    /// Its text.
    pub(crate) text: &'t str,
    /// What is said.
    pub(crate) reported: &'t Reported,
}

impl Remark<'_> {
    /// The finding under its lines, as a compiler would draw it, in colours.
    pub(crate) fn drawn(&self) -> String {
        let finding = &self.reported.finding;
        let excerpt =
            Excerpt::new(self.text, finding.related.iter().map(|(span, _)| *span).fold(finding.span, Span::join));
        let (level, _) = level(self.reported.severity);
        let related = finding
            .related
            .iter()
            .map(|(span, words)| AnnotationKind::Context.span(excerpt.place(*span)).label(words.as_str()));
        let snippet = Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.first_line + 1)
            .path(self.path)
            .annotation(AnnotationKind::Primary.span(excerpt.place(finding.span)))
            .annotations(related);
        let helps = finding.repairs.iter().map(|repair| Level::HELP.message(help(repair.grade, &repair.title)));
        let group = level.primary_title(finding.message.as_str()).id(finding.code).element(snippet).elements(helps);
        Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group]) + "\n"
    }

    /// The finding with its place, lines and columns counted from 1, columns in Unicode scalar values.
    pub(crate) fn json(&self) -> Value {
        let (finding, lines) = (&self.reported.finding, Lines::new(self.text));
        let range = |span: Span| json!({"start": place(&lines, span.start), "end": place(&lines, span.end)});
        json!({
            "path": self.path,
            "code": finding.code,
            "severity": level(self.reported.severity).1,
            "message": finding.message,
            "range": range(finding.span),
            "related": finding.related.iter().map(|(span, words)| json!({"range": range(*span), "message": words})).collect::<Vec<_>>(),
            "repairs": finding.repairs.iter().map(|repair| json!({"title": repair.title, "grade": grade(repair.grade)})).collect::<Vec<_>>(),
        })
    }
}

/// A place as people count: line and column from 1, the column in Unicode scalar values.
pub(crate) fn place(lines: &Lines, offset: usize) -> Value {
    let (line, column) = line_and_column(lines, offset);
    json!({"line": line, "column": column})
}

/// Line and column of a byte, both from 1, the column in Unicode scalar values.
pub(crate) fn line_and_column(lines: &Lines, offset: usize) -> (usize, usize) {
    let line = lines.line_of(offset);
    let span = lines.span(line);
    let column = lines.text()[span.start..offset.min(span.end)].chars().count();
    (line + 1, column + 1)
}

fn level(severity: Severity) -> (Level<'static>, &'static str) {
    match severity {
        Severity::Error => (Level::ERROR, "error"),
        Severity::Warning => (Level::WARNING, "warning"),
        Severity::Info => (Level::INFO, "info"),
        Severity::Hint => (Level::NOTE, "hint"),
    }
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Safe => "safe",
        Grade::Unsafe => "unsafe",
        Grade::Shown => "shown",
    }
}

/// A repair, and who may apply it.
fn help(grade: Grade, title: &str) -> String {
    match grade {
        Grade::Safe => format!("`fix` can do this: {title}"),
        Grade::Unsafe => format!("`fix --unsafe` can do this: {title}"),
        Grade::Shown => format!("by hand: {title}"),
    }
}

/// The lines of a text around a span, with LF for every line end, so that they are drawn as the lines that they are.
struct Excerpt {
    text: String,
    first_line: usize,
    /// For each line, where it starts in the whole text, how many bytes of it are left out in front, and where it
    /// starts in the excerpt.
    starts: Vec<(Span, usize)>,
}

/// How many bytes of a line are drawn at most: no terminal shows more.
const WIDEST: usize = 2_000;
/// Of a longer span the first and the last so many lines are drawn.
const MOST_LINES: usize = 2_000;

impl Excerpt {
    fn new(text: &str, span: Span) -> Self {
        let lines = Lines::new(text);
        let first_line = lines.line_of(span.start);
        let last_line = lines.line_of(span.end).min(first_line + MOST_LINES);
        let (mut out, mut starts) = (String::new(), Vec::new());
        for line in first_line..=last_line {
            let whole = lines.span(line);
            let from =
                if whole.covers(span) { floor(text, span.start.saturating_sub(WIDEST / 2)) } else { whole.start };
            let from = from.max(whole.start);
            let shown = Span::new(from, floor(text, whole.end.min(from + WIDEST)).max(from));
            starts.push((shown, out.len()));
            out.push_str(lines.slice(shown));
            out.push('\n');
        }
        out.pop();
        Self { text: out, first_line, starts }
    }

    /// Where a span of the whole text lies in the excerpt.
    fn place(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.offset(span.start);
        start..self.offset(span.end).max(start)
    }

    fn offset(&self, offset: usize) -> usize {
        let next = self.starts.partition_point(|(shown, _)| shown.start <= offset);
        let (shown, at) = self.starts[next.saturating_sub(1)];
        at + offset.clamp(shown.start, shown.end) - shown.start
    }
}

/// The border of characters at or before a byte.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
}
