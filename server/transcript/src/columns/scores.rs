//! The scores of one line of a sheet that many readings share, each worked out once: what a cut scores by itself, and
//! what going on from each cell that may be the last of its column scores.

use std::borrow::Cow;

use super::cues::{Before, Cues, Next};
use super::cut::Cut;
use super::judge::{Judge, LINK_PARTS, Step};
use super::junction::Right;
use super::measure::MOST_COLUMNS;
use super::net::Sums;
use super::open::{Open, State};
use super::sheet::Piece;

/// The scores of one line that several readings share, worked out once.
pub(super) struct Scores {
    /// What each cut scores by itself.
    alone: Vec<f32>,
    /// What starting the columns scores where the line above is none, outside, or outside below other columns.
    starts: [f32; 3],
    /// For each column the last cells that the readings so far leave open.
    lasts: Vec<Vec<Option<Piece>>>,
    /// For each column the cells that the cuts put there.
    cells: Vec<Vec<Piece>>,
    /// For each column and last cell the scores of going on in each cell, and then of leaving the column empty: a row
    /// after the other.
    links: Vec<Vec<f32>>,
}

impl Scores {
    pub(super) fn new(
        judge: &Judge,
        cues: &Cues,
        strip: usize,
        before: &[State],
        cuts: &[Cut],
        columns: usize,
    ) -> Scores {
        let alone = cuts.iter().map(|cut| alone(judge, cues, strip, cut)).collect();
        let inside = || before.iter().filter(|state| !state.open.outside);
        let lasts: Vec<Vec<Option<Piece>>> = (0..columns)
            .map(|column| unique(std::iter::once(None).chain(inside().map(|state| state.open.last[column]))))
            .collect();
        let cells: Vec<Vec<Piece>> =
            (0..columns).map(|column| unique(cuts.iter().filter_map(|cut| cut.cell(column)))).collect();
        let each = lasts.iter().zip(&cells).enumerate();
        let links = each.map(|(column, (lasts, cells))| links(judge, cues, strip, column, lasts, cells)).collect();
        let start = |before| judge.score(Step::Start, &cues.start(strip, before));
        let starts = match strip {
            0 => [start(Before::Nothing), 0.0, 0.0],
            _ => [0.0, start(Before::Outside), start(Before::Ended)],
        };
        Scores { alone, starts, lasts, cells, links }
    }

    /// For each column the scores of what may follow the last cell of a state.
    fn rows(&self, open: &Open) -> [&[f32]; MOST_COLUMNS] {
        let mut rows: [&[f32]; MOST_COLUMNS] = [&[]; MOST_COLUMNS];
        for (column, lasts) in self.lasts.iter().enumerate() {
            let place = lasts.iter().position(|last| *last == open.last[column]).unwrap_or(0);
            let length = self.cells[column].len() + 1;
            rows[column] = &self.links[column][place * length..][..length];
        }
        rows
    }

    /// What starting the columns scores after a state; nothing where they are open already.
    fn start(&self, open: &Open) -> f32 {
        match (open.is_inside(), open.outside, open.ended) {
            (true, ..) => 0.0,
            (_, false, _) => self.starts[0],
            (.., ended) => self.starts[1 + usize::from(ended)],
        }
    }

    /// For each state and cut the score of going on from the one with the other; none for the cuts that leave the line
    /// outside.
    pub(super) fn steps(&self, before: &[State], cuts: &[Cut]) -> Vec<f32> {
        let columns = self.cells.len();
        let cells: Vec<_> = cuts.iter().map(|cut| self.cells(cut)).collect();
        let mut steps = Vec::with_capacity(before.len() * cuts.len());
        for state in before {
            let (rows, start) = (self.rows(&state.open), self.start(&state.open));
            for (at, cut) in cuts.iter().enumerate() {
                let links = || rows.iter().zip(&cells[at]).take(columns).map(|(row, &cell)| row[cell]);
                steps.push(if cut.is_outside() {
                    f32::NEG_INFINITY
                } else {
                    start + self.alone[at] + links().sum::<f32>()
                });
            }
        }
        steps
    }

    /// Where the cells of a cut stand among those of each column; past the end where it has none.
    fn cells(&self, cut: &Cut) -> [usize; MOST_COLUMNS] {
        let mut places = [0; MOST_COLUMNS];
        for (column, cells) in self.cells.iter().enumerate() {
            let cell = cut.cell(column);
            places[column] = cells.iter().position(|other| Some(*other) == cell).unwrap_or(cells.len());
        }
        places
    }
}

/// For each last cell of a column the scores of going on in each of some cells, and then of leaving the column empty.
fn links(
    judge: &Judge,
    cues: &Cues,
    strip: usize,
    column: usize,
    lasts: &[Option<Piece>],
    cells: &[Piece],
) -> Vec<f32> {
    const FROM: usize = LINK_PARTS[0];
    let net = judge.net(Step::Link);
    let sheet = cues.sheet();
    let cells: Vec<_> = cells
        .iter()
        .map(|&piece| {
            let next = cues.next(piece);
            (next, sheet.right(piece), net.part(FROM, &cues.link_to(&next)))
        })
        .collect();
    let mut scores = Vec::with_capacity(lasts.len() * (cells.len() + 1));
    for &piece in lasts {
        let from = piece.map(|piece| (cues.last(piece), sheet.left(piece)));
        let sums = net.with(net.begin(), 0, &cues.link_from(column, from.as_ref().map(|from| &from.0), strip));
        let skip = judge.score(Step::Skip, &cues.skip(column, piece, strip));
        let link = |(next, start, part): &(Next, Cow<Right>, Sums)| {
            let sums = sums.plus(part);
            let Some((last, end)) = &from else { return net.end(&sums) };
            let odds = sheet.odds_between(end, start);
            net.end(&net.with(sums, FROM + LINK_PARTS[1], &cues.link_both(column, last, next, odds)))
        };
        scores.extend(cells.iter().map(link).chain([skip]));
    }
    scores
}

/// The score of a cut's cells and splits by themselves.
fn alone(judge: &Judge, cues: &Cues, strip: usize, cut: &Cut) -> f32 {
    let mut score = 0.0;
    for (at, &(column, piece)) in cut.cells.iter().enumerate() {
        score += judge.score(Step::Cell, &cues.cell(column.into(), piece));
        if at > 0 {
            score += judge.score(Step::Split, &cues.split(strip, piece.start()));
        }
    }
    score
}

/// Each of some values once, in the order in which they come first.
fn unique<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}
