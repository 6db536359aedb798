//! The cues: what speaks for and against each step of a reading of the page, as a few numbers for the judge to weigh.
//!
//! The numbers of a step are such that a long run of like steps adds up to nothing that its beginning and its end did
//! not say: which column a line of its own belongs to is told where the run of such lines starts, and not once more on
//! each of them, or a run of fifty would outweigh all that stands at its ends.

mod input;
mod link;
mod outside;

use std::cmp::Ordering;

use super::judge::{CELL, SKIP, SPLIT, WRAP};
use super::looks::{Closing, Opening};
use super::measure::Measure;
use super::sheet::{Piece, Sheet, WIDE};
use input::{Input, bent, fine, repeats, tamed, yes};
pub use link::{Last, Next};
pub use outside::Before;

/// What a sheet's lines have in common, seen with a measure.
pub const COMMON: usize = 7;

/// The cues of one sheet under one measure.
#[derive(Clone, Debug)]
pub struct Cues<'s> {
    sheet: &'s Sheet<'s>,
    measure: &'s Measure,
    common: [f32; COMMON],
}

/// A number to the nearest thirty-second.
fn in_steps(number: f32) -> f32 {
    const STEPS: f32 = 32.0;
    (number * STEPS).round() / STEPS
}

/// So many lines stand at the head of a page.
const HEAD: usize = 3;

/// The end of a column where a reading leaves the columns: its last cell, the first cell of the next column, and how far
/// down it ends against that; none where a column has no cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct End {
    /// Which column.
    pub column: usize,
    /// Its last cell.
    pub last: Option<Piece>,
    /// The first cell of the next.
    pub first: Option<Piece>,
    /// Whether it ends further down than the next, further up, or on about the same line: the last column of a text is
    /// the one that stays short.
    pub depth: Ordering,
}

impl<'s> Cues<'s> {
    /// Reads what the lines have in common.
    pub fn new(sheet: &'s Sheet<'s>, measure: &'s Measure) -> Self {
        let mut cues = Cues { sheet, measure, common: [0.0; COMMON] };
        let count = sheet.strips.len().max(1) as f32;
        let widest = measure.columns.iter().copied().fold(0.0, f32::max);
        let (mut long, mut wide, mut trailing, mut strange, mut blank) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for strip in &sheet.strips {
            let words = 0..strip.facts.len();
            long += yes(strip.facts.width(measure.face, words.clone()) > 1.12 * widest);
            wide += yes(strip.widest_gap(words.clone()) >= WIDE);
            trailing += yes(strip.facts.trailing);
            blank += yes(strip.after_blank);
            strange += tamed(strip.strangest(words));
        }
        let columns = (measure.columns.len() - 2) as f32;
        // Told in steps, so that a word more or less somewhere changes nothing of what is known of all other lines.
        let shares = [long, wide, trailing, strange, blank].map(|sum| in_steps(sum / count));
        cues.common[..5].copy_from_slice(&shares);
        cues.common[5..].copy_from_slice(&[in_steps(sheet.weave()), columns]);
        cues
    }

    /// The sheet.
    pub fn sheet(&self) -> &'s Sheet<'s> {
        self.sheet
    }

    /// What the sheet's lines have in common.
    pub fn common(&self) -> &[f32; COMMON] {
        &self.common
    }

    /// How many columns the measure has.
    pub fn columns(&self) -> usize {
        self.measure.columns.len()
    }

    fn width(&self, piece: Piece) -> f32 {
        self.sheet.facts(piece).width(self.measure.face, piece.words())
    }

    /// How wide the first word of a piece is.
    fn first(&self, piece: Piece) -> f32 {
        self.sheet.facts(piece).width(self.measure.face, piece.start()..piece.start() + 1)
    }

    /// How much wider a piece is than its column, as a share of it.
    pub fn over(&self, column: usize, piece: Piece) -> f32 {
        self.width(piece) / self.measure.columns[column] - 1.0
    }

    fn opening(&self, piece: Piece) -> [f32; 4] {
        let opening = self.sheet.facts(piece).tokens[piece.start()].opening;
        [Opening::Lower, Opening::Upper, Opening::Digit, Opening::Bullet].map(|kind| yes(opening == kind))
    }

    fn closing(&self, piece: Piece) -> [f32; 4] {
        let closing = self.sheet.facts(piece).tokens[piece.end() - 1].closing;
        [Closing::Sentence, Closing::Pause, Closing::Comma, Closing::Hyphen].map(|kind| yes(closing == kind))
    }

    /// Whether white space after a piece says that its column goes on in the next line (1), its absence that it does
    /// not (-1), or neither says anything (0): few extractors keep it.
    fn goes_on(&self, piece: Piece) -> f32 {
        let facts = self.sheet.facts(piece);
        match piece.end() == facts.len() && (0.05..0.98).contains(&self.common[2]) {
            true if facts.trailing => 1.0,
            true => -1.0,
            false => 0.0,
        }
    }

    /// What speaks for splitting a strip before a word.
    pub fn split(&self, strip: usize, word: usize) -> [f32; SPLIT] {
        let this = &self.sheet.strips[strip];
        let words = this.facts.len();
        let token = &this.facts.tokens[word];
        let (left, right) = (Piece::new(strip, 0..word), Piece::new(strip, word..words));
        let lowest = this.strangest(0..words);
        let wide = token.spaces >= WIDE;
        Input::new()
            .add(&[tamed(this.inside[word]), (this.inside[word] - lowest).min(9.0) / 3.0])
            .add(&[repeats(self.sheet.seen(&this.facts.tokens[word - 1].word, &token.word).saturating_sub(1))])
            .add(&[yes(token.spaces == 2), yes(token.spaces > 2)])
            .add(&[if wide { self.sheet.aligned(token.column) } else { 0.0 }])
            .add(&[yes(!wide && this.widest_gap(0..words) >= WIDE)])
            .add(&self.closing(left))
            .add(&self.opening(right))
            .add(&self.common)
            .done()
    }

    /// What speaks for some words as the cell of a column.
    pub fn cell(&self, column: usize, piece: Piece) -> [f32; CELL] {
        let strip = &self.sheet.strips[piece.strip()];
        let words = piece.words();
        let lead = strip.facts.tokens[0].spaces;
        let first = words.start == 0;
        let count = words.len();
        let aligned = if first && lead > 0 { self.sheet.aligned(strip.facts.tokens[0].column) } else { 0.0 };
        let leading = if first { f32::from(lead.min(40)) / 20.0 } else { 0.0 };
        let right = yes(column + 1 == self.measure.columns.len());
        Input::new()
            .add(&fine(self.over(column, piece)))
            .add(&[count.min(12) as f32 / 12.0, yes(count == 1)])
            .add(&[tamed(strip.strangest(words.clone())), yes(strip.widest_gap(words.clone()) >= WIDE)])
            .add(&[yes(first && words.end == strip.facts.len())])
            .add(&[aligned, leading, right * aligned, right * leading])
            .add(&self.opening(piece)[1..])
            .add(&self.closing(piece))
            .add(&self.common)
            .done()
    }

    /// How much wider than its column a cell of some width would be, as a share of it, if it held the first word of
    /// the next too: a typesetter would have put it there, had it fitted.
    fn with_next(&self, column: usize, width: f32, next: f32) -> f32 {
        (width + self.measure.face.space() + next) / self.measure.columns[column] - 1.0
    }

    fn is_whole(&self, piece: Piece) -> bool {
        piece.words() == (0..self.sheet.facts(piece).len())
    }

    /// How often the last word of a piece and the first of another stand side by side elsewhere.
    fn repeated(&self, from: Piece, to: Piece) -> u16 {
        let last = &self.sheet.facts(from).tokens[from.end() - 1];
        let first = &self.sheet.facts(to).tokens[to.start()];
        self.sheet.seen(&last.word, &first.word)
    }

    /// Where a piece ends in a hyphen, whether what stands before it makes a common word with the first word of another, and
    /// whether it does not.
    fn halves(&self, from: Piece, to: Piece) -> [f32; 2] {
        let last = &self.sheet.facts(from).tokens[from.end() - 1];
        if last.closing != Closing::Hyphen {
            return [0.0; 2];
        }
        let known = self.sheet.is_known(&last.word, &self.sheet.facts(to).tokens[to.start()].word);
        [yes(known), yes(!known)]
    }

    /// What speaks for a column's ending as it does, and going on in the next.
    pub fn wrap(&self, end: &End) -> [f32; WRAP] {
        let mut input = Input::new();
        match (end.last, end.first) {
            (Some(last), Some(first)) => {
                input
                    .add(&[0.0, 0.0, tamed(self.sheet.odds(last, first)), repeats(self.repeated(last, first))])
                    .add(&fine(self.over(end.column, last)))
                    .add(&fine(self.with_next(end.column, self.width(last), self.first(first))))
                    .add(&[yes(self.sheet.facts(last).brackets(last.words()).0)])
                    .add(&self.closing(last))
                    .add(&self.opening(first))
                    .add(&[yes(first.strip() < 3), yes(last.strip() + 3 >= self.sheet.strips.len())])
                    .add(&[self.goes_on(last)])
                    .add(&self.halves(last, first));
            }
            (last, first) => {
                input.add(&[yes(last.is_none()), yes(first.is_none())]).add(&[0.0; 22]);
            }
        }
        input.add(&[yes(end.depth.is_gt()), yes(end.depth.is_lt())]).add(&self.common).done()
    }

    /// What speaks for a column's being empty on a strip; `last` is its last cell, if it has any yet. A column that is
    /// empty for long is no more likely so for what it ended with, for being the left one, nor for not having begun.
    pub fn skip(&self, column: usize, last: Option<Piece>, strip: usize) -> [f32; SKIP] {
        let mut input = Input::new();
        match last.map(|last| (last, strip - last.strip())) {
            // A line of its own at the head of a page is a header sooner than the start of a column beside none.
            None if strip < HEAD => {
                input.add(&[1.0]).add(&[0.0; 11]);
            }
            Some((last, 1)) => {
                let sides = [yes(column == 0), yes(column + 1 == self.measure.columns.len())];
                input.add(&[0.0, bent(self.over(column, last) / 0.1)]).add(&self.closing(last));
                input.add(&[self.goes_on(last)]).add(&sides).add(&[0.0; 3]);
            }
            Some((last, 2)) => {
                input.add(&[0.0; 9]).add(&[1.0, self.closing(last)[0], 0.0]);
            }
            _ => {
                input.add(&[0.0; 11]).add(&[1.0]);
            }
        }
        input.add(&self.common).done()
    }

    /// Whether a strip is no wider than a column.
    pub fn is_narrow(&self, strip: usize) -> bool {
        /// As a share of the column: a justified line may be squeezed, and the face is a guess.
        const MOST: f32 = 1.03;
        self.width(self.sheet.whole(strip)) < MOST * self.widest()
    }

    fn widest(&self) -> f32 {
        self.measure.columns.iter().copied().fold(0.0, f32::max)
    }

    /// Whether a piece stops in the middle of a sentence.
    pub fn is_open(&self, piece: Piece) -> bool {
        let closing = self.sheet.facts(piece).tokens[piece.end() - 1].closing;
        !matches!(closing, Closing::Sentence | Closing::Pause)
    }
}
