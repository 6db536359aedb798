//! A sheet: a run of lines that is judged as one page, with what every later step asks of it: how natural each
//! junction inside a line is, how natural it is that one cell goes on in another, and what the lines have in common.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::junction::{Junctions, Left, REACH, Right};
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
    lefts: Vec<Left>,
    rights: Vec<Right>,
}

/// Some words of one strip of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    /// Which strip.
    pub strip: u32,
    /// Its first word.
    pub start: u16,
    /// The word after its last; there is at least one.
    pub end: u16,
}

impl Piece {
    /// Words of a strip. There must be one at least, and fewer than 65,536.
    pub fn new(strip: usize, words: Range<usize>) -> Piece {
        let narrow = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        Piece { strip: u32::try_from(strip).unwrap_or(u32::MAX), start: narrow(words.start), end: narrow(words.end) }
    }

    /// Its words.
    pub fn words(self) -> Range<usize> {
        usize::from(self.start)..usize::from(self.end)
    }
}

/// A run of lines that is judged as one.
#[derive(Clone, Debug)]
pub struct Sheet<'m> {
    junctions: &'m Junctions,
    /// Its lines but the blank ones.
    pub strips: Vec<Strip>,
    /// How many strips have a wide gap that ends at each place of the line.
    gaps: Vec<u16>,
    /// How often each word, and each two words side by side on a line, stand in the sheet.
    seen: FxHashMap<u64, u16>,
    weave: f32,
}

/// A gap of so many spaces is wide: no typesetter and no extractor makes one between words by chance.
pub const WIDE: u16 = 2;

impl<'m> Sheet<'m> {
    /// Reads lines, each with its number.
    pub fn new(lines: impl Iterator<Item = (usize, Facts)>, junctions: &'m Junctions) -> Self {
        let mut sheet =
            Sheet { junctions, strips: Vec::new(), gaps: Vec::new(), seen: FxHashMap::default(), weave: 0.0 };
        let mut after_blank = false;
        for (line, facts) in lines {
            if facts.is_empty() {
                after_blank = true;
                continue;
            }
            sheet.count_gaps(&facts);
            sheet.count_words(&facts);
            sheet.strips.push(Strip::new(line, facts, std::mem::take(&mut after_blank), junctions));
        }
        for strip in 0..sheet.strips.len() {
            sheet.strips[strip].gains = sheet.gains(strip);
        }
        sheet.weave = sheet.woven(2);
        sheet
    }

    fn gains(&self, strip: usize) -> Vec<f32> {
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
            0.7 * (0.6 * (on + from) - this.inside[word]) + wide
        };
        (0..words).map(gain).collect()
    }

    fn count_gaps(&mut self, facts: &Facts) {
        for token in facts.tokens.iter().filter(|token| token.spaces >= WIDE) {
            let at = token.column as usize;
            if at >= self.gaps.len() {
                self.gaps.resize(at + 1, 0);
            }
            self.gaps[at] += 1;
        }
    }

    fn count_words(&mut self, facts: &Facts) {
        let pairs = facts.tokens.windows(2).map(|pair| pair[0].word.beside(&pair[1].word));
        for number in pairs.chain(facts.tokens.iter().map(|token| token.word.letters())) {
            *self.seen.entry(number).or_default() += 1;
        }
    }

    /// How often two words stand side by side on the lines of the sheet; where the first was cut, how often the two
    /// stand there as one word. What a report says, it says again.
    pub fn seen(&self, left: &Word, right: &Word) -> u16 {
        let number = if left.is_broken() { left.joined(right) } else { left.beside(right) };
        self.seen.get(&number).copied().unwrap_or_default()
    }

    /// The share of the strips that have a wide gap ending at a place of the line, or right beside it.
    pub fn aligned(&self, column: u32) -> f32 {
        let column = column as usize;
        let near = self.gaps.iter().skip(column.saturating_sub(1)).take(2 + column.min(1));
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
            ((self.odds(this, after) - self.odds(this, next)) / 3.0).tanh()
        };
        (0..pairs).map(woven).sum::<f32>() / pairs.max(1) as f32
    }

    /// The facts of the strip that a piece is part of.
    pub fn facts(&self, piece: Piece) -> &Facts {
        &self.strips[piece.strip as usize].facts
    }

    /// The log-odds that one piece goes on in another.
    pub fn odds(&self, from: Piece, to: Piece) -> f32 {
        let (left, right) = (&self.strips[from.strip as usize], &self.strips[to.strip as usize]);
        let (before, after) = (from.words(), to.words());
        // Words of the neighbouring column say nothing of what stands before or after a short piece.
        let short = |words: &Range<usize>| words.len() < REACH;
        let words = |strip: &Strip, words: Range<usize>| {
            strip.facts.tokens[words].iter().map(|token| token.word).collect::<Vec<_>>()
        };
        match (short(&before) && before.start > 0, short(&after) && after.end < right.facts.len()) {
            (false, false) => self.junctions.between(&left.lefts[before.end], &right.rights[after.start]),
            (true, false) => {
                let left = self.junctions.left(&words(left, before));
                self.junctions.between(&left, &right.rights[after.start])
            }
            (false, true) => {
                let right = self.junctions.right(&words(right, after));
                self.junctions.between(&left.lefts[before.end], &right)
            }
            (true, true) => {
                let (left, right) = (words(left, before), words(right, after));
                self.junctions.between(&self.junctions.left(&left), &self.junctions.right(&right))
            }
        }
    }

    /// The whole of a strip.
    pub fn whole(&self, strip: usize) -> Piece {
        Piece::new(strip, 0..self.strips[strip].facts.len())
    }
}

impl Strip {
    fn new(line: usize, facts: Facts, after_blank: bool, junctions: &Junctions) -> Strip {
        let words: Vec<_> = facts.tokens.iter().map(|token| token.word).collect();
        let (lefts, rights): (Vec<Left>, Vec<Right>) = junctions.sides(&words).into_iter().unzip();
        let inside =
            (0..words.len()).map(|at| if at == 0 { 0.0 } else { junctions.between(&lefts[at], &rights[at]) }).collect();
        Strip { line, facts, after_blank, inside, gains: Vec::new(), lefts, rights }
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
