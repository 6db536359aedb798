//! Decides: from the probabilities of all readings to the blocks of a sheet, each line cut as it is likeliest cut, with
//! the probability that this is right.

use super::cohesion;
use super::cut::Cut;
use super::judge::Judge;
use super::lattice::{Lattice, sum_logs};
use super::measure::{MOST_COLUMNS, interleaved, measures};
use super::prose;
use super::sheet::{Piece, Sheet};
use super::{Block, Cell, Place, Row};

/// Other cuts of a line that are less likely than this are not told.
const LEAST_TOLD: f32 = 0.02;
/// At most so many other cuts of a line are told.
const MOST_TOLD: usize = 4;
/// A guess at the measure that is so much less likely than the best, in nats, is left out.
const BEHIND: f32 = 8.0;

/// The blocks of a sheet, in the order of their lines.
pub fn blocks(sheet: &Sheet, judge: &Judge) -> Vec<Block> {
    if sheet.strips.len() < FEWEST {
        return Vec::new();
    }
    let split = measures(sheet);
    let woven = interleaved(sheet);
    let mut lattices: Vec<Lattice> = Vec::new();
    // The guesses come in the order of how well they fit; whether lines lie between one another is tried last.
    for measure in split.iter().chain(&woven) {
        let Some(lattice) = Lattice::beside(sheet, measure, judge, &lattices) else { continue };
        let sure = sureness(&lattice) > SURE;
        lattices.push(lattice);
        if sure {
            break;
        }
    }
    for lattice in &mut lattices {
        let homes = cohesion::at_home(lattice);
        lattice.lean(&homes);
    }
    let guesses = Guesses::new(&lattices);
    let strips: Vec<Choice> = (0..sheet.strips.len()).map(|strip| guesses.choice(strip)).collect();
    let mut blocks = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    for strip in 0..=strips.len() {
        if strips.get(strip).is_some_and(|choice| !choice.cut.is_outside()) {
            run.push(strip);
        } else {
            blocks.extend(block(sheet, &strips, &run));
            run.clear();
        }
    }
    blocks
}

/// How sure a lattice is of its likeliest cuts on average; a strip left outside counts for nothing.
fn sureness(lattice: &Lattice) -> f32 {
    let strips = lattice.sheet().strips.len();
    let surest = |strip: usize| {
        let cuts = lattice.cuts(strip);
        cuts.iter().filter(|(cut, _)| !cut.is_outside()).map(|(_, chance)| *chance).fold(0.0, f32::max)
    };
    (0..strips).map(surest).sum::<f32>() / strips.max(1) as f32
}

/// Where the readings under one measure are so sure, no other measure is tried.
const SURE: f32 = 0.9;

/// Fewer lines are no block.
const FEWEST: usize = 4;

/// What is decided of a strip.
struct Choice {
    cut: Cut,
    confidence: f32,
    /// The probability that it is part of the columns at all.
    inside: f32,
    others: Vec<(Cut, f32)>,
}

/// The readings under each guess at the measure, and how likely each guess is.
struct Guesses<'a> {
    lattices: Vec<(&'a Lattice<'a>, f32)>,
}

impl<'a> Guesses<'a> {
    /// Takes the likeliest number of columns, and weighs its guesses.
    fn new(lattices: &'a [Lattice<'a>]) -> Self {
        let of = |columns: usize| lattices.iter().filter(move |lattice| lattice.columns() == columns);
        let total = |columns: usize| sum_logs(of(columns).map(Lattice::total));
        let columns = (2..=MOST_COLUMNS).max_by(|&one, &other| total(one).total_cmp(&total(other))).unwrap_or(2);
        let all = total(columns);
        let weighed = of(columns).map(|lattice| (lattice, (lattice.total() - all).exp()));
        Guesses { lattices: weighed.filter(|(_, share)| *share > (-BEHIND).exp()).collect() }
    }

    fn choice(&self, strip: usize) -> Choice {
        let mut cuts: Vec<(Cut, f32)> = Vec::new();
        for (lattice, share) in &self.lattices {
            for (cut, chance) in lattice.cuts(strip) {
                match cuts.iter_mut().find(|(other, _)| *other == cut) {
                    Some((_, sum)) => *sum += chance * share,
                    None => cuts.push((cut, chance * share)),
                }
            }
        }
        let outside: f32 = cuts.iter().filter(|(cut, _)| cut.is_outside()).map(|(_, chance)| chance).sum();
        cuts.retain(|(cut, _)| cut.is_outside() == (outside > 0.5));
        cuts.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cells.len().cmp(&other.0.cells.len())));
        let mut cuts = cuts.into_iter();
        let (cut, confidence) = cuts.next().unwrap_or((Cut::outside(), outside));
        let others = cuts.filter(|(_, chance)| *chance > LEAST_TOLD).take(MOST_TOLD).collect();
        Choice { cut, confidence, inside: 1.0 - outside, others }
    }
}

/// A run of strips as a block; none where it is too short, or not prose set in columns.
fn block(sheet: &Sheet, strips: &[Choice], run: &[usize]) -> Option<Block> {
    if run.len() < FEWEST {
        return None;
    }
    let split = || run.iter().map(|&strip| &strips[strip]).filter(|choice| choice.cut.cells.len() > 1);
    let sure = split().map(|choice| choice.confidence).sum::<f32>() / split().count().max(1) as f32;
    let cells: Vec<(u8, Piece)> = run.iter().flat_map(|&strip| strips[strip].cut.cells.iter().copied()).collect();
    let prose = prose::chance(sheet, run, &cells, split().count(), sure);
    if prose < prose::LEAST {
        return None;
    }
    let columns = cells.iter().map(|(column, _)| column + 1).max()?;
    let mut rows: Vec<Row> = Vec::new();
    for &strip in run {
        let line = sheet.strips[strip].line;
        let next = rows.last().map_or(line, |row| row.line + 1);
        rows.extend((next..line).map(|line| Row { line, cells: Vec::new(), confidence: 1.0, others: Vec::new() }));
        rows.push(row(sheet, &strips[strip], line));
    }
    let inside = run.iter().map(|&strip| strips[strip].inside).sum::<f32>() / run.len() as f32;
    Some(Block { columns, rows, confidence: inside.min(prose) })
}

fn row(sheet: &Sheet, choice: &Choice, line: usize) -> Row {
    let cells = |cut: &Cut| -> Vec<Cell> {
        let cell = |&(column, piece): &(u8, Piece)| Cell {
            place: Place::Column(column),
            span: sheet.facts(piece).span(piece.words()),
        };
        cut.cells.iter().map(cell).collect()
    };
    let others = choice.others.iter().map(|(cut, chance)| (cells(cut), *chance)).collect();
    Row { line, cells: cells(&choice.cut), confidence: choice.confidence.min(1.0), others }
}
