//! Lessons for a learner that is not written in Rust (`learn.py`): the junctions of some pages set in columns as arrays of
//! fixed lengths, as a processor for graphics wants them. A lesson is, in little-endian numbers of 32 bits: how many words,
//! places, scans of either direction and samples of it are used; then the arrays of [`Lesson`], each as long as its limit
//! says, what is not used being zero.

use crate::compose::stretched;
use crate::junctions::Samples;
use crate::page::Page;
use crate::prose::Source;
use fastrand::Rng;
use std::collections::HashMap;
use std::io::{self, Write};
use transcript::columns::familiar::Familiar;
use transcript::columns::weights::slot;
use transcript::columns::word::{FEATURES, MEETINGS, Word, meeting};

/// The most of each kind that a lesson holds. A page has some four hundred words and five hundred samples.
const WORDS: usize = 8192;
const PLACES: usize = 16_384;
const SCANS: usize = 3072;
const SAMPLES: usize = 26_624;
/// As powers of two, the features of words and of meetings that are told apart.
pub(crate) const VECTORS: u32 = 17;
pub(crate) const MEETS: u32 = 20;
/// Stands for a meeting's feature that is not there: one more than the largest.
const NONE: u32 = 1 << MEETS;

#[derive(Default)]
pub(crate) struct Lesson {
    /// For each word that occurs where its features lie in the table of vectors.
    features: Vec<[u32; FEATURES]>,
    numbers: HashMap<Word, u32>,
    /// Which word stands at each place.
    places: Vec<u32>,
    /// Where the sides of either direction are read from: the place of the first word, read on, and the place after the
    /// last, read back.
    scans: [Vec<u32>; 2],
    /// Of each sample the scan and the number of words of its left side, the same of its right one, whether it is natural,
    /// and which page of the lesson it is of.
    samples: Vec<[u32; 6]>,
    /// Where the features of each sample's meeting lie in their table.
    meetings: Vec<[u32; MEETINGS]>,
    pages: u32,
}

impl Lesson {
    /// Adds the junctions of a page; false where there is no room for all of them.
    fn add(&mut self, samples: &Samples, familiar: &Familiar) -> bool {
        let room = self.numbers.len() + samples.words.len() <= WORDS
            && self.places.len() + samples.words.len() <= PLACES
            && self.scans.iter().all(|scans| scans.len() + samples.all.len().min(samples.words.len() + 1) <= SCANS)
            && self.samples.len() + samples.all.len() <= SAMPLES;
        if !room {
            return false;
        }
        let base = self.places.len() as u32;
        for word in &samples.words {
            let next = self.features.len() as u32;
            let number = *self.numbers.entry(*word).or_insert(next);
            if number == next {
                self.features.push(word.features(familiar).map(|feature| slot(feature, (1 << VECTORS) - 1) as u32));
            }
            self.places.push(number);
        }
        let mut found: [HashMap<usize, u32>; 2] = Default::default();
        for sample in &samples.all {
            let mut scan = |direction: usize, place: usize| {
                let scans = &mut self.scans[direction];
                *found[direction].entry(place).or_insert_with(|| {
                    scans.push(base + place as u32);
                    scans.len() as u32 - 1
                })
            };
            let (left, right) = (scan(0, sample.left.start), scan(1, sample.right.end));
            let lengths = [sample.left.len() as u32, sample.right.len() as u32];
            self.samples.push([left, lengths[0], right, lengths[1], u32::from(sample.natural), self.pages]);
            let (before, after) = samples.meeting(sample);
            let (features, cut) = meeting(&before, &after);
            let mut met = [NONE; MEETINGS];
            for (met, feature) in met.iter_mut().zip(features.into_iter().chain(cut.into_iter().flatten())) {
                *met = slot(feature, (1 << MEETS) - 1) as u32;
            }
            self.meetings.push(met);
        }
        self.pages += 1;
        true
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let counts =
            [self.features.len(), self.places.len(), self.scans[0].len(), self.scans[1].len(), self.samples.len()];
        let mut bytes = Vec::new();
        let mut array = |numbers: &mut dyn Iterator<Item = u32>, length: usize| {
            let end = bytes.len() + 4 * length;
            numbers.for_each(|number| bytes.extend(number.to_le_bytes()));
            bytes.resize(end, 0u8);
        };
        array(&mut counts.iter().map(|count| *count as u32), counts.len());
        array(&mut self.features.iter().flatten().copied(), WORDS * FEATURES);
        array(&mut self.places.iter().copied(), PLACES);
        for scans in &self.scans {
            array(&mut scans.iter().copied(), SCANS);
        }
        array(&mut self.samples.iter().flatten().copied(), SAMPLES * 6);
        array(&mut self.meetings.iter().flatten().copied(), SAMPLES * MEETINGS);
        out.write_all(&bytes)
    }
}

/// Writes lessons of these pages, a page too large for one left out.
pub(crate) fn of_pages(pages: impl Iterator<Item = Page>, familiar: &Familiar, out: &mut impl Write) -> io::Result<()> {
    let mut lesson = Lesson::default();
    for page in pages {
        let samples = Samples::of(&page, true);
        if !lesson.add(&samples, familiar) {
            lesson.write(out)?;
            lesson = Lesson::default();
            lesson.add(&samples, familiar);
        }
    }
    lesson.write(out)
}

/// Pages set from the sources without end, from each in the order of a shuffled list and then of another. Some are set much
/// wider and some narrower than columns are as a rule: lines are looked at before it is known whether they split, and of three
/// columns each is narrow.
pub(crate) fn endless<'s>(sources: &'s [Source], list: Vec<usize>, seed: u64) -> impl Iterator<Item = Page> + 's {
    let mut rng = Rng::with_seed(seed);
    let mut left: Vec<usize> = Vec::new();
    std::iter::from_fn(move || {
        if left.is_empty() {
            left.clone_from(&list);
            rng.shuffle(&mut left);
        }
        let source = left.pop()?;
        let by = match rng.f32() {
            ..0.12 => 1.5 + rng.f32(),
            0.12..0.2 => 0.6,
            _ => 1.0,
        };
        Some(stretched(String::new(), &sources[source], 2, by, &mut rng))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        let line = "The old harbour was built of stone, and every ship that came in paid for its place at the quay. ";
        Source { language: "en".to_owned(), paragraphs: (0..30).map(|at| line.repeat(1 + at % 4)).collect() }
    }

    #[test]
    fn a_side_is_told_by_where_it_is_read_from_and_its_length() {
        let familiar = Familiar::with_all();
        let page = endless(&[source()], vec![0], 7).next().expect("pages without end");
        let samples = Samples::of(&page, true);
        let mut lesson = Lesson::default();
        assert!(lesson.add(&samples, &familiar) && lesson.add(&samples, &familiar), "two pages find room");
        let of = |word: &Word| word.features(&familiar).map(|feature| slot(feature, (1 << VECTORS) - 1) as u32);
        let there = |place: usize| lesson.features[lesson.places[place] as usize];
        for (at, told) in lesson.samples.iter().enumerate() {
            let sample = &samples.all[at % samples.all.len()];
            let [left, length, right, ahead, natural, page] = told.map(|number| number as usize);
            let start = lesson.scans[0][left] as usize;
            let end = lesson.scans[1][right] as usize;
            assert!((start..start + length).map(there).eq(samples.words[sample.left.clone()].iter().map(of)));
            assert!((end - ahead..end).map(there).eq(samples.words[sample.right.clone()].iter().map(of)));
            assert_eq!((natural == 1, page), (sample.natural, at / samples.all.len()));
        }
        assert_eq!(lesson.features.len(), lesson.numbers.len(), "a word that occurs twice is told once");
    }

    #[test]
    fn the_same_seed_writes_the_same_lessons_all_of_one_length() {
        let lessons = |seed, pages| {
            let (source, mut bytes) = ([source()], Vec::new());
            let pages = endless(&source, vec![0], seed).take(pages);
            of_pages(pages, &Familiar::with_all(), &mut bytes).expect("memory takes all");
            bytes
        };
        assert_eq!(lessons(5, 60), lessons(5, 60));
        assert_ne!(lessons(5, 60), lessons(6, 60), "another seed sets other pages");
        let [one, many] = [1, 150].map(|pages| lessons(5, pages).len());
        assert!(many > one && many.is_multiple_of(one), "{many} bytes of many lessons, {one} of one");
    }
}
