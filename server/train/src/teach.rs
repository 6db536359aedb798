//! What the junction model learns from, and what became of it: which words are familiar, of which source how many pages are
//! set, and how a model does on pages from text that was kept back. The learning itself is `learn.py`'s.

use crate::compose::{HELD, set_pages};
use crate::junctions::Samples;
use crate::lessons;
use crate::measure::Figures;
use crate::page::Page;
use crate::prose::Source;
use std::collections::{BTreeMap, HashMap};
use std::io;
use transcript::columns::familiar::Familiar;
use transcript::columns::junction::Junctions;
use transcript::columns::weights::{Dense, VECTOR, Weights};
use transcript::columns::word::Word;

/// A round sets a page for so many paragraphs of a source, and so many pages at most, lest the longest decide.
const PARAGRAPHS: usize = 7;
const MOST_PAGES: usize = 2500;

/// A word is familiar that stands so often in the prose: some 130,000 of 900,000 words of 27 languages do.
const OFTEN: u32 = 10;
/// As a power of two, the bits that tell the familiar words: eight a word.
const FAMILIAR: u32 = 20;

/// The words that are common in the prose.
pub(crate) fn familiar(prose: &[Source]) -> Familiar {
    let mut often: HashMap<u64, u32> = HashMap::new();
    for word in prose.iter().flat_map(|source| &source.paragraphs).flat_map(|paragraph| paragraph.split_whitespace()) {
        *often.entry(Word::new(word).letters()).or_default() += 1;
    }
    Familiar::new(often.into_iter().filter(|(_, count)| *count >= OFTEN).map(|(word, _)| word), FAMILIAR)
}

/// The sources of a round's pages.
pub(crate) fn order(sources: &[Source]) -> Vec<usize> {
    let pages = |source: &Source| source.paragraphs.len().div_ceil(PARAGRAPHS).min(MOST_PAGES);
    sources.iter().enumerate().flat_map(|(at, source)| std::iter::repeat_n(at, pages(source))).collect()
}

/// The file of a model from the numbers that `learn.py` learnt, little-endian of 32 bits: vectors, meetings and network, one
/// after the other; prints its figures on the text kept back.
///
/// # Errors
/// Where there are more or fewer numbers.
pub(crate) fn model(learnt: &[u8], learn: &[Source], held: &[Source], seed: u64) -> io::Result<Vec<u8>> {
    let numbers: Vec<f32> = learnt.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
    let sizes = [VECTOR << lessons::VECTORS, 1 << lessons::MEETS, Dense::LENGTH];
    let expected = sizes.iter().sum::<usize>();
    if numbers.len() != expected {
        return Err(io::Error::other(format!("{} numbers were learnt where a model has {expected}", numbers.len())));
    }
    let (vectors, rest) = numbers.split_at(sizes[0]);
    let (meetings, dense) = rest.split_at(sizes[1]);
    let (vectors, meetings, dense) = (vectors.to_vec(), meetings.to_vec(), dense.to_vec());
    let bytes = Weights { vectors, meetings, familiar: familiar(learn), dense }.to_bytes();
    let model = Junctions::from_bytes(bytes.clone()).map_err(io::Error::other)?;
    report(held, &model, seed);
    Ok(bytes)
}

/// The figures of each language on text that was kept back.
fn report(held: &[Source], model: &Junctions, seed: u64) {
    let mut languages: BTreeMap<String, Vec<Page>> = BTreeMap::new();
    for page in set_pages(held, 60, 2, seed ^ HELD) {
        languages.entry(page.lang.clone()).or_default().push(page);
    }
    for (language, pages) in &languages {
        println!("{language}  {}", figures(pages, model));
    }
    let all: Vec<Page> = languages.into_values().flatten().collect();
    let all = figures(&all, model);
    println!("all {all}");
    for (said, true_share, count) in all.reliability() {
        println!("  said {said:.3}  natural {true_share:.3}  of {count}");
    }
}

/// The figures of a model on some pages.
pub(crate) fn figures(pages: &[Page], model: &Junctions) -> Figures {
    let mut figures = Figures::default();
    pages.iter().for_each(|page| figures.add(&Samples::of(page, false), model));
    figures
}
