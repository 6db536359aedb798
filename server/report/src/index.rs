//! What references can lead to in one text, and the references themselves, by what they ask for.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use transcript::heading::{Heading, opening};
use transcript::letters::spelt;
use transcript::number::{Kind, Number, Part, Parts};
use transcript::page::Page;
use transcript::reference::{Reference, Whereabouts};
use transcript::span::Span;
use transcript::survey::Survey;

/// What is asked for: a title, or a number among things that are numbered together. Chapters, sections and annexes are, for
/// "hoofdstuk 1.3" and "section B.2" ask for a section, the one of a chapter and the other of an annex.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    kind: Kind,
    // Before the title, for keys are compared with very many others, and most are of a number.
    number: Number,
    /// The letters and digits of a title; empty where a number is asked for.
    title: String,
}

impl Key {
    /// The key of a kind and a number. "IV" and "4" have the same.
    pub fn new(kind: Kind, number: &Number) -> Self {
        let kind = if is_heading(kind) { Kind::Chapter } else { kind };
        let plain = |part: &Part| match *part {
            Part::Roman(value) => Part::Arabic(value, None),
            other => other,
        };
        Key { kind, title: String::new(), number: Number { parts: number.parts.iter().map(plain).collect() } }
    }

    /// The key of a title, its number and signs and the case of its letters aside. All headings are titled together,
    /// those without a number among them.
    pub fn titled(kind: Option<Kind>, title: &str) -> Self {
        let kind = kind.filter(|kind| !is_heading(*kind) && *kind != Kind::Part).unwrap_or(Kind::Chapter);
        let number = title.starts_with(|sign: char| sign.is_ascii_digit()).then(|| opening(title)).flatten();
        let words = number.map_or(title, |number| &title[number.title..]);
        let words = if words.is_empty() { title } else { words };
        let words = spelt(words);
        let letters = words.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase);
        Key { kind, title: letters.collect(), number: Number { parts: Parts::new() } }
    }

    /// The key of what is asked for by its side alone: all that is of a kind.
    fn of_kind(kind: Kind) -> Self {
        Self::new(kind, &Number { parts: Parts::new() })
    }

    /// Whether it is one of those: things are looked for on the side that is said, not by their key.
    fn is_of_kind(&self) -> bool {
        self.title.is_empty() && self.number.parts.is_empty()
    }

    /// By what a reference asks.
    pub fn asked(reference: &Reference) -> Self {
        match (&reference.number, &reference.title) {
            (Some(number), _) => Self::new(reference.kind, number),
            (None, Some(title)) => Self::titled(Some(reference.kind), title),
            (None, None) => Self::of_kind(reference.kind),
        }
    }

    /// All by which a thing may be asked for.
    pub fn naming(kind: Option<Kind>, number: Option<&Number>, title: &str) -> Vec<Self> {
        let by_number = kind.zip(number).map(|(kind, number)| Self::new(kind, number));
        let by_title = Some(Self::titled(kind, title)).filter(|key| !key.title.is_empty());
        let by_title = by_title.filter(|_| !matches!(kind, Some(Kind::Page | Kind::Note)));
        let by_side = Self::of_kind(kind.unwrap_or(Kind::Chapter));
        by_number.into_iter().chain(by_title).chain([by_side]).collect()
    }

    /// The kind, that of all headings being the chapter's.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The number, numerals as their values.
    pub fn number(&self) -> &Number {
        &self.number
    }

    /// Whether the other key is this one, or that of a part of what has this one: 1.3 and 1.3.2.
    pub fn covers(&self, other: &Key) -> bool {
        self.kind == other.kind && other.number.parts.starts_with(&self.number.parts)
    }

    /// Whether another key is of a title that starts with this one's.
    pub fn starts(&self, other: &Key) -> bool {
        self.kind == other.kind && !self.title.is_empty() && other.title.starts_with(&self.title)
    }

    /// The keys of all titles that this one's goes on after.
    pub fn shorter(&self) -> Vec<Key> {
        let ends = self.title.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
        ends.map(|end| Key { title: self.title[..end].to_owned(), ..self.clone() }).collect()
    }

    /// The keys before and after this one in its row: 1.2 and 1.4 of 1.3.
    pub fn neighbours(&self) -> Vec<Key> {
        let with = |last: Part| {
            let mut key = self.clone();
            key.number.parts.pop();
            key.number.parts.push(last);
            key
        };
        match self.number.parts.last() {
            Some(&Part::Arabic(value, None)) if value > 1 => {
                vec![with(Part::Arabic(value - 1, None)), with(Part::Arabic(value + 1, None))]
            }
            _ => Vec::new(),
        }
    }
}

/// The figure, table or box that a panel is part of: "figuur 3a" of what is headed "Figuur 3".
pub fn whole_of_panel(reference: &Reference) -> Option<Reference> {
    let (last, head) = reference.number.as_ref()?.parts.split_last()?;
    let Part::Arabic(value, Some(_)) = *last else { return None };
    let paneled = matches!(reference.kind, Kind::Figure | Kind::Table | Kind::Box);
    let parts = head.iter().copied().chain([Part::Arabic(value, None)]).collect();
    paneled.then(|| Reference { number: Some(Number { parts }), ..reference.clone() })
}

/// Whether what is asked for by one kind may be of the other, their keys being the same. Annexes have chapters of their
/// own: "bijlage 1" is not "hoofdstuk 1", but "section B.2" is in an annex.
pub fn fits(asked: Kind, found: Kind, number: &Number) -> bool {
    let lettered = matches!(number.parts.first(), Some(Part::Letter(_)));
    asked == found
        || is_heading(asked) && is_heading(found) && (lettered || asked != Kind::Annex && found != Kind::Annex)
}

/// Whether two kinds are numbered together.
pub fn is_alike(one: Kind, other: Kind) -> bool {
    one == other || is_heading(one) && is_heading(other)
}

fn is_heading(kind: Kind) -> bool {
    matches!(kind, Kind::Chapter | Kind::Section | Kind::Annex)
}

/// Something in a text that can be led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is; none for a heading without a number or a noun.
    pub kind: Option<Kind>,
    /// Its number.
    pub number: Option<Number>,
    /// Its title; empty where there is none.
    pub title: String,
    /// All of it: a section with what stands under it, a page.
    pub span: Span,
    /// Its heading, its caption, its first line: where the cursor goes.
    pub name_span: Span,
    /// Whether it is only an entry of a contents list.
    pub in_contents: bool,
}

impl Entry {
    /// What it is and its number, where it has both.
    fn counted(&self) -> Option<(Kind, &Number)> {
        self.kind.zip(self.number.as_ref())
    }
}

/// What a number looks like: what it counts, and whether it is of digits, numerals or letters and of one part or more.
pub type Form = (Kind, u8);

/// The form of a number, which must have a part.
pub fn form(kind: Kind, number: &Number) -> Form {
    let kind = if is_heading(kind) { Kind::Chapter } else { kind };
    let first = match number.parts[0] {
        Part::Arabic(..) | Part::Roman(_) => 0,
        Part::Letter(_) => 2,
    };
    (kind, first + u8::from(number.parts.len() > 1))
}

/// What a text can be asked for.
#[derive(Clone, Debug, Default)]
pub struct Index {
    entries: Vec<Entry>,
    names: Arc<Names>,
}

/// By what a text can be asked for, to be compared with what it could be before an edit: the same is told to be another where
/// it was another in between, but never the other way round.
#[derive(Clone, Debug)]
pub struct Named(Arc<Names>);

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// By what the entries of a text are asked for, wherever in it they stand.
#[derive(Clone, Debug, Default)]
struct Names {
    by_key: Keyed,
    forms: HashMap<Form, usize>,
}

impl Index {
    /// The index of a text.
    pub fn new(text: &str, survey: &Survey) -> Self {
        let outline = &survey.plan.outline;
        let sections = outline.sections.iter().map(|section| entry(&section.heading, section.body, false));
        let others = outline.others.iter().map(|heading| entry(heading, heading.span, false));
        let contents = outline.contents.iter().map(|heading| entry(heading, heading.span, true));
        let mut entries: Vec<Entry> = sections.chain(others).chain(contents).collect();
        entries.extend(pages(text, survey));
        entries.shrink_to_fit();
        Index { entries, names: Arc::default() }
    }

    /// The same, where that of the text before an edit is known: most edits name nothing anew.
    pub fn after(text: &str, survey: &Survey, before: Option<&Index>) -> Self {
        let index = Self::new(text, survey);
        let named = |entry: &Entry| (entry.kind, entry.in_contents);
        let alike = |(one, other): (&Entry, &Entry)| {
            named(one) == named(other) && one.number == other.number && one.title == other.title
        };
        let same = |before: &&Index| {
            before.entries.len() == index.entries.len() && before.entries.iter().zip(&index.entries).all(alike)
        };
        let names = before.filter(same).map(|before| Arc::clone(&before.names));
        Index { names: names.unwrap_or_else(|| Arc::new(Names::new(&index.entries))), ..index }
    }

    /// By what the text can be asked for.
    pub fn named(&self) -> Named {
        Named(Arc::clone(&self.names))
    }

    /// Everything, in the order of its kinds.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many things of each form the text numbers, what its contents lists name left out.
    pub fn forms(&self) -> &HashMap<Form, usize> {
        &self.names.forms
    }

    /// What has a key.
    pub fn get<'i>(&'i self, key: &Key) -> impl Iterator<Item = &'i Entry> + use<'i> {
        self.names.by_key.with(key).map(|at| &self.entries[at])
    }

    /// Every key that something has.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.names.by_key.distinct()
    }
}

impl Names {
    fn new(entries: &[Entry]) -> Self {
        let keys = entries.iter().enumerate().flat_map(|(at, entry)| {
            let keys = Key::naming(entry.kind, entry.number.as_ref(), &entry.title).into_iter();
            keys.filter(|key| !key.is_of_kind()).map(move |key| (key, at))
        });
        let mut names = Self { by_key: Keyed::new(keys), forms: HashMap::new() };
        for (kind, number) in entries.iter().filter(|entry| !entry.in_contents).filter_map(Entry::counted) {
            *names.forms.entry(form(kind, number)).or_default() += 1;
        }
        names
    }
}

/// What the references of a text ask for; those that lead out of the report do not count.
#[derive(Clone, Debug, Default)]
pub struct Asked(Keyed);

impl Asked {
    /// What these references ask for.
    pub fn new(references: &[Reference]) -> Self {
        let inside = |(_, reference): &(usize, &Reference)| reference.whereabouts != Whereabouts::Outside;
        let asked = references.iter().enumerate().filter(inside);
        let keys = asked.flat_map(|(at, reference)| {
            let whole = whole_of_panel(reference).map(|whole| Key::asked(&whole));
            whole.into_iter().chain([Key::asked(reference)]).map(move |key| (key, at))
        });
        Asked(Keyed::new(keys))
    }

    /// The references that ask for a key, by their places.
    pub fn by(&self, key: &Key) -> impl Iterator<Item = usize> {
        self.0.with(key)
    }

    /// Every key that is asked for.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.0.distinct()
    }
}

/// Places by their keys, in the order of the keys' hashes: less than a table, and nearly as soon searched, for the hashes lie
/// side by side.
#[derive(Clone, Debug, Default)]
struct Keyed {
    hashes: Vec<u32>,
    places: Vec<(Key, u32)>,
}

impl Keyed {
    fn hash(key: &Key) -> u32 {
        (FxBuildHasher.hash_one(key) >> 32) as u32
    }

    fn new(keys: impl Iterator<Item = (Key, usize)>) -> Self {
        // No text has four thousand million headings or references.
        let mut all: Vec<(u32, Key, u32)> = keys.map(|(key, at)| (Self::hash(&key), key, at as u32)).collect();
        all.sort_unstable();
        let (hashes, places) = all.into_iter().map(|(hash, key, at)| (hash, (key, at))).unzip();
        Self { hashes, places }
    }

    /// The places with a key, in ascending order.
    fn with(&self, key: &Key) -> impl Iterator<Item = usize> + use<'_> {
        let hash = Self::hash(key);
        let start = self.hashes.partition_point(|other| *other < hash);
        let count = self.hashes[start..].iter().take_while(|other| **other == hash).count();
        // Keys with the same hash are hardly ever others.
        let hashed = &self.places[start..start + count];
        let first = hashed.iter().position(|(other, _)| other == key).unwrap_or(count);
        let alike = &hashed[first..];
        alike.iter().take_while(|(other, _)| *other == alike[0].0).map(|(_, at)| *at as usize)
    }

    /// Every key once.
    fn distinct(&self) -> impl Iterator<Item = &Key> {
        self.places.chunk_by(|one, other| one.0 == other.0).filter_map(|alike| Some(&alike.first()?.0))
    }
}

fn entry(heading: &Heading, span: Span, in_contents: bool) -> Entry {
    Entry {
        kind: heading.kind,
        number: heading.number.clone(),
        title: heading.title.clone(),
        span,
        name_span: heading.span,
        in_contents,
    }
}

/// The pages whose printed number is known.
fn pages(text: &str, survey: &Survey) -> Vec<Entry> {
    let numbered = survey.plan.pages.iter().filter_map(|page| Some((page, page.number.as_deref()?)));
    numbered.filter_map(|(entry, number)| page(text, entry, number)).collect()
}

/// A page as an entry, where its printed number is one of digits; numerals of prefaces are left to the reader's eye.
pub fn page(text: &str, page: &Page, number: &str) -> Option<Entry> {
    let value = number.trim().parse().ok()?;
    let number = Some(Number::arabic(value));
    let name_span = first_line(text, page.span);
    let (kind, title, in_contents) = (Some(Kind::Page), String::new(), false);
    Some(Entry { kind, number, title, span: page.span, name_span, in_contents })
}

/// The first line of a span, without its line end.
fn first_line(text: &str, span: Span) -> Span {
    let length = text[span.range()].find(['\n', '\r']).unwrap_or(span.len());
    Span::new(span.start, span.start + length)
}
