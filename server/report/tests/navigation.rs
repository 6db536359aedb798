//! Reports with what is to be found in them drawn in: every file in `navigation/` is one scenario. It opens with a few
//! words on what it shows; then come the files of a small report, each under a line `=== its name`. Carets under a line
//! mark what was found there, and the words after them say where a reference leads (the line it leads to, the lines of
//! several with `or` between, `outside` for what leads out of the report), or which check found what. Whatever is not
//! underlined was not taken for a reference. Under `=== outline` stand the headings as a tree.
//!
//! `UPDATE_EXPECT=1 cargo test -p columnist-report --test navigation` draws them anew; read what it drew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use columnist_report::document::Document;
use columnist_report::name::Name;
use columnist_report::walk;
use columnist_report::workspace::{Target, Workspace};
use transcript::number::Kind;
use transcript::reference::Reference;
use transcript::span::Span;

#[test]
fn every_scenario_is_as_it_is_drawn() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/navigation");
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).expect("the scenarios").map(|entry| entry.expect("a scenario").path()).collect();
    files.sort();
    assert!(files.len() > 10, "the scenarios are missing");
    for file in files {
        expect_test::expect_file![&file].assert_eq(&drawn(&fs::read_to_string(&file).expect("a scenario")));
    }
}

/// A scenario drawn anew.
fn drawn(scenario: &str) -> String {
    let mut parts = scenario.split("\n=== ");
    let mut out = parts.next().unwrap_or("").to_owned();
    let parts: Vec<(&str, String)> = parts
        .map(|part| {
            let (name, text) = part.split_once('\n').unwrap_or((part, ""));
            (name, text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with('^')).collect())
        })
        .collect();
    let mut workspace = Workspace::new(Arc::default());
    workspace.set_roots(vec![PathBuf::from("/reports")]);
    let path = |name: &str| Path::new("/reports").join(name);
    for (name, text) in parts.iter().filter(|(name, _)| *name != "outline") {
        let text = text.replace("<FF>", "\u{c}").replace("<NBSP>", "\u{a0}");
        workspace.open(Name::file(path(name)), walk::format_of(&path(name)).unwrap_or_default(), &text);
    }
    for (name, _) in &parts {
        let _ = write!(out, "\n=== {name}\n");
        match *name {
            "outline" => outline(&workspace, &mut out),
            _ => annotate(&workspace, &Name::file(path(name)), &mut out),
        }
    }
    out
}

/// A file with carets under what was found.
fn annotate(workspace: &Workspace, name: &Name, out: &mut String) {
    let document = workspace.document(name).expect("it was opened");
    let lines = document.lines();
    let mut marks: Vec<(Span, String)> = Vec::new();
    let findings = workspace.findings(name);
    for reference in &document.survey().references {
        let targets = workspace.targets(name, reference);
        let told = findings.iter().any(|found| found.finding.span.covers(reference.span));
        if !targets.is_empty() || reference.sure && !told {
            marks.push((reference.span, leads(workspace, reference, &targets)));
        }
    }
    for reported in &findings {
        let finding = &reported.finding;
        let mut words = format!("{} ({:?}): {}", finding.code, reported.severity, finding.message);
        for repair in &finding.repairs {
            let _ = write!(words, " [{}]", repair.title);
        }
        marks.push((finding.span, words));
    }
    marks.sort_by_key(|(span, _)| span.start);
    for line in 0..lines.len() {
        let (text, span) = (lines.line(line), lines.span(line));
        out.push_str(&text.replace('\u{c}', "<FF>").replace('\u{a0}', "<NBSP>"));
        if line + 1 < lines.len() || !text.is_empty() {
            out.push('\n');
        }
        for (mark, words) in marks.iter().filter(|(mark, _)| lines.line_of(mark.start) == line) {
            let shown = |text: &str| text.replace('\u{c}', "<FF>").replace('\u{a0}', "<NBSP>").chars().count();
            let before = shown(&text[..mark.start - span.start]);
            let width = shown(&text[mark.start - span.start..mark.end.min(span.end) - span.start]).max(1);
            let _ = writeln!(out, "{}{} {words}", " ".repeat(before), "^".repeat(width));
        }
    }
}

/// Where a reference leads, in words.
fn leads(workspace: &Workspace, reference: &Reference, targets: &[Target]) -> String {
    if targets.is_empty() {
        return if reference.whereabouts.is_here() { "nowhere".to_owned() } else { "outside".to_owned() };
    }
    let target = |target: &Target| {
        let document = workspace.document(&target.name).expect("it is there");
        let contents = if target.in_contents { " (contents)" } else { "" };
        let line = one_line(&document.content()[target.name_span.range()]);
        match target.kind {
            Some(Kind::Page) => format!("page {} ({line})", target.number.as_ref().expect("pages have numbers")),
            _ => format!("{line}{contents}"),
        }
    };
    targets.iter().map(target).collect::<Vec<_>>().join(" or ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The headings of all files.
fn outline(workspace: &Workspace, out: &mut String) {
    for document in workspace.documents() {
        let _ = writeln!(out, "{}", shown_name(document));
        let sections = workspace.sections(document);
        for section in sections.iter() {
            let depth = std::iter::successors(section.parent, |parent| sections[*parent].parent);
            let _ = writeln!(
                out,
                "{}{}",
                "  ".repeat(depth.count() + 1),
                one_line(&document.content()[section.heading.span.range()])
            );
        }
    }
}

fn shown_name(document: &Document) -> String {
    let path = document.name().path().expect("a file");
    path.strip_prefix("/reports").unwrap_or(path).display().to_string()
}
