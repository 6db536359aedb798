//! The printed numbers of the pages of a folder's files, told from all of them together: a file that holds one page
//! seldom tells its number for certain, its neighbours do.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use transcript::language;
use transcript::number::Kind;
use transcript::page::{self, Page};

use crate::document::Document;
use crate::name::Name;

/// Of every file of a folder, the number of each of its pages.
#[derive(Debug, Default)]
pub struct Pagination {
    numbers: HashMap<Name, Vec<Option<String>>>,
    /// Which pages have a number: the file and the place of the page in it.
    pages: HashMap<String, Vec<(Name, usize)>>,
    /// The pages of the files that may be edited, as they were when they were numbered.
    edited: Vec<(Name, Vec<Page>)>,
}

impl Pagination {
    /// Numbers the pages of documents that lie in one folder.
    pub fn new(mut documents: Vec<&Arc<Document>>, is_open: impl Fn(&Name) -> bool) -> Self {
        documents.sort_by_cached_key(|document| natural(document.name()));
        let pages: Vec<&Page> = documents.iter().flat_map(|document| &document.plan().pages).collect();
        let mut told = page::numbers(&pages, false).into_iter();
        let mut numbers: Vec<Vec<Option<String>>> = Vec::new();
        for document in &documents {
            let own = &document.plan().pages;
            let together: Vec<_> = own.iter().map(|_| told.next().flatten()).collect();
            // Of a text with several pages its own count is the best there is.
            let alone = own.len() > 1 && own.iter().any(|page| page.number.is_some());
            numbers.push(if alone { own.iter().map(|page| page.number.clone()).collect() } else { together });
        }
        by_name(&documents, &mut numbers);
        let known = numbers.iter().filter(|numbers| numbers.iter().any(Option::is_some)).count();
        if known * 2 < documents.len() {
            guess(&documents, &mut numbers);
        }
        let names = documents.iter().map(|document| document.name().clone());
        let numbers: HashMap<_, _> = names.zip(numbers).collect();
        let mut pages: HashMap<String, Vec<(Name, usize)>> = HashMap::new();
        for document in &documents {
            let numbered = numbers.get(document.name()).into_iter().flatten().enumerate();
            for (at, number) in numbered.filter_map(|(at, number)| Some((at, number.clone()?))) {
                pages.entry(number).or_default().push((document.name().clone(), at));
            }
        }
        let open = documents.iter().filter(|document| is_open(document.name()));
        let edited = open.map(|document| (document.name().clone(), document.plan().pages.clone())).collect();
        Self { numbers, pages, edited }
    }

    /// Whether the pages of these files, which are all that may be edited, still count as they did: else all have to be
    /// numbered anew.
    pub fn holds<'d>(&self, open: impl Iterator<Item = &'d Arc<Document>>) -> bool {
        let mut now: Vec<&Arc<Document>> = open.collect();
        now.sort_by_cached_key(|document| natural(document.name()));
        let alike = |(name, then): &(Name, Vec<Page>), now: &Document| {
            let pages = &now.plan().pages;
            name == now.name()
                && then.len() == pages.len()
                && then.iter().zip(pages).all(|(then, now)| then.counts_like(now))
        };
        now.len() == self.edited.len() && self.edited.iter().zip(now).all(|(then, now)| alike(then, now))
    }

    /// The pages with a number.
    pub fn with(&self, number: &str) -> &[(Name, usize)] {
        self.pages.get(number).map_or(&[], Vec::as_slice)
    }

    /// The numbers of a document's pages.
    pub fn of(&self, name: &Name) -> &[Option<String>] {
        self.numbers.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Fills in what a page that stands alone tells of itself.
fn guess(documents: &[&Arc<Document>], numbers: &mut [Vec<Option<String>>]) {
    for (document, numbers) in documents.iter().zip(numbers) {
        for (page, number) in document.plan().pages.iter().zip(numbers) {
            if number.is_none() {
                number.clone_from(&page.number);
            }
        }
    }
}

/// Fills in what the names of files say that hold one page each: "p017.txt". Where folios are known besides, the names
/// must agree with them, or be off by the same number everywhere.
fn by_name(documents: &[&Arc<Document>], numbers: &mut [Vec<Option<String>>]) {
    let named: Vec<Option<(String, i64)>> = documents.iter().map(|document| name_number(document)).collect();
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    let mut known = 0;
    for (named, numbers) in named.iter().zip(&*numbers) {
        if let (Some((_, value)), [Some(number)]) = (named, &numbers[..])
            && let Ok(number) = number.parse::<i64>()
        {
            known += 1;
            *offsets.entry(number - value).or_default() += 1;
        }
    }
    let best = offsets.iter().max_by_key(|(offset, times)| (**times, -offset.abs()));
    let offset = match best {
        Some((offset, times)) if *times >= 3 && *times * 5 >= known * 3 => *offset,
        None => 0,
        Some(_) => return,
    };
    let mut alike: HashMap<&str, usize> = HashMap::new();
    named.iter().flatten().for_each(|(stem, _)| *alike.entry(stem).or_default() += 1);
    for (named, numbers) in named.iter().zip(numbers) {
        let (Some((stem, value)), [number @ None]) = (named, &mut numbers[..]) else { continue };
        let says_page = is_page_word(stem);
        if known > 0 || says_page && alike[stem.as_str()] >= 2 {
            *number = Some(value + offset).filter(|value| *value > 0).map(|value| value.to_string());
        }
    }
}

/// The number at the end of a file's name and what stands before it, where the file holds one page.
fn name_number(document: &Document) -> Option<(String, i64)> {
    let [_] = document.plan().pages[..] else { return None };
    let stem = document.name().path()?.file_stem()?.to_str()?;
    let digits = stem.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (before, number) = stem.split_at(stem.len() - digits);
    Some((before.to_lowercase(), number.parse().ok().filter(|_| digits <= 4)?))
}

/// Whether what stands before a number in a file's name ends with a word for page, or nothing stands there.
fn is_page_word(before: &str) -> bool {
    let word = before.rsplit(|sign: char| !sign.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or("p");
    language::nouns(word).iter().any(|noun| noun.kind == Kind::Page)
}

/// A name by which "p2" comes before "p10".
fn natural(name: &Name) -> Vec<(u64, String)> {
    let text = name.path().and_then(Path::file_name).map_or_else(|| name.to_string(), |n| n.to_string_lossy().into());
    let mut parts = vec![(0, String::new())];
    for sign in text.chars() {
        let last = parts.len() - 1;
        match sign.to_digit(10) {
            Some(digit) if parts[last].1.is_empty() => {
                parts[last].0 = (parts[last].0 * 10 + u64::from(digit)) % 10_000_000
            }
            Some(digit) => parts.push((u64::from(digit), String::new())),
            None => parts[last].1.push(sign),
        }
    }
    parts
}
