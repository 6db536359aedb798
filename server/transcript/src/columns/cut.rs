//! The ways to cut a line into cells that are worth a closer look.

use arrayvec::ArrayVec;

use super::cues::Cues;
use super::fullness::fullness;
use super::measure::{MOST_COLUMNS, Measure};
use super::sheet::{Piece, Sheet};

/// The cells of a line, each with its column. Not on the heap, for very many cuts are looked at.
pub type Cells = ArrayVec<(u8, Piece), MOST_COLUMNS>;

/// A way to read a strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its cells from left to right, each with its column; none where the strip is no part of the columns.
    pub cells: Cells,
}

impl Cut {
    /// The strip is no part of the columns.
    pub fn outside() -> Cut {
        Cut { cells: Cells::new() }
    }

    /// Whether the strip is no part of the columns.
    pub fn is_outside(&self) -> bool {
        self.cells.is_empty()
    }

    /// The cell of a column.
    pub fn cell(&self, column: usize) -> Option<Piece> {
        self.cells.iter().find(|(at, _)| usize::from(*at) == column).map(|(_, piece)| *piece)
    }
}

/// At most so many splits of a strip are looked at closely, for two columns and for more.
const SPLITS: [usize; 2] = [9, 24];
/// A split that is so much less likely than the best one at first sight, in nats, is not looked at.
const BEHIND: f32 = 6.0;
/// A cell may stand out of its column by this share of it.
const STICKS_OUT: f32 = 0.15;

/// The ways to cut a strip that are worth a closer look: outside first, then all of it in one column, then the
/// likeliest splits. There is always one at least.
pub fn cuts(sheet: &Sheet, measure: &Measure, cues: &Cues, strip: usize) -> Vec<Cut> {
    let whole = sheet.whole(strip);
    let columns = measure.columns.len();
    let mut splits = splits(sheet, measure, strip);
    splits.sort_by(|one, other| other.0.total_cmp(&one.0));
    let best = splits.first().map_or(0.0, |split| split.0);
    splits.truncate(SPLITS[usize::from(columns > 2)]);
    splits.retain(|split| split.0 > best - BEHIND);
    let mut cuts = vec![Cut::outside()];
    for column in 0..columns {
        if splits.is_empty() || cues.over(column, whole) < STICKS_OUT {
            cuts.push(Cut { cells: Cells::from_iter([(column as u8, whole)]) });
        }
    }
    cuts.extend(splits.into_iter().map(|(_, cut)| cut));
    cuts
}

/// All ways to split a strip over two columns or more, with what speaks for each at first sight.
fn splits(sheet: &Sheet, measure: &Measure, strip: usize) -> Vec<(f32, Cut)> {
    let this = &sheet.strips[strip];
    let words = this.facts.len();
    let columns = measure.columns.len();
    let over = |column: usize, piece: Piece| {
        fullness(this.facts.width(measure.face, piece.words()) / measure.columns[column] - 1.0).ln()
    };
    let mut all: Vec<(f32, Cut)> = Vec::with_capacity(words * columns * (columns - 1) / 2);
    let piece = |range: std::ops::Range<usize>| Piece::new(strip, range);
    for word in 1..words {
        let (left, right) = (piece(0..word), piece(word..words));
        for first in 0..columns - 1 {
            for second in first + 1..columns {
                let seen = this.gains[word] + over(first, left) + over(second, right);
                let empty = columns - 2;
                let cells = Cells::from_iter([(first as u8, left), (second as u8, right)]);
                all.push((seen - empty as f32, Cut { cells }));
            }
        }
    }
    if columns > 2 {
        let likely = likely_gaps(&this.gains);
        for (at, &word) in likely.iter().enumerate() {
            for (further, &next) in likely.iter().enumerate().skip(at + 1) {
                let pieces = [piece(0..word), piece(word..next), piece(next..words)];
                let seen = this.gains[word] + this.gains[next];
                three(columns, pieces, seen, &over, &mut all);
                if columns == MOST_COLUMNS {
                    for &last in &likely[further + 1..] {
                        let pieces = [piece(0..word), piece(word..next), piece(next..last), piece(last..words)];
                        let fits: f32 = pieces.iter().enumerate().map(|(column, &piece)| over(column, piece)).sum();
                        let cells = pieces.iter().enumerate().map(|(column, &piece)| (column as u8, piece));
                        all.push((seen + this.gains[last] + fits, Cut { cells: cells.collect() }));
                    }
                }
            }
        }
    }
    all
}

/// The words before which a strip is likeliest split, ascending: to try all threes of them would take too long.
fn likely_gaps(gains: &[f32]) -> Vec<usize> {
    const LIKELY: usize = 14;
    let mut words: Vec<usize> = (1..gains.len()).collect();
    words.sort_by(|&one, &other| gains[other].total_cmp(&gains[one]));
    words.truncate(LIKELY);
    words.sort_unstable();
    words
}

/// Three pieces in three columns, of three or, one left empty, of four.
fn three(columns: usize, pieces: [Piece; 3], seen: f32, over: &dyn Fn(usize, Piece) -> f32, all: &mut Vec<(f32, Cut)>) {
    let empty = if columns > 3 { 0..columns } else { columns..columns + 1 };
    for empty in empty {
        let places: Vec<usize> = (0..columns).filter(|&column| column != empty).collect();
        let fits: f32 = places.iter().zip(pieces).map(|(&column, piece)| over(column, piece)).sum();
        let cells = places.iter().zip(pieces).map(|(&column, piece)| (column as u8, piece));
        all.push((seen + fits - (columns - 3) as f32, Cut { cells: cells.collect() }));
    }
}
