//! What `check` and `fix` say of a place in a file: drawn under the text for people, as JSON for programs.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use report::workspace::Reported;
use serde_json::{Value, json};
use transcript::check::Severity;
use transcript::finding::Grade;
use transcript::lines::Lines;
use transcript::span::{Span, border};

use crate::output::{visible, visible_name};

/// A finding with the file it is about.
pub(crate) struct Remark<'t> {
    /// What the file is called.
    pub(crate) path: &'t str,
    /// Its text.
    pub(crate) lines: &'t Lines<'t>,
    /// What is said.
    pub(crate) reported: &'t Reported,
    /// Places in other files that explain it.
    pub(crate) elsewhere: Vec<Elsewhere>,
}

/// A place in another file, line and column from 1, and what it has to do with a finding.
pub(crate) struct Elsewhere {
    /// What the file is called.
    pub(crate) path: String,
    /// Line and column.
    pub(crate) place: (usize, usize),
    /// What is said of it.
    pub(crate) words: String,
}

impl Remark<'_> {
    /// The finding under its lines, as a compiler would draw it, in colours.
    pub(crate) fn drawn(&self) -> String {
        let finding = &self.reported.finding;
        let lines = self.lines;
        let line = |span: &Span| lines.line_of(span.start);
        let is_near = |(span, _): &&(Span, String)| line(span).abs_diff(line(&finding.span)) <= NEAR;
        let (near, far): (Vec<_>, Vec<_>) = finding.related.iter().partition(is_near);
        let path = visible_name(self.path);
        let message = visible(&finding.message);
        let excerpt = Excerpt::new(lines, near.iter().fold(finding.span, |all, (span, _)| all.join(*span)));
        let related =
            near.iter().map(|(span, words)| AnnotationKind::Context.span(excerpt.place(*span)).label(words.as_str()));
        let snippet = Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.first_line + 1)
            .path(path.as_str())
            .annotation(AnnotationKind::Primary.span(excerpt.place(finding.span)))
            .annotations(related);
        let notes = far.iter().map(|(span, words)| {
            let (line, column) = line_and_column(lines, span.start);
            Level::NOTE.message(format!("{path}:{line}:{column}: {}", visible(words)))
        });
        let beyond = self.elsewhere.iter().map(|Elsewhere { path, place: (line, column), words }| {
            Level::NOTE.message(format!("{}:{line}:{column}: {}", visible(path), visible(words)))
        });
        let helps =
            finding.repairs.iter().map(|repair| Level::HELP.message(help(repair.grade, &visible(&repair.title))));
        let (level, _) = level(self.reported.severity);
        let group = level
            .primary_title(message)
            .id(finding.code)
            .element(snippet)
            .elements(notes)
            .elements(beyond)
            .elements(helps);
        Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group]) + "\n"
    }

    /// The finding with its place, lines and columns counted from 1, columns in Unicode scalar values.
    pub(crate) fn json(&self) -> Value {
        let (finding, lines) = (&self.reported.finding, self.lines);
        let range = |span: Span| json!({"start": place(lines, span.start), "end": place(lines, span.end)});
        let elsewhere = |Elsewhere { path, place: (line, column), words }: &Elsewhere| json!({"path": path, "start": {"line": line, "column": column}, "message": words});
        json!({
            "path": self.path,
            "code": finding.code,
            "severity": level(self.reported.severity).1,
            "message": finding.message,
            "range": range(finding.span),
            "related": finding.related.iter().map(|(span, words)| json!({"range": range(*span), "message": words})).collect::<Vec<_>>(),
            "elsewhere": self.elsewhere.iter().map(elsewhere).collect::<Vec<_>>(),
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
/// Of a longer span so many lines are looked at to draw it.
const MOST_LINES: usize = 2_000;
/// A related place so many lines away is drawn with the finding; one farther off is only named.
const NEAR: usize = 100;

impl Excerpt {
    fn new(lines: &Lines, span: Span) -> Self {
        let text = lines.text();
        let first_line = lines.line_of(span.start);
        let last_line = lines.line_of(span.end).min(first_line + MOST_LINES);
        let (mut out, mut starts) = (String::new(), Vec::new());
        for line in first_line..=last_line {
            let whole = lines.span(line);
            let from =
                if whole.covers(span) { border(text, span.start.saturating_sub(WIDEST / 2)) } else { whole.start };
            let from = from.max(whole.start);
            let shown = Span::new(from, border(text, whole.end.min(from + WIDEST)).max(from));
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

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use transcript::finding::{Finding, Mend, Repair};

    use super::*;

    /// A finding between the `‹` and `›` of a text, which must not stand for anything else.
    fn found(marked: &str) -> (String, Reported) {
        let (start, end) = (marked.find('‹').unwrap(), marked.find('›').unwrap() - '‹'.len_utf8());
        let mend = Mend::Edits(Vec::new());
        let repairs = vec![Repair { title: "Mend it".into(), grade: Grade::Safe, mend }];
        let finding = Finding {
            code: "some-check",
            span: Span::new(start, end),
            message: "Something is wrong".into(),
            related: vec![(Span::at(0), "because of this".into())],
            repairs,
        };
        (marked.replace(['‹', '›'], ""), Reported { finding, severity: Severity::Warning, elsewhere: Vec::new() })
    }

    fn check_drawn(marked: &str, expected: Expect) {
        let (text, reported) = found(marked);
        let drawn =
            Remark { path: "a.txt", lines: &Lines::new(&text), reported: &reported, elsewhere: Vec::new() }.drawn();
        expected.assert_eq(&anstream::adapter::strip_str(&drawn).to_string());
    }

    #[test]
    fn a_finding_is_drawn_under_its_line() {
        check_drawn(
            "one\ntwo ‹three› four\n",
            expect![[r#"
            warning[some-check]: Something is wrong
             --> a.txt:2:5
              |
            1 | one
              | - because of this
            2 | two three four
              |     ^^^^^
              |
              = help: `fix` can do this: Mend it
        "#]],
        );
    }

    #[test]
    fn every_line_end_is_one_to_the_reader() {
        check_drawn(
            "one\r\ntwo\rthree ‹four›\r\nfive",
            expect![[r#"
            warning[some-check]: Something is wrong
             --> a.txt:3:7
              |
            1 | one
              | - because of this
            2 | two
            3 | three four
              |       ^^^^
              |
              = help: `fix` can do this: Mend it
        "#]],
        );
    }

    #[test]
    fn of_a_block_its_first_and_last_lines_are_drawn() {
        check_drawn(
            "one\n‹two\nthree\nfour\nfive\nsix\nseven\neight›\nnine\n",
            expect![[r#"
            warning[some-check]: Something is wrong
             --> a.txt:2:1
              |
            1 |   one
              |   - because of this
            2 | / two
            3 | | three
            4 | | four
            5 | | five
            6 | | six
            7 | | seven
            8 | | eight
              | |_____^
              |
              = help: `fix` can do this: Mend it
        "#]],
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_finding() {
        let (text, reported) = found(&format!("{}‹é›{}", "é".repeat(100_000), "é".repeat(100_000)));
        let drawn =
            Remark { path: "a.txt", lines: &Lines::new(&text), reported: &reported, elsewhere: Vec::new() }.drawn();
        assert!(drawn.len() < 5_000, "{} bytes", drawn.len());
        assert!(drawn.contains('^'), "{drawn}");
    }

    #[test]
    fn places_count_characters_from_one() {
        let (text, reported) = found("a\n\u{1F600}é ‹x›");
        let json =
            Remark { path: "a.txt", lines: &Lines::new(&text), reported: &reported, elsewhere: Vec::new() }.json();
        assert_eq!(
            json["range"],
            serde_json::json!({
                "start": {"line": 2, "column": 4}, "end": {"line": 2, "column": 5},
            })
        );
    }
}
