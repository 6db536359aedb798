//! What speaks for and against each step of a reading of the page: splitting a line here, putting these words in that
//! column, going on from this cell to that one, leaving a column empty on a line, leaving a line out of the columns.
//! Each is a few numbers, which a small network weighs; the weights are learnt from pages that the trainer sets.

use super::facts::{Closing, Opening};
use super::file::{ModelError, check_sum};
use super::measure::Measure;
use super::net::Net;
use super::sheet::{Piece, Sheet, WIDE};

/// How many numbers speak for each step.
pub const SPLIT: usize = 21;
/// See [`SPLIT`].
pub const CELL: usize = 25;
/// See [`SPLIT`].
pub const LINK: usize = 38;
/// See [`SPLIT`].
pub const SKIP: usize = 18;
/// See [`SPLIT`].
pub const OUTSIDE: usize = 32;
/// See [`SPLIT`].
pub const WRAP: usize = 24;

/// The kinds of steps, in the order in which their networks are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Splitting a line before a word.
    Split,
    /// Some words of a line as one column's cell.
    Cell,
    /// A cell as what follows another in its column.
    Link,
    /// A line on which a column is empty.
    Skip,
    /// A line that is no part of the columns.
    Outside,
    /// The end of one column as what the start of the next goes on from.
    Wrap,
}

/// How many kinds of steps there are.
pub const STEPS: usize = 6;

/// How many numbers each kind of step has, in their order.
pub const INPUTS: [usize; STEPS] = [SPLIT, CELL, LINK, SKIP, OUTSIDE, WRAP];

const MAGIC: &[u8; 8] = b"coljudge";
/// Changes with the networks' inputs.
const VERSION: u32 = 1;
/// Magic, version, check sum.
const HEADER: usize = 8 + 4 + 8;

/// The networks that weigh the steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Judge {
    /// One for each kind of step.
    pub nets: [Net; STEPS],
}

impl Judge {
    /// A judge that has learnt nothing.
    pub fn new() -> Judge {
        Judge { nets: INPUTS.map(Net::new) }
    }

    /// Reads a judge as [`Judge::to_bytes`] writes it.
    ///
    /// # Errors
    /// Whatever is not such a file, whole and undamaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Judge, ModelError> {
        let field = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
        let (Some(MAGIC), Some(version)) = (bytes.first_chunk(), field(8)) else { return Err(ModelError::Foreign) };
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let expected = HEADER + 4 * INPUTS.map(Net::length).iter().sum::<usize>();
        if bytes.len() != expected {
            return Err(ModelError::Length { expected, found: bytes.len() });
        }
        let (header, body) = bytes.split_at(HEADER);
        let mut numbers = body.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four));
        let mut judge = Judge::new();
        judge.nets.iter_mut().flat_map(|net| &mut net.numbers).for_each(|number| {
            *number = numbers.next().unwrap_or(f32::NAN);
        });
        let sane = judge.nets.iter().flat_map(|net| &net.numbers).all(|number| number.abs() < 1e6);
        let sum = check_sum(&header[..HEADER - 8], body).to_le_bytes();
        if sane && header[HEADER - 8..] == sum { Ok(judge) } else { Err(ModelError::Damaged) }
    }

    /// The file that [`Judge::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body: Vec<u8> = self.nets.iter().flat_map(|net| &net.numbers).flat_map(|n| n.to_le_bytes()).collect();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(check_sum(&bytes, &body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    /// The score of a step, in nats.
    pub fn score(&self, step: Step, input: &[f32]) -> f32 {
        self.nets[step as usize].score(input)
    }
}

impl Default for Judge {
    fn default() -> Self {
        Judge::new()
    }
}

/// What a sheet's lines have in common, seen with a measure.
pub const COMMON: usize = 6;

/// The cues of one sheet under one measure.
#[derive(Clone, Debug)]
pub struct Cues<'s> {
    sheet: &'s Sheet<'s>,
    measure: &'s Measure,
    common: [f32; COMMON],
}

fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

/// Log-odds brought to a size of about one.
fn tamed(odds: f32) -> f32 {
    odds.clamp(-9.0, 9.0) / 3.0
}

/// A small deviation told finely near zero, and a large one coarsely.
fn fine(over: f32) -> [f32; 3] {
    [(over / 0.025).tanh(), (over / 0.1).tanh(), over.clamp(-1.0, 1.0)]
}

/// A cell of fewer words is short. At least as many as the junction model looks at.
const SHORT: usize = 6;

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
        let (mut long, mut wide, mut trailing, mut strange) = (0.0, 0.0, 0.0, 0.0);
        for strip in &sheet.strips {
            let words = 0..strip.facts.len();
            long += yes(strip.facts.width(measure.face, words.clone()) > 1.12 * widest);
            wide += yes(strip.widest_gap(words.clone()) >= WIDE);
            trailing += yes(strip.facts.trailing);
            strange += tamed(strip.strangest(words));
        }
        let columns = (measure.columns.len() - 2) as f32;
        cues.common = [long / count, wide / count, trailing / count, strange / count, sheet.weave(), columns];
        cues
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
        let opening = self.sheet.facts(piece).tokens[usize::from(piece.start)].opening;
        [Opening::Lower, Opening::Upper, Opening::Digit, Opening::Bullet].map(|kind| yes(opening == kind))
    }

    fn closing(&self, piece: Piece) -> [f32; 4] {
        let closing = self.sheet.facts(piece).tokens[usize::from(piece.end) - 1].closing;
        [Closing::Sentence, Closing::Pause, Closing::Comma, Closing::Hyphen].map(|kind| yes(closing == kind))
    }

    /// Whether white space after a piece says that its column goes on in the next line (1), its absence that it does
    /// not (-1), or neither says anything (0): few extractors keep it.
    fn goes_on(&self, piece: Piece) -> f32 {
        let facts = self.sheet.facts(piece);
        match usize::from(piece.end) == facts.len() && (0.05..0.98).contains(&self.common[2]) {
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
        let strip = &self.sheet.strips[piece.strip as usize];
        let words = piece.words();
        let lead = strip.facts.tokens[0].spaces;
        let first = words.start == 0;
        let count = words.len();
        Input::new()
            .add(&fine(self.over(column, piece)))
            .add(&[count.min(12) as f32 / 12.0, yes(count == 1)])
            .add(&[tamed(strip.strangest(words.clone())), yes(strip.widest_gap(words.clone()) >= WIDE)])
            .add(&[yes(first && words.end == strip.facts.len())])
            .add(&[yes(column == 0), yes(column + 1 == self.measure.columns.len())])
            .add(&[if first && lead > 0 { self.sheet.aligned(strip.facts.tokens[0].column) } else { 0.0 }])
            .add(&[if first { f32::from(lead.min(40)) / 20.0 } else { 0.0 }])
            .add(&self.opening(piece)[1..])
            .add(&self.closing(piece))
            .add(&self.common)
            .done()
    }

    /// What speaks for a cell as what follows another in its column; `from` is none where the column starts.
    pub fn link(&self, column: usize, from: Option<Piece>, to: Piece) -> [f32; LINK] {
        let mut input = Input::new();
        let lone = |piece: Piece| piece.words() == (0..self.sheet.facts(piece).len());
        match from {
            None => {
                input.add(&[1.0]).add(&[0.0; 24]);
            }
            Some(from) => {
                let width = self.measure.columns[column];
                let facts = self.sheet.facts(to);
                let next = facts.width(self.measure.face, to.words().start..to.words().start + 1);
                let with_next = (self.width(from) + self.measure.face.space() + next) / width - 1.0;
                let apart = to.strip - from.strip;
                let blank = (from.strip + 1..=to.strip).any(|strip| self.sheet.strips[strip as usize].after_blank);
                let odds = self.sheet.odds(from, to);
                let fits = with_next < -0.01;
                input
                    .add(&[0.0, tamed(odds), yes(fits) * tamed(odds)])
                    .add(&[repeats(self.repeated(from, to)), yes(self.closing(from)[3] > 0.0) * self.opening(to)[0]])
                    .add(&fine(self.over(column, from)))
                    .add(&fine(with_next))
                    .add(&self.closing(from))
                    .add(&[yes(apart == 2), yes(apart == 3), yes(apart > 3), yes(blank)])
                    .add(&[self.goes_on(from), yes(lone(from))])
                    .add(&[yes(from.words().len() < SHORT), yes(from.words().len() == 1)])
                    .add(&[yes(fits) * yes(self.closing(from)[0] > 0.0), yes(fits) * self.opening(to)[0]]);
            }
        }
        input.add(&self.opening(to)).add(&[yes(lone(to)), yes(to.words().len() < SHORT)]);
        input.add(&[yes(column == 0)]).add(&self.common).done()
    }

    /// All that [`Cues::link`] sees of the piece that it goes on to: its first word, whether it is the whole line, and
    /// how many words it has, up to those of a cell that is not short.
    pub fn seen_by_link(&self, to: Piece) -> (u16, bool, usize) {
        (to.start, to.words() == (0..self.sheet.facts(to).len()), to.words().len().min(SHORT))
    }

    /// How often the last word of a piece and the first of another stand side by side elsewhere.
    fn repeated(&self, from: Piece, to: Piece) -> u16 {
        let last = &self.sheet.facts(from).tokens[usize::from(from.end) - 1];
        let first = &self.sheet.facts(to).tokens[usize::from(to.start)];
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
                    .add(&self.closing(last))
                    .add(&self.opening(first))
                    .add(&[yes(first.strip < 3), yes(last.strip as usize + 3 >= self.sheet.strips.len())])
                    .add(&[self.goes_on(last)]);
            }
            (last, first) => {
                input.add(&[yes(last.is_none()), yes(first.is_none())]).add(&[0.0; 16]);
            }
        }
        input.add(&self.common).done()
    }

    /// What speaks for a column's being empty on a strip; `last` is its last cell, if it has any yet.
    pub fn skip(&self, column: usize, last: Option<Piece>, strip: usize) -> [f32; SKIP] {
        let mut input = Input::new();
        match last {
            None => {
                input.add(&[1.0]).add(&[0.0; 9]);
            }
            Some(last) => {
                let apart = strip - last.strip as usize;
                let over = self.over(column, last);
                input
                    .add(&[0.0, (over / 0.1).tanh()])
                    .add(&self.closing(last))
                    .add(&[yes(apart == 2), yes(apart == 3), yes(apart > 3)])
                    .add(&[self.goes_on(last)]);
            }
        }
        input.add(&[yes(column == 0), yes(column + 1 == self.measure.columns.len())]).add(&self.common).done()
    }

    /// What speaks for leaving a strip out of the columns. `above` is the strip above where that is outside too;
    /// `open` is the share of the columns whose last cells stop in the middle of a sentence, where the strip above was
    /// part of the columns.
    pub fn outside(&self, strip: usize, above: Option<usize>, open: Option<f32>) -> [f32; OUTSIDE] {
        let (this, whole) = (&self.sheet.strips[strip], self.sheet.whole(strip));
        let words = 0..this.facts.len();
        let width = self.width(whole);
        let last = self.sheet.strips.len() - 1 - strip;
        let widest = self.measure.columns.iter().copied().fold(0.0, f32::max);
        let mut input = Input::new();
        input
            .add(&fine(width / self.measure.whole() - 1.0))
            .add(&[(width / widest - 1.0).clamp(-1.0, 1.0)])
            .add(&[yes(strip == 0), yes(strip == 1), yes(last == 0), yes(last == 1)])
            .add(&[tamed(this.strangest(words.clone())), yes(this.widest_gap(words.clone()) >= WIDE)])
            .add(&[words.len().min(12) as f32 / 12.0, yes(this.after_blank)])
            .add(&self.opening(whole)[1..])
            .add(&self.closing(whole)[..2])
            .add(&[yes(open.is_some()), open.unwrap_or(0.0)]);
        match above {
            None => {
                input.add(&[0.0; 7]);
            }
            Some(above) => {
                let above = self.sheet.whole(above);
                let next = this.facts.width(self.measure.face, 0..1);
                let room = (self.width(above) + self.measure.face.space() + next) / self.measure.whole() - 1.0;
                let over = self.width(above) / self.measure.whole() - 1.0;
                input.add(&[1.0, tamed(self.sheet.odds(above, whole)), self.closing(above)[0]]).add(&[
                    (over / 0.05).tanh(),
                    (over / 0.3).tanh(),
                    (room / 0.05).tanh(),
                    (room / 0.3).tanh(),
                ]);
            }
        }
        input.add(&self.common).done()
    }

    /// Whether a piece stops in the middle of a sentence.
    pub fn is_open(&self, piece: Piece) -> bool {
        let closing = self.sheet.facts(piece).tokens[usize::from(piece.end) - 1].closing;
        !matches!(closing, Closing::Sentence | Closing::Pause)
    }
}
