//! Decides: from the probabilities of all readings to the blocks of a sheet, each line cut as it is likeliest cut, with
//! the probability that this is right.

use super::cut::Cut;
use super::judge::Judge;
use super::lattice::{Lattice, sum_logs};
use super::measure::{MOST_COLUMNS, interleaved, measures};
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
    let read = |measure| Lattice::new(sheet, measure, judge, None);
    let split = measures(sheet);
    let mut lattices: Vec<Lattice> = split.iter().map(read).collect();
    // Only where no reading is sure it is worth the time to try whether lines lie between one another.
    let sure = lattices.iter().any(|lattice| sureness(lattice) > SURE);
    let woven = if sure { None } else { interleaved(sheet) };
    lattices.extend(woven.as_ref().map(read));
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
const SURE: f32 = 0.93;

/// What a block must have, lest tables, lists and lines of code be taken for one: so many lines, so many of them split,
/// and these so sure on average, more so in a short block. (Blocks of the corpora that are none were seldom like this,
/// those that are hardly ever otherwise.)
const FEWEST: usize = 4;
const FEWEST_SPLIT: usize = 3;
const SHORT: usize = 16;
const SURE_SHORT: f32 = 0.72;
const SURE_LONG: f32 = 0.5;
/// The cells must go on in their columns by so much better than the lines do as they stand; see [`flow`].
const FLOWS_BETTER: f32 = 0.09;
/// So large a share of the words must be made of letters.
const LETTERS: f32 = 0.65;

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

/// A run of strips as a block; none where too little of it is split.
fn block(sheet: &Sheet, strips: &[Choice], run: &[usize]) -> Option<Block> {
    let split: Vec<&Choice> =
        run.iter().map(|&strip| &strips[strip]).filter(|choice| choice.cut.cells.len() > 1).collect();
    let sure = split.iter().map(|choice| choice.confidence).sum::<f32>() / split.len().max(1) as f32;
    if run.len() < FEWEST || split.len() < FEWEST_SPLIT || sure < if run.len() < SHORT { SURE_SHORT } else { SURE_LONG }
    {
        return None;
    }
    if !is_prose(sheet, run) || flow(sheet, strips, run) - plain_flow(sheet, run) < FLOWS_BETTER {
        return None;
    }
    let columns = run.iter().flat_map(|&strip| &strips[strip].cut.cells).map(|(column, _)| column + 1).max()?;
    let mut rows: Vec<Row> = Vec::new();
    for &strip in run {
        let line = sheet.strips[strip].line;
        let next = rows.last().map_or(line, |row| row.line + 1);
        rows.extend((next..line).map(|line| Row { line, cells: Vec::new(), confidence: 1.0, others: Vec::new() }));
        rows.push(row(sheet, &strips[strip], line));
    }
    let inside = run.iter().map(|&strip| strips[strip].inside).sum::<f32>() / run.len() as f32;
    Some(Block { columns, rows, confidence: inside.min(1.0) })
}

/// Whether most words of some strips are words, and not numbers, codes or addresses.
fn is_prose(sheet: &Sheet, run: &[usize]) -> bool {
    let tokens = || run.iter().flat_map(|&strip| &sheet.strips[strip].facts.tokens);
    let words = tokens().filter(|token| token.is_word).count();
    words as f32 >= LETTERS * tokens().count() as f32
}

/// How naturally the cells of some strips go on from one to the next in their columns, from -1 to 1.
fn flow(sheet: &Sheet, strips: &[Choice], run: &[usize]) -> f32 {
    let mut last: [Option<Piece>; MOST_COLUMNS] = [None; MOST_COLUMNS];
    let mut links: Vec<f32> = Vec::new();
    for &(column, piece) in run.iter().flat_map(|&strip| &strips[strip].cut.cells) {
        links.extend(last[usize::from(column)].replace(piece).map(|from| (sheet.odds(from, piece) / 3.0).tanh()));
    }
    links.iter().sum::<f32>() / links.len().max(1) as f32
}

/// How naturally the strips themselves do.
fn plain_flow(sheet: &Sheet, run: &[usize]) -> f32 {
    let links = run.windows(2).map(|pair| (sheet.odds(sheet.whole(pair[0]), sheet.whole(pair[1])) / 3.0).tanh());
    links.sum::<f32>() / run.len().saturating_sub(1).max(1) as f32
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
