//! A sheet: a run of lines that is judged as one page, with what every later step asks of it: how natural each
//! junction inside a line is, how natural it is that one cell goes on in another, and what the lines have in common.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::junction::{Junctions, Known, KnownWords, Left, Right, tamed};
use super::word::Word;

/// A line that is not blank, ready to be judged.
#[derive(Clone, Debug)]
pub struct Strip {
    /// The physical line.
    pub line: usize,
    /// What it holds.
    pub facts: Facts,
    /// Whether a blank line stands above it.
    pub after_blank: bool,
    /// The log-odds of the junction before each word; the first has none and says zero.
    pub inside: Vec<f32>,
    /// How much speaks for splitting the strip before each word, in nats, as far as it and its neighbours tell: that
    /// the junction is strange and that what it parts goes on in the strip below and the one above.
    pub gains: Vec<f32>,
    /// How much speaks for the split of it for which most speaks.
    most: f32,
    lefts: Vec<Left>,
    rights: Vec<Right>,
    words: Vec<Arc<Known>>,
    /// The end of the strip, as the words from each on tell it by themselves, and its beginning up to each: looked at
    /// where a split is worth a look.
    ends: Vec<OnceCell<Box<Left>>>,
    beginnings: Vec<OnceCell<Box<Right>>>,
}

/// Some words of one strip of a sheet, told in 32 bits: the lattice holds and compares very many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Piece(NonZeroU32);

impl Piece {
    /// Words of a strip. There must be one at least and fewer than 256, and fewer than 65,536 strips.
    pub fn new(strip: usize, words: Range<usize>) -> Piece {
        let number = (strip & 0xffff) << 16 | words.start.min(254) << 8 | words.end.clamp(1, 255);
        Piece(NonZeroU32::try_from(number as u32).unwrap_or(NonZeroU32::MIN))
    }

    /// The number that tells it, never zero.
    pub(super) fn number(self) -> u32 {
        self.0.get()
    }

    /// Which strip.
    pub fn strip(self) -> usize {
        (self.0.get() >> 16) as usize
    }

    /// Its first word.
    pub fn start(self) -> usize {
        (self.0.get() >> 8 & 0xff) as usize
    }

    /// The word after its last.
    pub fn end(self) -> usize {
        (self.0.get() & 0xff) as usize
    }

    /// Its words.
    pub fn words(self) -> Range<usize> {
        self.start()..self.end()
    }
}

/// A run of lines that is judged as one.
#[derive(Clone, Debug)]
pub struct Sheet<'m> {
    pub(super) junctions: &'m Junctions,
    /// Its lines but the blank ones.
    pub strips: Vec<Strip>,
    /// How many strips have a wide gap that ends at each place of the line.
    pub(super) gaps: Vec<u16>,
    /// How often each word, and each two words side by side on a line, stand in the sheet.
    pub(super) seen: FxHashMap<u64, u16>,
    pub(super) weave: f32,
}

/// What is counted of a line's words: each two side by side, and each.
pub(super) fn numbers(facts: &Facts) -> impl Iterator<Item = u64> {
    let pairs = facts.tokens.windows(2).map(|pair| pair[0].word.beside(&pair[1].word));
    pairs.chain(facts.tokens.iter().map(|token| token.word.letters()))
}

/// A gap of so many spaces is wide: no typesetter and no extractor makes one between words by chance.
pub const WIDE: u16 = 2;

impl<'m> Sheet<'m> {
    /// How much speaks for splitting a strip before each word.
    pub(super) fn gains(&self, strip: usize) -> Vec<f32> {
        let this = &self.strips[strip];
        let words = this.facts.len();
        let next = (strip + 1 < self.strips.len()).then(|| self.whole(strip + 1));
        let above = strip.checked_sub(1).map(|above| self.whole(above));
        let gain = |word: usize| {
            if word == 0 {
                return 0.0;
            }
            let on = next.map_or(0.0, |next| self.odds(Piece::new(strip, 0..word), next));
            let from = above.map_or(0.0, |above| self.odds(above, Piece::new(strip, word..words)));
            let wide = f32::from(this.facts.tokens[word].spaces.min(4)) - 1.0;
            0.5 * (0.6 * (on + from) - this.inside[word]) + wide
        };
        (0..words).map(gain).collect()
    }

    /// Counts a line's gaps and words.
    pub(super) fn count(&mut self, facts: &Facts) {
        for token in facts.tokens.iter().filter(|token| token.spaces >= WIDE) {
            let at = token.column as usize;
            if at >= self.gaps.len() {
                self.gaps.resize(at + 1, 0);
            }
            self.gaps[at] += 1;
        }
        numbers(facts).for_each(|number| *self.seen.entry(number).or_default() += 1);
    }

    /// How often two words stand side by side on the lines of the sheet; where the first was cut, or so it
    /// seems, also how often the two stand there as one word. What a report says, it says again.
    pub fn seen(&self, left: &Word, right: &Word) -> u16 {
        let times = |number: u64| self.seen.get(&number).copied().unwrap_or_default();
        times(left.beside(right)) + if left.is_broken() { times(left.joined(right)) } else { 0 }
    }

    /// Whether two halves of a word that was cut make one that is common.
    pub fn is_known(&self, left: &Word, right: &Word) -> bool {
        self.junctions.knows(left.joined(right))
    }

    /// The share of the strips that have a wide gap ending at a place of the line, or right beside it.
    pub fn aligned(&self, column: u32) -> f32 {
        self.aligned_in(&self.gaps, column)
    }

    /// The same with other gaps.
    pub(super) fn aligned_in(&self, gaps: &[u16], column: u32) -> f32 {
        let column = column as usize;
        let near = gaps.iter().skip(column.saturating_sub(1)).take(2 + column.min(1));
        near.map(|count| f32::from(*count)).sum::<f32>() / self.strips.len().max(1) as f32
    }

    /// Whether strips go on in the one after the next rather than in the next, from -1 to 1: above zero the lines of
    /// two columns lie between one another.
    pub fn weave(&self) -> f32 {
        self.weave
    }

    /// The same for the strip so many further on: of three columns each goes on in the third.
    pub fn woven(&self, further: usize) -> f32 {
        let pairs = self.strips.len().saturating_sub(further);
        let woven = |at: usize| {
            let (this, next, after) = (self.whole(at), self.whole(at + 1), self.whole(at + further));
            tamed(self.odds(this, after) - self.odds(this, next))
        };
        (0..pairs).map(woven).sum::<f32>() / pairs.max(1) as f32
    }

    /// The strips at whose ends the text does not go on, where most of the others plainly read on: how wide the columns of a few
    /// lines are, the lines of prose around them would hide.
    pub fn strange(&self) -> Option<Vec<usize>> {
        /// So natural are at most the junctions over the ends of a strip and of those beside it, each from -1 to 1, on average: for
        /// what such ends come to see [`super::plain`].
        const STRANGE: f32 = -0.15;
        /// So many strips in a row, and no more than this share of all.
        const FEWEST: usize = 4;
        const MOST: f32 = 0.6;
        let strips = self.strips.len();
        let end = |strip: usize| tamed(self.odds(self.whole(strip), self.whole(strip + 1)));
        let ends: Vec<f32> = (1..strips).map(|next| end(next - 1)).collect();
        let is_strange = |strip: usize| {
            let near = &ends[strip.saturating_sub(2)..(strip + 2).min(ends.len())];
            near.iter().sum::<f32>() < STRANGE * near.len() as f32
        };
        let strange: Vec<usize> = (0..strips).filter(|&strip| is_strange(strip)).collect();
        let runs = strange.chunk_by(|one, other| one + 1 == *other).filter(|run| run.len() >= FEWEST);
        let strange: Vec<usize> = runs.flatten().copied().collect();
        (!strange.is_empty() && strange.len() as f32 <= MOST * strips as f32).then_some(strange)
    }

    /// Whether nowhere some lines in a row have a place to be split at, and none goes on in the one after the next.
    pub fn is_whole(&self) -> bool {
        /// So many lines in a row are looked at, and nowhere come to so much on average. On two of 1,474 pages in columns, and texts
        /// with some lines of them, that are read rightly nothing of this holds; of the lines of handbooks and documentation it
        /// holds of one in twelve.
        const SPLIT: [(usize, f32); 2] = [(8, 0.5), (4, 1.0)];
        /// The lines of columns may lie between one another, which [`Sheet::weave`] tells.
        const WOVEN: f32 = -0.35;
        let best: Vec<f32> = self.strips.iter().map(Strip::most).collect();
        let mean = |window: &[f32]| window.iter().sum::<f32>() / window.len() as f32;
        let is_split =
            |(window, least): (usize, f32)| best.windows(window.min(best.len()).max(1)).any(|run| mean(run) >= least);
        !SPLIT.into_iter().any(is_split) && self.weave.max(self.woven(3)) < WOVEN
    }

    /// The facts of the strip that a piece is part of.
    pub fn facts(&self, piece: Piece) -> &Facts {
        &self.strips[piece.strip()].facts
    }

    /// The log-odds that one piece goes on in another.
    pub fn odds(&self, from: Piece, to: Piece) -> f32 {
        self.odds_between(&self.left(from), &self.right(to))
    }

    /// The log-odds between two ends made ready.
    pub fn odds_between(&self, left: &Left, right: &Right) -> f32 {
        self.junctions.between(left, right)
    }

    /// Adds the log-odds between an end and each of some beginnings.
    pub(super) fn odds_of_each(&self, left: &Left, rights: &[Cow<Right>], odds: &mut Vec<f32>) {
        self.junctions.each(left, rights.iter().map(|right| &**right), odds);
    }

    /// The end of a piece, ready to meet the beginnings of others.
    pub fn left(&self, piece: Piece) -> Cow<'_, Left> {
        let strip = &self.strips[piece.strip()];
        // Words of the neighbouring column say nothing of what stands before or after a piece.
        let read = || self.junctions.left(&strip.words[piece.words()]);
        match (piece.start(), piece.end()) {
            (0, end) => Cow::Borrowed(&strip.lefts[end]),
            (start, end) if end == strip.facts.len() => {
                Cow::Borrowed(strip.ends[start].get_or_init(|| Box::new(read())))
            }
            _ => Cow::Owned(read()),
        }
    }

    /// The beginning of a piece, ready to meet the ends of others.
    pub fn right(&self, piece: Piece) -> Cow<'_, Right> {
        let strip = &self.strips[piece.strip()];
        let read = || self.junctions.right(&strip.words[piece.words()]);
        match (piece.start(), piece.end()) {
            (start, end) if end == strip.facts.len() => Cow::Borrowed(&strip.rights[start]),
            (0, end) => Cow::Borrowed(strip.beginnings[end].get_or_init(|| Box::new(read()))),
            _ => Cow::Owned(read()),
        }
    }

    /// The whole of a strip.
    pub fn whole(&self, strip: usize) -> Piece {
        Piece::new(strip, 0..self.strips[strip].facts.len())
    }
}

impl Strip {
    pub(super) fn new(
        line: usize,
        facts: Facts,
        after_blank: bool,
        junctions: &Junctions,
        known: &mut KnownWords,
    ) -> Strip {
        let words = known.look_up(facts.tokens.iter().map(|token| token.word), junctions);
        let words = known.line(words, junctions);
        let (lefts, rights) = junctions.sides(&words);
        let inside =
            (0..words.len()).map(|at| if at == 0 { 0.0 } else { junctions.between(&lefts[at], &rights[at]) }).collect();
        let (ends, beginnings) = (vec![OnceCell::new(); words.len()], vec![OnceCell::new(); words.len()]);
        let (gains, most) = (Vec::new(), 0.0);
        Strip { line, facts, after_blank, inside, gains, most, lefts, rights, words, ends, beginnings }
    }

    /// Takes what speaks for its splits; says whether that is another than it was.
    pub(super) fn weigh(&mut self, gains: Vec<f32>) -> bool {
        let differs = self.gains != gains;
        self.most = gains.iter().skip(1).copied().fold(-9.0, f32::max).min(9.0);
        self.gains = gains;
        differs
    }

    /// How much speaks for the split of it for which most speaks, within bounds.
    pub fn most(&self) -> f32 {
        self.most
    }

    /// The least natural junction inside some words, up to a bound above which none is strange; the bound for one word.
    pub fn strangest(&self, words: Range<usize>) -> f32 {
        const NATURAL: f32 = 9.0;
        self.inside.get(words.start + 1..words.end).unwrap_or_default().iter().copied().fold(NATURAL, f32::min)
    }

    /// The widest gap inside some words, in spaces; 1 where every gap is one.
    pub fn widest_gap(&self, words: Range<usize>) -> u16 {
        let inner = self.facts.tokens.get(words.start + 1..words.end).unwrap_or_default();
        inner.iter().map(|token| token.spaces).max().unwrap_or(1)
    }
}
