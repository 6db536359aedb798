//! What is odd in how a report is numbered and in what it refers to: what the checks of references, contents lists,
//! headings and notes find. They are quiet wherever a text shows no pattern to judge by: these are other people's texts.

use std::cell::LazyCell;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use transcript::check::{ambiguous_reference, contents, notes, numbering, title_mismatch, unresolved_reference};
use transcript::finding::Finding;
use transcript::heading::Heading;
use transcript::lines::Lines;
use transcript::number::{Kind, Number};
use transcript::reference::{Reference, Whereabouts};
use transcript::span::Span;

use super::Workspace;
use super::beside::{Beside, PATTERN};
use super::resolve::Lead;
use crate::document::Document;
use crate::index::{self, Entry, Key, form};
use crate::name::Name;

/// A finding, and places in other files that explain it.
pub(super) type Told = (Finding, Vec<(Name, Span, String)>);

impl Workspace {
    /// What these checks find in a document.
    pub(super) fn navigation(&self, document: &Arc<Document>, lines: &Lines) -> Vec<Told> {
        let beside = self.beside_of(document);
        // A line that opens with a number may be its heading, whatever keeps it from being taken for one.
        let opens = |number: &Number| document.analysis().openings(lines).has(&number.to_string());
        let mut told = self.references(document, lines, &beside, &opens);
        let survey = document.survey();
        let known = |kind: Kind, number: &Number| {
            let of_others = |other: &Document| other.name() != document.name();
            opens(number) || self.is_headed(document, &Key::new(kind, number), of_others)
        };
        let alone = numbering::findings(lines, &survey.plan.outline, &known).into_iter();
        let alone = alone.chain(notes::findings(lines, document.analysis(), document.format()));
        told.extend(alone.chain(self.contents(document, &beside)).map(|finding| (finding, Vec::new())));
        told
    }

    /// Whether a document beside this one, of those that are wanted, has a heading with a key.
    fn is_headed(&self, document: &Document, key: &Key, wanted: impl Fn(&Document) -> bool) -> bool {
        let near = |other: &Document| wanted(other) && self.is_beside(document.name(), other.name());
        self.having(key).any(|(other, entry)| !entry.in_contents && near(other))
    }

    fn references(
        &self,
        document: &Arc<Document>,
        lines: &Lines,
        beside: &Beside,
        opens: &dyn Fn(&Number) -> bool,
    ) -> Vec<Told> {
        // Several texts in one file, licences for instance, each with a numbering of its own: nothing can be judged.
        let one = LazyCell::new(|| is_one_text(document));
        let mut told = Vec::new();
        // A text says "table 2" very often: what there is nothing to say of is looked up once.
        let mut quiet = FxHashSet::default();
        for reference in document.survey().references.iter().filter(|reference| reference.whereabouts.is_here()) {
            let plain = plainly(reference);
            if plain.is_some_and(|plain| quiet.contains(&plain)) {
                continue;
            }
            match self.of_reference(document, lines, reference, (beside, opens), &|| *one) {
                Some(of_it) => told.push(of_it),
                None => quiet.extend(plain),
            }
        }
        told
    }

    /// What is odd in a reference to something in this report, if anything is.
    fn of_reference(
        &self,
        document: &Arc<Document>,
        lines: &Lines,
        reference: &Reference,
        (beside, opens): (&Beside, &dyn Fn(&Number) -> bool),
        one: &dyn Fn() -> bool,
    ) -> Option<Told> {
        if self.leads_home(document, reference) {
            return None;
        }
        let targets = self.leads(document.name(), reference);
        let Some(number) = &reference.number else {
            // Without headings nothing can be said of a title.
            let headed = !document.plan().outline.sections.is_empty();
            let lost = targets.is_empty() && reference.sure && headed;
            return lost.then(|| (unresolved_reference::finding(lines, reference), Vec::new()));
        };
        let own = reference.whereabouts == Whereabouts::Inside;
        let expected = || own || beside.has_pattern(form(reference.kind, number));
        match &targets[..] {
            [] if reference.sure && expected() && !opens(number) => {
                Some((unresolved_reference::finding(lines, reference), Vec::new()))
            }
            [_, _, ..] if one() && expected() => Some(ambiguous(lines, document, reference, &targets)),
            [(other, target)] if !target.in_contents => self.mismatch(document, lines, reference, (other, target)),
            _ => None,
        }
    }

    /// The finding for a reference whose title is not that of its target.
    fn mismatch(
        &self,
        document: &Document,
        lines: &Lines,
        reference: &Reference,
        (other, target): (&Document, &Entry),
    ) -> Option<Told> {
        let title = reference.title.as_deref()?;
        if target.title.is_empty() || !title_mismatch::differ(title, &target.title) {
            return None;
        }
        let quoted = lines.slice(reference.mention).contains(['“', '”', '„', '«', '»', '"', '‘', '’']);
        let alike = |(other, entry): &(&Arc<Document>, &Entry)| {
            entry.kind.is_some_and(|kind| index::is_alike(kind, reference.kind))
                && !entry.in_contents
                && title_mismatch::same(title, &entry.title)
                && self.is_beside(document.name(), other.name())
        };
        let entries = self.titled_alike(reference.kind, title).into_iter().filter(alike);
        let mut right: Vec<String> =
            entries.filter_map(|(_, entry)| Some(entry.number.as_ref()?.to_string())).collect();
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
        if other.name() == document.name() {
            finding.related.push((target.name_span, words));
        } else {
            elsewhere.push((other.name().clone(), target.name_span, words));
        }
        Some((finding, elsewhere))
    }

    /// Entries of the document's contents lists without a heading, and headings that the report's lists leave out.
    fn contents(&self, document: &Document, beside: &Beside) -> Vec<Finding> {
        let key = |heading: &Heading| Some(Key::new(heading.kind?, heading.number.as_ref()?));
        let listed = beside.listed().count();
        if listed < PATTERN {
            return Vec::new();
        }
        let headed = |key: &Key| self.is_headed(document, key, |_| true);
        let answered = beside.listed().filter(|key| headed(key)).count();
        if answered < PATTERN || answered * 4 < listed * 3 {
            return Vec::new();
        }
        let outline = &document.plan().outline;
        let entries = outline.contents.iter().filter(|entry| key(entry).is_some_and(|key| !headed(&key)));
        let mut findings: Vec<Finding> = entries.map(contents::without_heading).collect();
        for section in &outline.sections {
            let heading = &section.heading;
            let Some(own) = key(heading).filter(|own| !beside.is_listed(own)) else { continue };
            // Lists seldom go down to the last level, nor do they name every annex's section.
            if own.neighbours().iter().filter(|other| beside.is_listed(other)).count() == 2 {
                findings.push(contents::without_entry(heading));
            }
        }
        findings
    }
}

/// All on which it hangs what is to be said of a reference that gives a number and nothing else.
fn plainly(reference: &Reference) -> Option<(Kind, &Number, bool, Whereabouts)> {
    let Reference { kind, number, title: None, called: None, toward: None, whereabouts, sure, .. } = reference else {
        return None;
    };
    Some((*kind, number.as_ref()?, *sure, *whereabouts))
}

/// The finding for a reference that has several targets, with where they are.
fn ambiguous(lines: &Lines, document: &Document, reference: &Reference, targets: &[Lead]) -> Told {
    let mut finding = ambiguous_reference::finding(lines, reference, targets.len());
    let mut elsewhere = Vec::new();
    for (other, target) in targets.iter().take(10) {
        let words = "one of the places with this number".to_owned();
        if other.name() == document.name() {
            finding.related.push((target.name_span, words));
        } else {
            elsewhere.push((other.name().clone(), target.name_span, words));
        }
    }
    (finding, elsewhere)
}

/// Whether few of the headings have a number that another has: the text is one, not several in one file.
fn is_one_text(document: &Document) -> bool {
    let sections = &document.plan().outline.sections;
    let numbered =
        || sections.iter().filter_map(|section| Some((section.heading.kind?, section.heading.number.as_ref()?)));
    let distinct: FxHashSet<Key> = numbered().map(|(kind, number)| Key::new(kind, number)).collect();
    let all = numbered().count();
    (all - distinct.len()) * 5 <= all
}
