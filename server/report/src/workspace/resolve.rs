//! Where references lead: in the same text first, then in the report beside it, then in the folders around.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use transcript::check::title_mismatch;
use transcript::heading::Heading;
use transcript::letters::small;
use transcript::number::{Kind, Number};
use transcript::reference::{Reference, Toward, Whereabouts};
use transcript::span::Span;

use super::Workspace;
use crate::document::Document;
use crate::index::{self, Entry, Key};
use crate::name::Name;

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The document.
    pub name: Name,
    /// What it is; none for a heading without a number or a noun.
    pub kind: Option<Kind>,
    /// Its number.
    pub number: Option<Number>,
    /// Its title.
    pub title: String,
    /// All of it: a section with what stands under it, a page.
    pub span: Span,
    /// Its heading, its caption: where the cursor goes.
    pub name_span: Span,
    /// Whether it is only an entry of a contents list, the thing itself being in no document.
    pub in_contents: bool,
}

impl Target {
    pub(crate) fn new(name: &Name, entry: &Entry) -> Self {
        let Entry { kind, number, title, span, name_span, in_contents } = entry.clone();
        Self { name: name.clone(), kind, number, title, span, name_span, in_contents }
    }
}

/// A document and a thing in it that a reference leads to.
pub(super) type Lead<'w> = (&'w Arc<Document>, Cow<'w, Entry>);

impl Workspace {
    /// The reference under a byte of a document.
    pub fn reference_at(&self, name: &Name, offset: usize) -> Option<&Reference> {
        let references = &self.document(name)?.survey().references;
        let in_number = references.iter().find(|reference| reference.span.touches(offset));
        in_number.or_else(|| references.iter().find(|reference| reference.mention.touches(offset)))
    }

    /// The heading, caption or note under a byte of a document.
    pub fn target_at(&self, name: &Name, offset: usize) -> Option<Target> {
        let entries = self.document(name)?.index().entries();
        let found = entries.iter().find(|entry| entry.kind != Some(Kind::Page) && entry.name_span.touches(offset))?;
        Some(Target::new(name, found))
    }

    /// Where a reference of a document leads: all that are equally near, in the order of their names and places.
    /// Nothing for one that leads outside of the report.
    ///
    /// The same text comes first, then the other files of its folder, then entries of contents lists in either, then
    /// the folders around it up to the workspace's. A buffer without a file looks in all folders. Where the sentence names
    /// the report of another year, only files or folders with that year in their names come into question.
    pub fn targets(&self, name: &Name, reference: &Reference) -> Vec<Target> {
        let leads = self.leads(name, reference).into_iter();
        leads.map(|(document, entry)| Target::new(document.name(), &entry)).collect()
    }

    /// The same, not yet copied.
    pub(super) fn leads(&self, name: &Name, reference: &Reference) -> Vec<Lead<'_>> {
        if reference.whereabouts == Whereabouts::Outside {
            return Vec::new();
        }
        let mut found = self.candidates(name, reference);
        if let Whereabouts::Edition(year) = reference.whereabouts {
            found.retain(|(_, document, _)| self.is_of_year(document.name(), year));
        }
        if found.len() > 1 {
            let header = |entry: &Entry, document| self.is_header(document, entry.name_span, entry.number.is_some());
            keep_if_any(&mut found, |(_, document, entry)| entry.kind == Some(Kind::Page) || !header(entry, document));
        }
        let Some(best) = found.iter().map(|(rank, ..)| *rank).min() else {
            let whole = index::whole_of_panel(reference).map(|whole| self.leads(name, &whole));
            return whole.unwrap_or_else(|| self.called(name, reference));
        };
        // A note at the foot of another page is not meant where the sentence goes on with the title of a section.
        if reference.kind == Kind::Note && best > 0 {
            let called = self.called(name, reference);
            if !called.is_empty() {
                return called;
            }
        }
        let mut nearest: Vec<Lead> =
            found.into_iter().filter(|(rank, ..)| *rank == best).map(|(_, d, e)| (d, e)).collect();
        if nearest.len() == 1 {
            return nearest;
        }
        keep_if_any(&mut nearest, |(_, entry)| entry.kind == Some(reference.kind));
        if let Some(title) = &reference.title {
            keep_if_any(&mut nearest, |(_, entry)| title_mismatch::same(title, &entry.title));
        }
        if let Some(toward) = reference.toward {
            keep_nearest(&mut nearest, name, reference, toward);
        }
        nearest.sort_by_key(|(document, entry)| (document.name(), entry.name_span));
        nearest
    }

    /// A quick look at whether a reference without a title leads to one thing in its own text, as nearly all do: nothing
    /// is nearer.
    pub(super) fn leads_home(&self, document: &Document, reference: &Reference) -> bool {
        let Some(number) = reference.number.as_ref().filter(|_| reference.title.is_none()) else { return false };
        if !reference.whereabouts.is_here() || reference.kind == Kind::Page {
            return false;
        }
        let fits = |entry: &&Entry| entry.kind.is_some_and(|kind| index::fits(reference.kind, kind, number));
        let mut home = document.index().get(&Key::asked(reference)).filter(fits).filter(|entry| !entry.in_contents);
        let (Some(entry), None) = (home.next(), home.next()) else { return false };
        !self.is_header(document, entry.name_span, true)
    }

    /// The references that lead to a target, in the order of the documents.
    pub fn references_to(&self, target: &Target) -> Vec<(Name, Reference)> {
        let mut found = Vec::new();
        for key in Key::naming(target.kind, target.number.as_ref(), &target.title) {
            let closed = self.disk.askers(&key).filter(|document| !self.is_open(document.name()));
            for document in self.open_documents().chain(closed) {
                let references = &document.survey().references;
                let asking = document.asked().by(&key).map(|at| &references[at]);
                let leading = asking.filter(|reference| self.targets(document.name(), reference).contains(target));
                found.extend(leading.map(|reference| (document.name().clone(), reference.clone())));
            }
        }
        found.sort_by(|(one, first), (other, second)| (one, first.span).cmp(&(other, second.span)));
        found
    }

    /// Everything that a reference may mean, with how far away it is.
    pub(super) fn candidates(
        &self,
        name: &Name,
        reference: &Reference,
    ) -> Vec<(usize, &Arc<Document>, Cow<'_, Entry>)> {
        if let (Kind::Page, Some(number)) = (reference.kind, &reference.number) {
            return self.pages(name, reference, &number.to_string());
        }
        if let (None, None, Some(toward)) = (&reference.number, &reference.title, reference.toward) {
            return self.beside(name, reference, toward);
        }
        let key = Key::asked(reference);
        let closed = self.disk.holders(&key).filter(|document| !self.is_open(document.name()));
        let mut found = Vec::new();
        for document in self.open_documents().chain(closed) {
            let Some(distance) = self.distance(name, document.name()) else { continue };
            for entry in document.index().get(&key) {
                let fits = |number| entry.kind.is_some_and(|kind| index::fits(reference.kind, kind, number));
                if reference.number.as_ref().is_none_or(fits) {
                    found.push((rank(distance, entry.in_contents), document, Cow::Borrowed(entry)));
                }
            }
        }
        found
    }

    /// The nearest thing of the kind asked for on one side of a reference, in the same text. A chapter or section that
    /// holds the reference is not beside it.
    fn beside(
        &self,
        name: &Name,
        reference: &Reference,
        toward: Toward,
    ) -> Vec<(usize, &Arc<Document>, Cow<'_, Entry>)> {
        let Some(document) = self.document(name) else { return Vec::new() };
        let at = reference.span.start;
        let entries = document.index().entries().iter().filter(|entry| !entry.in_contents);
        let like = |entry: &&Entry| entry.kind == Some(reference.kind);
        let nearest = match toward {
            Toward::Above => {
                let done =
                    |entry: &&Entry| entry.name_span.end <= at && !(entry.span.start <= at && at < entry.span.end);
                entries.filter(like).filter(done).max_by_key(|entry| entry.name_span.start)
            }
            Toward::Below => entries
                .filter(like)
                .filter(|entry| entry.name_span.start > at)
                .min_by_key(|entry| entry.name_span.start),
        };
        nearest.map(|entry| (0, document, Cow::Borrowed(entry))).into_iter().collect()
    }

    /// The lines of the report that may be the heading of what a reference gives number and title of. In annual reports
    /// the notes are sections of this sort.
    fn called(&self, name: &Name, reference: &Reference) -> Vec<Lead<'_>> {
        let Some(number) = &reference.number else { return Vec::new() };
        let asked = reference.called.as_deref().or(reference.title.as_deref());
        let asked = asked.filter(|_| matches!(reference.kind, Kind::Note | Kind::Chapter | Kind::Section));
        let Some(asked) = asked.filter(|_| reference.whereabouts.is_here()) else { return Vec::new() };
        let mut found: Vec<Lead> = Vec::new();
        let closed = self.disk.loosely(number).filter(|document| !self.is_open(document.name()));
        for document in self.open_documents().chain(closed) {
            let loose = &document.plan().outline.loose;
            if loose.is_empty() || self.distance(name, document.name()).is_none_or(|distance| distance > 1) {
                continue;
            }
            let fits = |heading: &&Heading| heading.number.as_ref() == Some(number) && opens_so(&heading.title, asked);
            let entry = |heading: &Heading| Entry {
                kind: Some(reference.kind),
                number: heading.number.clone(),
                title: heading.title.clone(),
                span: heading.span,
                name_span: heading.span,
                in_contents: false,
            };
            found.extend(loose.iter().filter(fits).map(|heading| (document, Cow::Owned(entry(heading)))));
        }
        found.sort_by_key(|(document, entry)| (document.name(), entry.span));
        found
    }

    /// The pages with the printed number that a reference asks for. Where the folder of its document has one, the other
    /// folders are not asked: they are farther away.
    fn pages(&self, name: &Name, reference: &Reference, number: &str) -> Vec<(usize, &Arc<Document>, Cow<'_, Entry>)> {
        let page = |other: &Name, at: usize| {
            let (distance, document) = self.distance(name, other).zip(self.document(other))?;
            let entry = index::page(document.content(), document.plan().pages.get(at)?, number)?;
            Some((rank(distance, false), document, Cow::Owned(entry)))
        };
        let of_folder = |folder: &Path| -> Vec<_> {
            let pagination = self.pagination(folder);
            pagination.with(number).iter().filter_map(|(other, at)| page(other, *at)).collect()
        };
        let of_buffer = || {
            let numbers = self.page_numbers(name).into_iter().enumerate();
            let fitting = numbers.filter(|(_, printed)| printed.as_deref() == Some(number));
            fitting.filter_map(|(at, _)| page(name, at)).collect()
        };
        let own = name.path().and_then(Path::parent);
        let mut found = own.map_or_else(of_buffer, of_folder);
        if found.is_empty() || matches!(reference.whereabouts, Whereabouts::Edition(_)) {
            let open = self.open_documents().filter_map(|document| document.name().path()?.parent());
            let all: BTreeSet<&Path> = self.disk.folders().chain(open).filter(|folder| Some(*folder) != own).collect();
            found.extend(all.into_iter().flat_map(of_folder));
        }
        found
    }

    /// Whether a file or a folder that holds it, below the workspace's, has a year in its name.
    fn is_of_year(&self, name: &Name, year: u16) -> bool {
        let Some(path) = name.path() else { return false };
        let inside = self.roots.iter().filter_map(|root| path.strip_prefix(root.parent()?).ok());
        let inside = inside.min_by_key(|inside| inside.as_os_str().len()).unwrap_or(path);
        let year = year.to_string();
        let named = |part: &str| part.split(|sign: char| !sign.is_ascii_digit()).any(|digits| digits == year);
        inside.components().any(|part| part.as_os_str().to_str().is_some_and(named))
    }

    /// How far a document is from another: 0 is the same, 1 the same folder, then one more for every folder up to the
    /// one that holds both. None where they do not belong together.
    pub(crate) fn distance(&self, from: &Name, to: &Name) -> Option<usize> {
        if from == to {
            return Some(0);
        }
        let (from, to) = match (from.path(), to.path()) {
            (_, None) => return None,
            (None, Some(_)) => return Some(1),
            (Some(from), Some(to)) => (from.parent()?, to.parent()?),
        };
        let up = from.ancestors().position(|folder| to.starts_with(folder))?;
        let down = usize::from(up == 0 && from != to);
        let together = |root: &Path| from.starts_with(root) && to.starts_with(root);
        (from == to || self.roots.iter().any(|root| together(root))).then_some(1 + up + down)
    }
}

/// Of several things in the text itself keeps the nearest on one side of a reference, where one stands there.
fn keep_nearest(all: &mut Vec<Lead>, name: &Name, reference: &Reference, toward: Toward) {
    let at = reference.span.start;
    let here = all.iter().filter(|(document, _)| document.name() == name).map(|(_, entry)| entry.name_span.start);
    let nearest = match toward {
        Toward::Above => here.filter(|start| *start < at).max(),
        Toward::Below => here.filter(|start| *start > at).min(),
    };
    if let Some(nearest) = nearest {
        all.retain(|(document, entry)| document.name() == name && entry.name_span.start == nearest);
    }
}

/// Whether a line opens with the title that is asked for; the line may go on with another column, the title with the rest
/// of its sentence.
fn opens_so(line: &str, asked: &str) -> bool {
    let (line, asked): (Vec<&str>, Vec<&str>) = (line.split_whitespace().collect(), asked.split_whitespace().collect());
    let common = line.iter().zip(&asked).take_while(|(one, other)| small(one) == small(other)).count();
    let starts = |words: &[&str], lower: bool| {
        let sign = words.get(common).and_then(|word| word.chars().next());
        sign.is_none_or(|sign| if lower { sign.is_lowercase() } else { sign.is_uppercase() })
    };
    // "note 11, Goodwill are reasonable", and "11 Goodwill Goodwill allocated to".
    common >= 3 || common > 0 && starts(&asked, true) && (common == asked.len() || starts(&line, false))
}

/// What is nearer is better; an entry of a contents list is better only than what lies in other folders.
fn rank(distance: usize, in_contents: bool) -> usize {
    match (distance, in_contents) {
        (0 | 1, false) => distance,
        (0 | 1, true) => 2 + distance,
        (_, in_contents) => 2 * distance + usize::from(in_contents),
    }
}

/// Keeps what fits, unless that is nothing.
pub(super) fn keep_if_any<T>(all: &mut Vec<T>, fits: impl Fn(&T) -> bool) {
    if all.iter().any(&fits) {
        all.retain(fits);
    }
}
