//! The cues: what speaks for and against each step of a reading of the page, as a few numbers for the judge to weigh.
//!
//! The numbers of a step are such that a long run of like steps adds up to nothing that its beginning and its end did
//! not say: which column a line of its own belongs to is told where the run of such lines starts, and not once more on
//! each of them, or a run of fifty would outweigh all that stands at its ends.

use std::ops::Range;

use super::facts::{Closing, Opening};
use super::judge::{CELL, LINK, LINK_PARTS, OUTSIDE, SKIP, SPLIT, START, WRAP};
use super::measure::Measure;
use super::sheet::{Piece, Sheet, WIDE};

/// What a sheet's lines have in common, seen with a measure.
pub const COMMON: usize = 7;

/// The cues of one sheet under one measure.
#[derive(Clone, Debug)]
pub struct Cues<'s> {
    sheet: &'s Sheet<'s>,
    measure: &'s Measure,
    common: [f32; COMMON],
}

/// What a link sees of the cell that it comes from, the last of its column so far.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    piece: Piece,
    width: f32,
    closing: [f32; 4],
    open: bool,
}

/// What a link sees of the cell that it goes to, the next of its column.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    piece: Piece,
    first: f32,
    opening: [f32; 4],
    opens: bool,
    closes: bool,
}

/// What stands above a line that is outside of the columns, or with which they start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Before {
    /// It is the first.
    Nothing,
    /// A line that is outside too, and no columns above it.
    Outside,
    /// A line that is outside too, and columns somewhere above it.
    Ended,
    /// Columns; this share of them stops in the middle of a sentence.
    Inside(f32),
}

fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

/// Log-odds brought to a size of about one.
fn tamed(odds: f32) -> f32 {
    odds.clamp(-9.0, 9.0) / 3.0
}

/// A number bent to between -1 and 1.
fn bent(number: f32) -> f32 {
    number / (1.0 + number * number).sqrt()
}

/// A small deviation told finely near zero, and a large one coarsely.
fn fine(over: f32) -> [f32; 3] {
    [bent(over / 0.025), bent(over / 0.1), over.clamp(-1.0, 1.0)]
}

/// A cell of fewer words is short. At least as many as the junction model looks at.
const SHORT: usize = 6;

/// So many lines above and below tell whether columns end or start.
const NEAR: usize = 6;

/// How often something stands elsewhere, up to three times.
fn repeats(times: u16) -> f32 {
    f32::from(times.min(3)) / 3.0
}

/// Fills an input from its parts.
struct Input<const N: usize> {
    numbers: [f32; N],
    filled: usize,
}

impl<const N: usize> Input<N> {
    fn new() -> Self {
        Input { numbers: [0.0; N], filled: 0 }
    }

    fn add(&mut self, numbers: &[f32]) -> &mut Self {
        self.numbers[self.filled..self.filled + numbers.len()].copy_from_slice(numbers);
        self.filled += numbers.len();
        self
    }

    fn done(&self) -> [f32; N] {
        debug_assert_eq!(self.filled, N, "an input has another length than was said");
        self.numbers
    }
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
        cues.common =
            [long / count, wide / count, trailing / count, strange / count, blank / count, sheet.weave(), columns];
        cues
    }

    /// The sheet.
    pub fn sheet(&self) -> &'s Sheet<'s> {
        self.sheet
    }

    /// How many columns the measure has.
    pub fn columns(&self) -> usize {
        self.measure.columns.len()
    }

    fn width(&self, piece: Piece) -> f32 {
        self.sheet.facts(piece).width(self.measure.face, piece.words())
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

    /// What speaks for a cell as what follows another in its column; `from` is none where the column starts.
    pub fn link(&self, column: usize, from: Option<Piece>, to: Piece) -> [f32; LINK] {
        let (last, next) = (from.map(|from| self.last(from)), self.next(to));
        let both = last
            .as_ref()
            .map_or([0.0; LINK_PARTS[2]], |last| self.link_both(column, last, &next, self.sheet.odds(last.piece, to)));
        let from = self.link_from(column, last.as_ref(), to.strip());
        Input::new().add(&from).add(&self.link_to(&next)).add(&both).done()
    }

    /// What a link sees of the cell that it comes from, the last of its column so far.
    pub fn last(&self, piece: Piece) -> Last {
        let (open, _) = self.sheet.facts(piece).brackets(piece.words());
        Last { piece, width: self.width(piece), closing: self.closing(piece), open }
    }

    /// What a link sees of the cell that it goes to, the next of its column.
    pub fn next(&self, piece: Piece) -> Next {
        let facts = self.sheet.facts(piece);
        let (opens, closes) = facts.brackets(piece.words());
        let first = facts.width(self.measure.face, piece.start()..piece.start() + 1);
        Next { piece, first, opening: self.opening(piece), opens, closes }
    }

    /// The part of [`Cues::link`] that does not depend on the cell that it goes to, but for its strip.
    pub fn link_from(&self, column: usize, last: Option<&Last>, strip: usize) -> [f32; LINK_PARTS[0]] {
        let mut input = Input::new();
        match last {
            None => {
                input.add(&[1.0, yes(column == 0)]).add(&[0.0; 16]);
            }
            Some(&Last { piece, width, closing, open }) => {
                let apart = strip - piece.strip();
                let blank = (piece.strip() + 1..=strip).any(|strip| self.sheet.strips[strip].after_blank);
                input
                    .add(&[0.0; 2])
                    .add(&fine(width / self.measure.columns[column] - 1.0))
                    .add(&closing)
                    .add(&[yes(apart == 2), yes(apart == 3), yes(apart > 3), yes(blank)])
                    .add(&[self.goes_on(piece), yes(self.is_whole(piece)), yes(open)])
                    .add(&[yes(piece.words().len() < SHORT), yes(piece.words().len() == 1)]);
            }
        }
        input.add(&self.common).done()
    }

    /// The part of [`Cues::link`] that depends on the cell that it goes to alone.
    pub fn link_to(&self, to: &Next) -> [f32; LINK_PARTS[1]] {
        let more = [yes(self.is_whole(to.piece)), yes(to.piece.words().len() < SHORT), yes(to.closes)];
        Input::new().add(&to.opening).add(&more).done()
    }

    /// The part of [`Cues::link`] that depends on both cells; `odds` is [`Sheet::odds`] of them.
    pub fn link_both(&self, column: usize, from: &Last, to: &Next, odds: f32) -> [f32; LINK_PARTS[2]] {
        let with_next = self.with_next(column, from.width, to.first);
        let fits = yes(with_next < -0.01);
        let lower = to.opening[0];
        Input::new()
            .add(&[tamed(odds), fits * tamed(odds)])
            .add(&[repeats(self.repeated(from.piece, to.piece)), yes(from.closing[3] > 0.0) * lower])
            .add(&fine(with_next))
            .add(&[fits * from.closing[0], fits * lower])
            .add(&[yes(from.open && to.closes), yes(from.open && !to.closes && to.opens)])
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

    /// What speaks for the last cell of a column as what the first cell of the next column goes on from; either is
    /// none where its column has no cell.
    pub fn wrap(&self, column: usize, last: Option<Piece>, first: Option<Piece>) -> [f32; WRAP] {
        let mut input = Input::new();
        match (last, first) {
            (Some(last), Some(first)) => {
                input
                    .add(&[0.0, 0.0, tamed(self.sheet.odds(last, first)), repeats(self.repeated(last, first))])
                    .add(&fine(self.over(column, last)))
                    .add(&fine(self.with_next(column, self.width(last), self.next(first).first)))
                    .add(&[yes(self.sheet.facts(last).brackets(last.words()).0)])
                    .add(&self.closing(last))
                    .add(&self.opening(first))
                    .add(&[yes(first.strip() < 3), yes(last.strip() + 3 >= self.sheet.strips.len())])
                    .add(&[self.goes_on(last)]);
            }
            (last, first) => {
                input.add(&[yes(last.is_none()), yes(first.is_none())]).add(&[0.0; 20]);
            }
        }
        input.add(&self.common).done()
    }

    /// What speaks for a column's being empty on a strip; `last` is its last cell, if it has any yet. A column that is
    /// empty for long is no more likely so for what it ended with, nor for being the left one.
    pub fn skip(&self, column: usize, last: Option<Piece>, strip: usize) -> [f32; SKIP] {
        let mut input = Input::new();
        match last.map(|last| (last, strip - last.strip())) {
            None => {
                input.add(&[1.0]).add(&[0.0; 11]);
            }
            Some((last, 1)) => {
                let sides = [yes(column == 0), yes(column + 1 == self.measure.columns.len())];
                input.add(&[0.0, bent(self.over(column, last) / 0.1)]).add(&self.closing(last));
                input.add(&[self.goes_on(last)]).add(&sides).add(&[0.0; 3]);
            }
            Some((last, apart)) => {
                let near = yes(apart == 2);
                input.add(&[0.0; 9]).add(&[near, near * self.closing(last)[0], yes(apart > 2)]);
            }
        }
        input.add(&self.common).done()
    }

    /// How wide a strip is against the columns: whether it is no wider than one, how much wider than the widest, and how
    /// much wider than all.
    fn breadth(&self, strip: usize) -> [f32; 4] {
        let width = self.width(self.sheet.whole(strip));
        let over = width / self.measure.whole() - 1.0;
        let wider = (width / self.widest() - 1.0).clamp(-1.0, 1.0);
        [yes(self.is_narrow(strip)), wider, bent(over / 0.05), bent(over / 0.3)]
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

    /// What speaks for the columns' starting with a strip, below what is no part of them: what stands above it, and how
    /// much the lines above and below look like those of columns.
    pub fn start(&self, strip: usize, before: Before) -> [f32; START] {
        let mut input = Input::new();
        input.add(&self.breadth(strip)).add(&[self.looks_split(strip..strip + NEAR)]);
        match strip.checked_sub(1) {
            None => {
                input.add(&[1.0]).add(&[0.0; 13]);
            }
            Some(above) => {
                let (whole, this) = (self.sheet.whole(above), &self.sheet.strips[strip]);
                let ended = yes(before == Before::Ended);
                let far = if before == Before::Outside { strip as f32 } else { 0.0 };
                input
                    .add(&[0.0, ended, bent(far / 4.0), bent(far / 16.0)])
                    .add(&[ended * self.breadth(above)[0]])
                    .add(&self.breadth(above))
                    .add(&[self.looks_split(strip.saturating_sub(NEAR)..strip), yes(this.after_blank)])
                    .add(&[tamed(self.sheet.odds(whole, self.sheet.whole(strip))), self.closing(whole)[0]])
                    .add(&[self.looks_split(above..strip)]);
            }
        }
        input.add(&self.common).done()
    }

    /// How much speaks for splitting each of some strips, on average.
    fn looks_split(&self, strips: Range<usize>) -> f32 {
        let strips = strips.start.min(self.sheet.strips.len())..strips.end.min(self.sheet.strips.len());
        let count = strips.len().max(1) as f32;
        self.sheet.strips[strips].iter().map(|strip| tamed(strip.most())).sum::<f32>() / count
    }

    /// The shares of a strip's words that are words, and that start with a capital: names, titles, tables, lost signs.
    fn made_of(&self, strip: usize) -> [f32; 2] {
        let tokens = &self.sheet.strips[strip].facts.tokens;
        let share = |count: usize| count as f32 / tokens.len() as f32;
        let words = tokens.iter().filter(|token| token.is_word).count();
        [share(words), share(tokens.iter().filter(|token| token.opening == Opening::Upper).count())]
    }

    /// What speaks for leaving a strip out of the columns.
    pub fn outside(&self, strip: usize, before: Before) -> [f32; OUTSIDE] {
        let (this, whole) = (&self.sheet.strips[strip], self.sheet.whole(strip));
        let words = 0..this.facts.len();
        let width = self.width(whole);
        let last = self.sheet.strips.len() - 1 - strip;
        let breadth = self.breadth(strip);
        let mut input = Input::new();
        input
            .add(&fine(width / self.measure.whole() - 1.0))
            .add(&breadth[..2])
            .add(&[yes(strip == 0), yes(strip == 1), yes(last == 0), yes(last == 1)])
            .add(&[tamed(this.strangest(words.clone())), yes(this.widest_gap(words.clone()) >= WIDE)])
            .add(&[tamed(this.most()), words.len().min(12) as f32 / 12.0, yes(this.after_blank)])
            .add(&self.made_of(strip))
            .add(&self.opening(whole)[1..])
            .add(&self.closing(whole)[..2]);
        match before {
            Before::Inside(open) => {
                let (up, down) = (strip.saturating_sub(NEAR)..strip, strip + 1..strip + 1 + NEAR);
                input.add(&[1.0, open, breadth[0], self.looks_split(up), self.looks_split(down)]).add(&[0.0; 10]);
            }
            Before::Nothing => {
                input.add(&[0.0; 15]);
            }
            Before::Outside | Before::Ended => {
                let above = self.sheet.whole(strip - 1);
                let next = this.facts.width(self.measure.face, 0..1);
                let room = (self.width(above) + self.measure.face.space() + next) / self.measure.whole() - 1.0;
                let over = self.width(above) / self.measure.whole() - 1.0;
                let ended = yes(before == Before::Ended);
                input
                    .add(&[0.0; 5])
                    .add(&[ended, ended * breadth[0], self.looks_split(strip.saturating_sub(NEAR)..strip + NEAR)])
                    .add(&[1.0, tamed(self.sheet.odds(above, whole)), self.closing(above)[0]])
                    .add(&[bent(over / 0.05), bent(over / 0.3), bent(room / 0.05), bent(room / 0.3)]);
            }
        }
        input.add(&self.common).done()
    }

    /// Whether a piece stops in the middle of a sentence.
    pub fn is_open(&self, piece: Piece) -> bool {
        let closing = self.sheet.facts(piece).tokens[piece.end() - 1].closing;
        !matches!(closing, Closing::Sentence | Closing::Pause)
    }
}
