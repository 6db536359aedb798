//! A real annual report of 220 pages, a file a page, merged columns and all: where its references lead, judged by reading,
//! and the numbers printed on its pages. The report is no part of the repository, nor is any of its text: the
//! expectations are places only. Where it is not at hand the tests say so and pass.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use columnist_tests::chance::Chance;
use columnist_tests::{corpora, repository};
use report::name::Name;
use report::workspace::Workspace;
use transcript::columns::Model;
use transcript::lines::{Format, Lines};

/// A reference and where it leads: "p073.txt:27:80 p166.txt:42", lines and columns from 1, the column that of the number;
/// a hyphen for what leads out of the report.
const JUDGED: &str = include_str!("philips-2018.txt");

/// The seed of the draw, and how many references it draws.
const DRAW: (u64, usize) = (2018, 100);

/// The report's files, by their names.
fn report() -> Option<BTreeMap<String, String>> {
    let folder = corpora()?.join("corpus/reports/philips-2018");
    let entries = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let pages = entries.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let read = |path: PathBuf| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text(&path));
    let report: BTreeMap<_, _> = pages.map(read).collect();
    if report.is_empty() {
        println!("skipped: the report is not there");
    }
    (!report.is_empty()).then_some(report)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a page")
}

/// The report open in a folder, under the names that are given. Its columns are told apart only in a program that is
/// built to be fast: in a slow one that takes minutes.
fn open<'t>(files: impl Iterator<Item = (String, &'t str)>) -> Workspace {
    let data = repository().join("data");
    let file = |name: &str| fs::read(data.join(name)).ok().filter(|_| !cfg!(debug_assertions));
    let model = file("junctions.bin").zip(file("judge.bin")).and_then(|(one, two)| Model::from_bytes(one, &two).ok());
    let mut workspace = Workspace::new(Arc::new(model.unwrap_or_default()));
    workspace.set_roots(vec![PathBuf::from("/report")]);
    files.for_each(|(name, text)| workspace.open(named(&name), Format::Plain, text));
    workspace
}

fn named(file: &str) -> Name {
    Name::file(Path::new("/report").join(file))
}

/// What the eye would take for references: these words before a number.
const NOUNS: [&str; 8] = ["page", "pages", "note", "notes", "section", "sections", "chapter", "chapters"];

/// Every one of them: file, line and column of its number.
fn places(report: &BTreeMap<String, String>) -> Vec<(String, usize, usize)> {
    let mut places = Vec::new();
    for (file, text) in report {
        for (line, words) in text.lines().enumerate() {
            for (at, _) in words.match_indices(|sign: char| sign.is_ascii_digit()) {
                let before = words[..at].trim_end();
                let noun = before.rsplit(|sign: char| !sign.is_alphanumeric() && sign != '_').next().unwrap_or("");
                if before.len() < at && NOUNS.contains(&&*noun.to_lowercase()) {
                    places.push((file.clone(), line + 1, words[..at].chars().count() + 1));
                }
            }
        }
    }
    places
}

#[test]
fn references_lead_where_a_reader_would_go() {
    let Some(report) = report() else { return };
    let mut places = places(&report);
    let mut chance = Chance::new(DRAW.0);
    let mut drawn: Vec<_> = (0..DRAW.1).map(|_| places.swap_remove(chance.below(places.len()))).collect();
    drawn.sort();
    let workspace = open(report.iter().map(|(file, text)| (file.clone(), text.as_str())));
    let judged: Vec<(&str, &str)> = JUDGED.lines().filter_map(|line| line.split_once(' ')).collect();
    assert_eq!(judged.len(), drawn.len(), "as many are judged as are drawn");
    let (mut home, mut wrong) = (0, Vec::new());
    for ((file, line, column), (place, expected)) in drawn.into_iter().zip(judged) {
        assert_eq!(format!("{file}:{line}:{column}"), place, "what was drawn was judged");
        let name = named(&file);
        let lines = Lines::new(&report[&file]);
        let words = lines.line(line - 1);
        let offset = words.chars().take(column - 1).map(char::len_utf8).sum::<usize>();
        let reference = workspace.reference_at(&name, lines.span(line - 1).start + offset);
        let targets = reference.map(|reference| workspace.targets(&name, reference)).unwrap_or_default();
        let led: Vec<String> = targets.iter().map(|target| target_place(&report, target)).collect();
        match (&led[..], expected) {
            ([], "-") => home += 1,
            ([place], expected) if place == expected => home += 1,
            ([], _) => {}
            (led, _) => wrong.push(format!("{place} leads to {}, not {expected}", led.join(" and "))),
        }
    }
    println!("{home} of {} lead home, {} astray", DRAW.1, wrong.len());
    assert!(wrong.is_empty(), "led astray:\n{}", wrong.join("\n"));
    assert!(home >= 90, "only {home} lead home");
}

fn target_place(report: &BTreeMap<String, String>, target: &report::workspace::Target) -> String {
    let file = target.name.path().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    let line = Lines::new(&report[&file]).line_of(target.name_span.start) + 1;
    format!("{file}:{line}")
}

#[test]
fn printed_page_numbers_are_known_whatever_the_files_are_called() {
    let Some(report) = report() else { return };
    let mut chance = Chance::new(DRAW.0);
    let renamed: Vec<String> = report.keys().map(|_| format!("{:x}.txt", chance.number())).collect();
    for names in [report.keys().cloned().collect(), renamed] {
        let workspace = open(names.iter().cloned().zip(report.values().map(String::as_str)));
        let told = names.iter().map(|name| workspace.page_numbers(&named(name)).first().cloned().flatten());
        hold(&told.collect::<Vec<_>>());
    }
    let joined = report.values().map(|text| text.trim_end()).collect::<Vec<_>>().join("\n\u{c}");
    let workspace = open(std::iter::once(("all.txt".to_owned(), joined.as_str())));
    hold(&workspace.page_numbers(&named("all.txt")));
}

/// Pages in the order in which they were printed, from 1: nineteen in twenty must have their number, and none another.
fn hold(told: &[Option<String>]) {
    let right = told.iter().zip(1..).filter(|(told, page)| told.as_deref() == Some(&*page.to_string())).count();
    let wrong = told.iter().flatten().count() - right;
    println!("{right} of {} pages have their number, {wrong} another", told.len());
    assert!(right * 20 >= told.len() * 19 && wrong == 0);
}
