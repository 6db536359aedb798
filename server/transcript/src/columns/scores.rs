//! The scores of one line of a sheet that many readings share, each worked out once: what a cut scores by itself, and
//! what going on from each cell that may be the last of its column scores.
//!
//! What they hang on, so that after an edit what stands can be told from what does not ([`super::reread::Differs`]): what a
//! cut scores, on the words of its own strip, how often they stand side by side in the sheet, and where wide gaps of other
//! strips end; a link, on the words of both strips, and how often those that meet stand side by side; a start and a line
//! outside, on what the strips around look like. All of them hang on what the sheet's lines have in common, on the measure,
//! on how many strips there are and after which a blank line stands: where any of these is another, nothing stands.

use std::borrow::Cow;

use super::cues::{Before, Cues, Next};
use super::cut::Cut;
use super::judge::{Judge, LINK_PARTS, Step};
use super::junction::Right;
use super::measure::MOST_COLUMNS;
use super::net::Sums;
use super::open::{self, Open, State};
use super::reread::Differs;
use super::sheet::Piece;

/// The scores of one line that several readings share, worked out once.
#[derive(Clone, Debug, Default)]
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
    /// What leaving the line outside scores after what it may follow.
    contexts: Vec<(Before, f32)>,
    /// Which of them each state before is.
    outside: Vec<u16>,
}

/// What speaks for leaving a line at the edge of a sheet out of the columns that shows the number of a page or of a chapter, in
/// nats: as a running header it may be as wide as a line of all columns, and read like one, or as narrow as a heading. Set by
/// hand, for the judge has no cue for it; of two to three it made no difference which.
const RUNNING: f32 = 2.5;

/// The ways to cut a line that may have a part in a reading of it, each with what it scores by itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Weighed {
    pub(super) cuts: Vec<Cut>,
    pub(super) alone: Vec<f32>,
}

impl Weighed {
    /// Of some cuts those that by themselves are not so much less likely than the best that nothing around them would make
    /// up for it. To leave the line outside is always one.
    pub(super) fn of((judge, cues): (&Judge, &Cues), strip: usize, cuts: Vec<Cut>) -> Weighed {
        /// So much less likely than the best, in nats, and than the best of as many cells: what is around them tells more often
        /// how many cells a line has than which.
        const BEHIND: f32 = 7.0;
        const BEHIND_ALIKE: f32 = 5.0;
        let alone: Vec<f32> = cuts.iter().map(|cut| alone(judge, cues, strip, cut)).collect();
        let mut best = [f32::NEG_INFINITY; MOST_COLUMNS + 1];
        cuts.iter().zip(&alone).for_each(|(cut, &alone)| best[cut.cells.len()] = best[cut.cells.len()].max(alone));
        let inside = best[1..].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let is_likely = |cut: &Cut, alone: f32| {
            cut.is_outside() || alone >= inside - BEHIND && alone >= best[cut.cells.len()] - BEHIND_ALIKE
        };
        let weighed = cuts.into_iter().zip(alone);
        let (cuts, alone) = weighed.filter(|(cut, alone)| is_likely(cut, *alone)).unzip();
        Weighed { cuts, alone }
    }

    /// Adds a cut whatever its score.
    pub(super) fn add(&mut self, (judge, cues): (&Judge, &Cues), strip: usize, cut: &Cut) {
        self.alone.push(alone(judge, cues, strip, cut));
        self.cuts.push(cut.clone());
    }
}

/// What was known of a line before an edit, and what differs since.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub(super) cuts: &'k [Cut],
    pub(super) scores: &'k Scores,
    pub(super) differs: &'k Differs,
}

impl Known<'_> {
    /// The ways to cut the line, where they and what each scores by itself stand.
    pub(super) fn weighed(&self, cues: &Cues, strip: usize) -> Option<Weighed> {
        let stands = self.differs.cuts_stand(strip) && self.alone_stands(cues, strip);
        stands.then(|| Weighed { cuts: self.cuts.to_vec(), alone: self.scores.alone.clone() })
    }

    /// Whether what each cut scores by itself stands.
    fn alone_stands(&self, cues: &Cues, strip: usize) -> bool {
        self.differs.is_same(strip) && self.differs.is_alike_inside(cues.sheet(), strip)
    }

    /// The scores of going on from a last cell of a column in each of some cells, where they stand.
    fn row(&self, cues: &Cues, column: usize, last: Option<Piece>, cells: &[Piece]) -> Option<&[f32]> {
        let Known { scores, differs, .. } = self;
        let at = scores.lasts[column].iter().position(|other| *other == last)?;
        let same = last.is_none_or(|last| differs.is_same(last.strip()));
        let often = || cells.iter().all(|&cell| differs.meet_as_often(cues.sheet(), last, Some(cell)));
        let length = cells.len() + 1;
        (same && scores.cells[column] == cells && often()).then(|| &scores.links[column][at * length..][..length])
    }

    /// Whether all scores stand of a line that looks the same.
    pub(super) fn stands(&self, cues: &Cues, strip: usize) -> bool {
        let Scores { lasts, cells, .. } = self.scores;
        let mut each = lasts.iter().zip(cells).enumerate();
        let mut row = |(column, (lasts, cells)): (usize, (&Vec<Option<Piece>>, &Vec<Piece>))| {
            lasts.iter().all(|&last| self.row(cues, column, last, cells).is_some())
        };
        self.alone_stands(cues, strip) && each.all(&mut row)
    }
}

impl Scores {
    /// The scores of a line after some states; what is known from before an edit is taken over where it stands.
    pub(super) fn new(
        (judge, cues): (&Judge, &Cues),
        strip: usize,
        before: &[State],
        (cuts, alone): (&[Cut], Vec<f32>),
        known: Option<Known>,
    ) -> Scores {
        let columns = cues.columns();
        let same = known.filter(|known| known.differs.is_same(strip));
        let inside = || before.iter().filter(|state| !state.open.outside);
        let lasts: Vec<Vec<Option<Piece>>> = (0..columns)
            .map(|column| unique(std::iter::once(None).chain(inside().map(|state| state.open.last[column]))))
            .collect();
        let cells: Vec<Vec<Piece>> =
            (0..columns).map(|column| unique(cuts.iter().filter_map(|cut| cut.cell(column)))).collect();
        let each = lasts.iter().zip(&cells).enumerate();
        let links = each.map(|(column, ends)| links((judge, cues), strip, column, ends, same)).collect();
        let looks = known.filter(|known| known.differs.looks_same(strip)).map(|known| known.scores);
        let start = |before| judge.score(Step::Start, &cues.start(strip, before));
        let starts = match (looks, strip) {
            (Some(scores), _) => scores.starts,
            (None, 0) => [start(Before::Nothing), 0.0, 0.0],
            (None, _) => [0.0, start(Before::Outside), start(Before::Ended)],
        };
        let contexts = looks.map_or_else(Vec::new, |scores| scores.contexts.clone());
        let mut scores = Scores { alone, starts, lasts, cells, links, contexts, outside: Vec::new() };
        scores.look_outside((judge, cues), strip, before);
        scores
    }

    /// Works out what leaving the line outside scores after each state.
    fn look_outside(&mut self, (judge, cues): (&Judge, &Cues), strip: usize, before: &[State]) {
        let running = if cues.is_running(strip) { RUNNING } else { 0.0 };
        self.outside.reserve(before.len());
        for state in before {
            let context = open::before(cues, &state.open, cues.columns());
            let known = self.contexts.iter().position(|(other, _)| *other == context);
            self.outside.push(known.unwrap_or_else(|| {
                let score = judge.score(Step::Outside, &cues.outside(strip, context)) + running;
                self.contexts.push((context, score));
                self.contexts.len() - 1
            }) as u16);
        }
    }

    /// What leaving the line outside scores after a state.
    pub(super) fn outside(&self, from: usize) -> f32 {
        self.contexts[usize::from(self.outside[from])].1
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
            steps.extend(cuts.iter().zip(&cells).zip(&self.alone).map(|((cut, cells), alone)| {
                let links = rows.iter().zip(cells).take(columns).map(|(row, &cell)| row[cell]);
                if cut.is_outside() { f32::NEG_INFINITY } else { start + alone + links.sum::<f32>() }
            }));
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

/// The cells of a column that others may go on in, made ready to be met by many.
struct Begun<'s> {
    cells: Vec<Next>,
    starts: Vec<Cow<'s, Right>>,
    /// What the judge makes of each by itself.
    parts: Vec<Sums>,
    /// How naturally the last cell that is looked at goes on in each, and what speaks for either's following the other.
    odds: Vec<f32>,
    both: Vec<[f32; LINK_PARTS[2]]>,
}

impl<'s> Begun<'s> {
    fn new((judge, cues): (&Judge, &Cues<'s>), cells: &[Piece]) -> Self {
        let starts = cells.iter().map(|&piece| cues.sheet().right(piece)).collect();
        let cells: Vec<Next> = cells.iter().map(|&piece| cues.next(piece)).collect();
        let part = |next| judge.net(Step::Link).part(FROM, &cues.link_to(next));
        let parts = cells.iter().map(part).collect();
        let (odds, both) = (Vec::with_capacity(cells.len()), Vec::with_capacity(cells.len()));
        Begun { cells, starts, parts, odds, both }
    }

    /// Adds the scores of going on from a last cell of the column, none where it starts, in each of the cells.
    fn add_row(
        &mut self,
        (judge, cues): (&Judge, &Cues),
        (strip, column): (usize, usize),
        last: Option<Piece>,
        scores: &mut Vec<f32>,
    ) {
        let net = judge.net(Step::Link);
        let from = last.map(|piece| cues.last(piece));
        let sums = net.with(net.begin(), 0, &cues.link_from(column, from.as_ref(), strip));
        self.both.clear();
        if let Some(from) = &from {
            let end = cues.sheet().left(from.piece());
            self.odds.clear();
            cues.sheet().odds_of_each(&end, &self.starts, &mut self.odds);
            let both = self.cells.iter().zip(&self.odds).map(|(next, &odds)| cues.link_both(column, from, next, odds));
            self.both.extend(both);
            net.ends(&sums, &self.parts, FROM + LINK_PARTS[1], &self.both, scores);
        } else {
            net.ends::<0>(&sums, &self.parts, FROM, &vec![[]; self.parts.len()], scores);
        }
    }
}

/// For each last cell of a column the scores of going on in each of some cells, and then of leaving the column empty.
fn links(
    (judge, cues): (&Judge, &Cues),
    strip: usize,
    column: usize,
    (lasts, cells): (&Vec<Option<Piece>>, &Vec<Piece>),
    known: Option<Known>,
) -> Vec<f32> {
    let mut begun = None;
    let mut scores = Vec::with_capacity(lasts.len() * (cells.len() + 1));
    for &last in lasts {
        if let Some(row) = known.as_ref().and_then(|known| known.row(cues, column, last, cells)) {
            scores.extend_from_slice(row);
            continue;
        }
        let begun = begun.get_or_insert_with(|| Begun::new((judge, cues), cells));
        begun.add_row((judge, cues), (strip, column), last, &mut scores);
        scores.push(judge.score(Step::Skip, &cues.skip(column, last, strip)));
    }
    scores
}

/// Where the numbers of a link begin that do not speak of the cell that it comes from.
const FROM: usize = LINK_PARTS[0];

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
