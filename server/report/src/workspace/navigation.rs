//! What is odd in how a report is numbered and in what it refers to: what the checks of references, contents lists,
//! headings and notes find. They are quiet wherever a text shows no pattern to judge by: these are other people's texts.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use transcript::check::{ambiguous_reference, contents, notes, numbering, title_mismatch, unresolved_reference};
use transcript::finding::Finding;
use transcript::heading::Heading;
use transcript::lines::Lines;
use transcript::number::{Kind, Number, Part};
use transcript::reference::{Reference, Whereabouts};
use transcript::span::Span;

use super::Workspace;
use super::resolve::Target;
use crate::document::{Document, Name};
use crate::index::{self, Key};

/// So many things of a kind must be numbered in a text before one is missed.
const PATTERN: usize = 3;

/// A finding, and places in other files that explain it.
pub(super) type Told = (Finding, Vec<(Name, Span, String)>);

impl Workspace {
    /// What these checks find in a document.
    pub(super) fn navigation(&self, document: &Arc<Document>, lines: &Lines) -> Vec<Told> {
        let report: Vec<&Arc<Document>> = self
            .documents()
            .filter(|other| self.distance(document.name(), other.name()).is_some_and(|d| d <= 1))
            .collect();
        // A line that opens with a number may be its heading, whatever keeps it from being taken for one.
        let opening = OnceCell::new();
        let opens = |number: &Number| opening.get_or_init(|| opening_numbers(lines)).contains(&number.to_string());
        let mut told = self.references(document, lines, &report, &opens);
        let analysis = document.analysis();
        let known = |kind: Kind, number: &Number| {
            if opens(number) {
                return true;
            }
            let key = Key::new(kind, number);
            let others = report.iter().filter(|other| other.name() != document.name());
            others.flat_map(|other| other.index().get(&key)).any(|entry| !entry.in_contents)
        };
        let alone = numbering::findings(lines, &analysis.outline, &known).into_iter();
        let alone = alone.chain(notes::findings(lines, analysis, document.format()));
        told.extend(alone.chain(contents_findings(document, &report)).map(|finding| (finding, Vec::new())));
        told
    }

    fn references(
        &self,
        document: &Arc<Document>,
        lines: &Lines,
        report: &[&Arc<Document>],
        opens: &dyn Fn(&Number) -> bool,
    ) -> Vec<Told> {
        // Several texts in one file, licences for instance, each with a numbering of its own: nothing can be judged.
        let one = is_one_text(document);
        let mut patterns: HashMap<(Kind, u8), bool> = HashMap::new();
        let mut told = Vec::new();
        for reference in &document.analysis().references {
            if !reference.whereabouts.is_here() {
                continue;
            }
            let targets = self.targets(document.name(), reference);
            let Some(number) = &reference.number else {
                // Without headings nothing can be said of a title.
                let headed = !document.analysis().outline.sections.is_empty();
                if targets.is_empty() && reference.sure && headed {
                    told.push((unresolved_reference::finding(lines, reference), Vec::new()));
                }
                continue;
            };
            let own = reference.whereabouts == Whereabouts::Inside;
            let mut expected = || {
                let form = form(reference.kind, number);
                own || *patterns.entry(form).or_insert_with(|| has_pattern(document, report, form))
            };
            match &targets[..] {
                [] if reference.sure && expected() && !opens(number) => {
                    told.push((unresolved_reference::finding(lines, reference), Vec::new()))
                }
                [_, _, ..] if one && expected() => told.push(ambiguous(lines, document, reference, &targets)),
                [target] if !target.in_contents => told.extend(mismatch(document, lines, report, reference, target)),
                _ => {}
            }
        }
        told
    }
}

/// The finding for a reference that has several targets, with where they are.
fn ambiguous(lines: &Lines, document: &Document, reference: &Reference, targets: &[Target]) -> Told {
    let mut finding = ambiguous_reference::finding(lines, reference, targets.len());
    let mut elsewhere = Vec::new();
    for target in targets.iter().take(10) {
        let words = "one of the places with this number".to_owned();
        if target.name == *document.name() {
            finding.related.push((target.name_span, words));
        } else {
            elsewhere.push((target.name.clone(), target.name_span, words));
        }
    }
    (finding, elsewhere)
}

/// The finding for a reference whose title is not that of its target.
fn mismatch(
    document: &Document,
    lines: &Lines,
    report: &[&Arc<Document>],
    reference: &Reference,
    target: &Target,
) -> Option<Told> {
    let title = reference.title.as_deref()?;
    if target.title.is_empty() || !title_mismatch::differ(title, &target.title) {
        return None;
    }
    let quoted = lines.slice(reference.mention).contains(['“', '”', '„', '«', '»', '"', '‘', '’']);
    let entries = || report.iter().flat_map(|other| other.index().entries());
    let alike = |entry: &&index::Entry| {
        entry.kind.is_some_and(|kind| index::is_alike(kind, reference.kind))
            && !entry.in_contents
            && title_mismatch::same(title, &entry.title)
    };
    let mut right: Vec<String> =
        entries().filter(alike).filter_map(|entry| Some(entry.number.as_ref()?.to_string())).collect();
    right.sort();
    right.dedup();
    let right = match &right[..] {
        [right] => Some(right.as_str()),
        // A caption is often given in other words, and what stands in brackets may be no title.
        _ if quoted && matches!(reference.kind, Kind::Chapter | Kind::Section | Kind::Annex) => None,
        _ => return None,
    };
    let mut finding = title_mismatch::finding(reference, &target.title, right);
    let words = "the part with this number".to_owned();
    let mut elsewhere = Vec::new();
    if target.name == *document.name() {
        finding.related.push((target.name_span, words));
    } else {
        elsewhere.push((target.name.clone(), target.name_span, words));
    }
    Some((finding, elsewhere))
}

/// The numbers that lines of a text open with.
fn opening_numbers(lines: &Lines) -> HashSet<String> {
    let number = |line: &str| {
        let line = line.trim_start_matches(['#', '*', ' ', '\t', '\u{a0}', '\u{c}']);
        let end = line.find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '.')).unwrap_or(line.len());
        let number = line[..end].trim_end_matches('.');
        number.contains(|sign: char| sign.is_ascii_digit()).then(|| number.to_owned())
    };
    lines.iter().filter_map(number).collect()
}

/// Whether few of the headings have a number that another has: the text is one, not several in one file.
fn is_one_text(document: &Document) -> bool {
    let sections = &document.analysis().outline.sections;
    let numbered =
        || sections.iter().filter_map(|section| Some((section.heading.kind?, section.heading.number.as_ref()?)));
    let distinct: HashSet<Key> = numbered().map(|(kind, number)| Key::new(kind, number)).collect();
    let all = numbered().count();
    (all - distinct.len()) * 5 <= all
}

/// What a number looks like: what it counts, and whether it is of digits, numerals or letters and of one part or more.
fn form(kind: Kind, number: &Number) -> (Kind, u8) {
    let kind = if index::is_alike(kind, Kind::Chapter) { Kind::Chapter } else { kind };
    let first = match number.parts[0] {
        Part::Arabic(..) | Part::Roman(_) => 0,
        Part::Letter(_) => 2,
    };
    (kind, first + u8::from(number.parts.len() > 1))
}

/// Whether things of this form are numbered in the text itself, or throughout the report that it is a part of.
fn has_pattern(document: &Document, report: &[&Arc<Document>], form_asked: (Kind, u8)) -> bool {
    let count = |document: &Document| {
        let fits = |entry: &&index::Entry| {
            !entry.in_contents
                && matches!((entry.kind, &entry.number), (Some(kind), Some(number)) if form(kind, number) == form_asked)
        };
        document.index().entries().iter().filter(fits).count()
    };
    count(document) >= PATTERN || report.iter().map(|other| count(other)).sum::<usize>() >= PATTERN && is_report(report)
}

/// Whether files lying side by side are the parts of one report: their pages count on, or one lists what the others hold.
fn is_report(report: &[&Arc<Document>]) -> bool {
    let paged = report.iter().filter(|other| other.analysis().pages.iter().any(|page| page.number.is_some())).count();
    let listed = report.iter().any(|other| other.analysis().outline.contents.len() >= PATTERN);
    let chaptered = report.iter().filter(|other| {
        let first = other.analysis().outline.sections.first();
        first.is_some_and(|section| matches!(section.heading.kind, Some(Kind::Chapter | Kind::Annex | Kind::Section)))
    });
    paged * 2 > report.len() || listed || chaptered.count() * 2 > report.len()
}

/// Entries of the document's contents lists without a heading, and headings that the report's lists leave out.
fn contents_findings(document: &Document, report: &[&Arc<Document>]) -> Vec<Finding> {
    let key = |heading: &Heading| Some(Key::new(heading.kind?, heading.number.as_ref()?));
    let listed: HashMap<Key, u8> = report
        .iter()
        .flat_map(|other| &other.analysis().outline.contents)
        .filter_map(|entry| Some((key(entry)?, entry.depth)))
        .collect();
    if listed.len() < PATTERN {
        return Vec::new();
    }
    let headed = |key: &Key| report.iter().flat_map(|other| other.index().get(key)).any(|entry| !entry.in_contents);
    let answered = listed.keys().filter(|key| headed(key)).count();
    if answered < PATTERN || answered * 4 < listed.len() * 3 {
        return Vec::new();
    }
    let outline = &document.analysis().outline;
    let entries = outline.contents.iter().filter(|entry| key(entry).is_some_and(|key| !headed(&key)));
    let mut findings: Vec<Finding> = entries.map(contents::without_heading).collect();
    for section in &outline.sections {
        let heading = &section.heading;
        let Some(own) = key(heading).filter(|own| !listed.contains_key(own)) else { continue };
        // Lists seldom go down to the last level, nor do they name every annex's section.
        let beside = own.neighbours().iter().filter(|other| listed.contains_key(other)).count();
        if beside == 2 {
            findings.push(contents::without_entry(heading));
        }
    }
    findings
}
