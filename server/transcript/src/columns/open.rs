//! What a reading of a sheet leaves open after a line: where each column may go on, and what ends when the columns do.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::cues::{Before, Cues, End};
use super::cut::Cut;
use super::judge::{Judge, Step};
use super::measure::MOST_COLUMNS;
use super::reread::Differs;
use super::sheet::{Piece, Sheet};

/// What is open after a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    /// The last cell of each column; all none outside the columns.
    pub(super) last: [Option<Piece>; MOST_COLUMNS],
    /// The first cell of each column but the left one.
    pub(super) first: [Option<Piece>; MOST_COLUMNS - 1],
    /// Whether the line is outside.
    pub(super) outside: bool,
    /// Whether it is outside and columns ended above it.
    pub(super) ended: bool,
}

impl Open {
    /// What tells it from what other readings leave open that do not go on as one with it, in numbers: the last cell of each
    /// column, the strip on which each but the left one began, whether the line is outside and whether columns ended above
    /// it.
    pub(super) fn tips(&self) -> Tips {
        let number = |piece: Option<Piece>| u64::from(piece.map_or(0, Piece::number));
        let [one, two, three, four] = self.last.map(number);
        let began = |piece: Option<Piece>| piece.map_or(u64::from(u16::MAX), |piece| piece.strip() as u64);
        let began = self.first.map(began).into_iter().fold(0, |all, strip| all << 16 | strip);
        let whether = u64::from(self.outside) << 1 | u64::from(self.ended);
        (one << 32 | two, three << 32 | four, began << 2 | whether)
    }

    /// Whether columns are open.
    pub(super) fn is_inside(&self) -> bool {
        !self.outside && *self != START
    }
}

/// See [`Open::tips`].
pub(super) type Tips = (u64, u64, u64);

/// The state before the first line.
pub(super) const START: Open =
    Open { last: [None; MOST_COLUMNS], first: [None; MOST_COLUMNS - 1], outside: false, ended: false };

/// A state of the lattice: what the readings of the lines so far that are alike from here on leave open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State {
    pub(super) open: Open,
    /// Which cut of its line leads here.
    pub(super) cut: u16,
    /// The log of the sum of all readings of the lines so far that end in it, against the likeliest state of its line.
    pub(super) forward: f32,
}

/// What a line outside the columns follows.
pub(super) fn before(cues: &Cues, open: &Open, columns: usize) -> Before {
    if open.outside {
        return if open.ended { Before::Ended } else { Before::Outside };
    }
    if *open == START {
        return Before::Nothing;
    }
    let unfinished = open.last[..columns].iter().flatten().filter(|piece| cues.is_open(**piece)).count();
    Before::Inside(unfinished as f32 / columns as f32)
}

/// What is open after a cut.
pub(super) fn after(open: &Open, cut: &Cut) -> Open {
    if cut.is_outside() {
        return Open { outside: true, ended: open.ended || open.is_inside(), ..START };
    }
    let mut next = Open { outside: false, ended: false, ..*open };
    for &(column, piece) in &cut.cells {
        let column = usize::from(column);
        next.last[column] = Some(piece);
        if column > 0 {
            next.first[column - 1].get_or_insert(piece);
        }
    }
    next
}

/// The ends of all columns but the last where what is open ends; none outside the columns.
pub(super) fn ends(open: &Open, columns: usize) -> impl Iterator<Item = End> {
    /// Columns that end so many strips apart end level: their lines may lie between one another.
    const LEVEL: usize = 2;
    let count = if open.is_inside() { columns - 1 } else { 0 };
    let (last, first) = (open.last, open.first);
    (0..count).map(move |column| {
        let [this, next] = [last[column], last[column + 1]].map(|last| last.map_or(0, Piece::strip));
        let depth = if this.abs_diff(next) <= LEVEL { Ordering::Equal } else { this.cmp(&next) };
        End { column, last: last[column], first: first[column], depth }
    })
}

impl End {
    /// Whether what it scores stands after an edit.
    pub(super) fn stands(&self, sheet: &Sheet, differs: &Differs) -> bool {
        let same = |piece: Option<Piece>| piece.is_none_or(|piece| differs.is_same(piece.strip()));
        same(self.last) && same(self.first) && differs.meet_as_often(sheet, self.last, self.first)
    }
}

/// What the end of one column as what the next goes on from scores: the same for very many readings.
#[derive(Clone, Debug, Default)]
pub(super) struct Endings(FxHashMap<End, f32>);

impl Endings {
    /// Keeps what stands after an edit.
    pub(super) fn keep(&mut self, sheet: &Sheet, differs: &Differs) {
        /// More are not kept: of most nobody asks again.
        const MOST: usize = 4096;
        if self.0.len() > MOST {
            self.0.clear();
        }
        self.0.retain(|end, _| end.stands(sheet, differs));
    }

    /// The score of ending the columns that are open.
    pub(super) fn score(&mut self, judge: &Judge, cues: &Cues, open: &Open) -> f32 {
        let mut score = |end: End| {
            let known = self.0.entry(end);
            *known.or_insert_with(|| judge.score(Step::Wrap, &cues.wrap(&end)))
        };
        ends(open, cues.columns()).map(&mut score).sum()
    }
}
