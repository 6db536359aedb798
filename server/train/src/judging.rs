//! Teaches the judge: sets pages, reads them in all ways with the weights learnt so far, and moves the weights so that
//! the true reading becomes likelier (gradient of the log of its probability; Adam, Kingma and Ba 2015). The junction
//! model that a page is judged with has never seen the prose of that page: else the judge would trust it too much.

use crate::compose::page;
use crate::cues::{Group, blind, left_out};
use crate::page::{Page, PageLine};
use crate::prose::Source;
use fastrand::Rng;
use rayon::prelude::*;
use transcript::columns::cut::{Cells, Cut};
use transcript::columns::judge::{INPUTS, Judge, Step};
use transcript::columns::junction::Junctions;
use transcript::columns::lattice::Lattice;
use transcript::columns::logs::sum_logs;
use transcript::columns::measure::{Measure, interleaved, measures};
use transcript::columns::net::{Net, UNITS};
use transcript::columns::sheet::{Piece, Sheet};

/// Prose, and a junction model that has not learnt from it.
pub(crate) struct Field {
    pub(crate) sources: Vec<Source>,
    pub(crate) junctions: Junctions,
}

/// How the judge is taught.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    /// How many pages.
    pub(crate) pages: usize,
    /// How many pages between two steps.
    pub(crate) batch: usize,
    pub(crate) rate: f32,
    /// What the judge must not see.
    pub(crate) without: Vec<Group>,
    /// Pages of papers that others set, which come between those of the trainer's own.
    pub(crate) papers: Vec<Page>,
}

/// One page in so many is of a paper, where there are any.
const PAPERS: usize = 10;

/// What one page says of the weights: which way they should move, and how unlikely its true reading is, in nats.
struct Lesson {
    slopes: Vec<f32>,
    loss: f32,
    lines: usize,
}

/// A guess at the page's measure that is less likely teaches nothing.
const LEAST_SHARE: f32 = 1e-3;

/// The numbers of all networks in one row.
fn offsets() -> [usize; INPUTS.len() + 1] {
    let mut offsets = [0; INPUTS.len() + 1];
    for (at, &inputs) in INPUTS.iter().enumerate() {
        offsets[at + 1] = offsets[at] + Net::length(inputs);
    }
    offsets
}

/// Teaches a judge of half the units on pages set from the fields, and tells how it gets on.
fn teach_half(fields: &[Field], course: &Course, seed: u64) -> Judge {
    let mut rng = Rng::with_seed(seed);
    let mut judge = fresh(&mut rng);
    let left_out = left_out(&course.without);
    blind(&mut judge, &left_out);
    let offsets = offsets();
    let length = offsets[INPUTS.len()];
    let (mut mean, mut spread) = (vec![0.0f32; length], vec![0.0f32; length]);
    let steps = course.pages.div_ceil(course.batch);
    let (mut lost, mut lines) = (0.0, 0);
    // The last pages drawn pull the weights to and fro: those of the last fifth of the steps are averaged (Polyak and
    // Juditsky 1992).
    let last = steps - steps / 5;
    let mut sums = vec![0.0f64; length];
    for step in 1..=steps {
        let seeds: Vec<u64> = (0..course.batch).map(|_| rng.u64(..)).collect();
        let lessons: Vec<Lesson> =
            seeds.par_iter().filter_map(|&seed| lesson(fields, &course.papers, &judge, seed)).collect();
        let mut slopes = vec![0.0; length];
        for lesson in &lessons {
            slopes.iter_mut().zip(&lesson.slopes).for_each(|(sum, slope)| *sum += slope);
            lost += lesson.loss;
            lines += lesson.lines;
        }
        let rate = course.rate * (1.0 - 0.95 * step as f32 / steps as f32);
        for (net, numbers) in judge.nets.iter_mut().enumerate() {
            for (at, number) in numbers.numbers.iter_mut().enumerate() {
                let at = offsets[net] + at;
                let slope = slopes[at] / course.batch as f32;
                mean[at] += 0.1 * (slope - mean[at]);
                spread[at] += 0.001 * (slope * slope - spread[at]);
                let (first, second) = (1.0 - 0.9f32.powi(step as i32), 1.0 - 0.999f32.powi(step as i32));
                *number -= rate * (mean[at] / first) / ((spread[at] / second).sqrt() + 1e-6);
                *number *= 1.0 - rate * 1e-3;
            }
        }
        blind(&mut judge, &left_out);
        if step > last {
            let numbers = judge.nets.iter().flat_map(|net| &net.numbers);
            sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += f64::from(*number));
        }
        if step % 25 == 0 {
            eprintln!("page {}: {:.4} nats a line", step * course.batch, lost / lines.max(1) as f32);
            (lost, lines) = (0.0, 0);
        }
    }
    if steps > last {
        let numbers = judge.nets.iter_mut().flat_map(|net| &mut net.numbers);
        numbers.zip(sums).for_each(|(number, sum)| *number = (sum / (steps - last) as f64) as f32);
    }
    judge
}

/// A judge that has learnt nothing yet, with half its units: what is zero on both sides of a unit stays so.
fn fresh(rng: &mut Rng) -> Judge {
    let mut judge = Judge::new();
    for (net, &inputs) in judge.nets.iter_mut().zip(&INPUTS) {
        let size = 1.0 / (inputs as f32).sqrt();
        let units: Vec<Option<usize>> = net.units().collect();
        let own = net.numbers.iter_mut().zip(units).filter(|(_, unit)| unit.is_none_or(|unit| unit < HALF));
        own.for_each(|(number, _)| *number = (rng.f32() - 0.5) * size);
    }
    judge
}

/// How many units a judge is taught with.
const HALF: usize = UNITS / 2;

/// The junction models that a judge learns with know half the prose, and the one that it goes with knows all: it may be surer
/// than it has learnt to be. On fresh pages in nine languages the true readings were likeliest at 1.2 (0.0745 nats a line at 1,
/// 0.0719 at 1.1, 0.0710 at 1.2), on real ones at 1, and what was said to be half sure there was right too seldom from 1.1 on.
const SHARPER: f32 = 1.05;

/// The judge whose scores are the means of those of two, each taught with half the units, but for being a little surer.
fn joined(one: &Judge, other: &Judge) -> Judge {
    let mut judge = Judge::new();
    for (net, (one, other)) in judge.nets.iter_mut().zip(one.nets.iter().zip(&other.nets)) {
        let answers = (net.inputs() + 1) * UNITS;
        let units: Vec<Option<usize>> = net.units().collect();
        for (at, (number, unit)) in net.numbers.iter_mut().zip(units).enumerate() {
            *number = match unit {
                Some(unit) if unit < HALF => one.numbers[at],
                Some(_) => other.numbers[at - HALF],
                None => one.numbers[at] + other.numbers[at],
            };
            if at >= answers {
                *number *= SHARPER / 2.0;
            }
        }
    }
    judge
}

/// Teaches two judges on pages set from the fields, each with a seed of its own, and joins them.
pub(crate) fn teach(fields: &[Field], course: &Course, seeds: [u64; 2]) -> Judge {
    let [one, other] = seeds.map(|seed| teach_half(fields, course, seed));
    joined(&one, &other)
}

/// What is to be learnt from a page drawn by a seed.
fn lesson(fields: &[Field], papers: &[Page], judge: &Judge, seed: u64) -> Option<Lesson> {
    let (field, page) = draw(fields, papers, &mut Rng::with_seed(seed));
    learn_from(&page, &field.junctions, judge)
}

/// How unlikely a judge takes the true readings of some pages to be, in nats a line: a finer scale to compare judges on than
/// the lines that they get right. And on how many of the pages the true reading is among those looked at.
pub(crate) fn loss(pages: &[Page], junctions: &Junctions, judge: &Judge) -> (f32, usize) {
    let lessons: Vec<Lesson> = pages.par_iter().filter_map(|page| learn_from(page, junctions, judge)).collect();
    let lines: usize = lessons.iter().map(|lesson| lesson.lines).sum();
    (lessons.iter().map(|lesson| lesson.loss).sum::<f32>() / lines.max(1) as f32, lessons.len())
}

/// What is to be learnt from a page; nothing where the true reading is not among those looked at.
fn learn_from(page: &Page, junctions: &Junctions, judge: &Judge) -> Option<Lesson> {
    let sheet = sheet(page, junctions);
    let truth = truth(page);
    let columns = truth.iter().flat_map(|cut| &cut.cells).map(|(column, _)| usize::from(*column) + 1).max();
    if sheet.strips.len() < 3 || sheet.strips.len() != truth.len() {
        return None;
    }
    let mut measures = measures(&sheet);
    measures.extend(interleaved(&sheet));
    let right = |measure: &Measure| {
        columns.is_none_or(|columns| columns == measure.columns.len() && fits(&sheet, &truth, measure))
    };
    let lattices: Vec<(Lattice, Option<f32>)> = measures
        .iter()
        .map(|measure| {
            let right = right(measure);
            let lattice = Lattice::new(&sheet, measure, judge, right.then_some(&truth[..]));
            let score = if right { lattice.score(&truth) } else { None };
            (lattice, score)
        })
        .collect();
    let all = sum_logs(lattices.iter().map(|(lattice, _)| lattice.total()));
    let right = sum_logs(lattices.iter().filter_map(|(_, score)| *score));
    if !right.is_finite() || !all.is_finite() {
        return None;
    }
    let offsets = offsets();
    let mut slopes = vec![0.0; offsets[INPUTS.len()]];
    for (lattice, score) in &lattices {
        let mut add = |step: Step, input: &[f32], by: f32| {
            let net = step as usize;
            judge.nets[net].add_slopes(input, by, &mut slopes[offsets[net]..offsets[net + 1]]);
        };
        let share = (lattice.total() - all).exp();
        if share > LEAST_SHARE {
            lattice.steps(&mut |step, input, chance| add(step, input, chance * share));
        }
        let share = score.map_or(0.0, |score| (score - right).exp());
        if share > LEAST_SHARE {
            lattice.steps_of(&truth, &mut |_, step, input| add(step, input, -share));
        }
    }
    Some(Lesson { slopes, loss: all - right, lines: truth.len() })
}

/// Whether a guess at the measure is near the truth: hardly any true cell stands out of its column. Others teach nothing,
/// or the judge would learn that cells may be of any width.
fn fits(sheet: &Sheet, truth: &[Cut], measure: &Measure) -> bool {
    const STICKS_OUT: f32 = 1.15;
    const FEW: f32 = 0.08;
    let cells = || truth.iter().flat_map(|cut| &cut.cells);
    let sticks_out = |(column, piece): &&(u8, Piece)| {
        let width = sheet.facts(*piece).width(measure.face, piece.words());
        width > STICKS_OUT * measure.columns[usize::from(*column)]
    };
    cells().filter(sticks_out).count() as f32 <= FEW * cells().count() as f32
}

/// Draws a page: most of two columns, some of more, some of one.
fn draw<'f>(fields: &'f [Field], papers: &[Page], rng: &mut Rng) -> (&'f Field, Page) {
    let field = &fields[rng.usize(..fields.len())];
    if !papers.is_empty() && rng.usize(..PAPERS) == 0 {
        return (field, papers[rng.usize(..papers.len())].clone());
    }
    let mut languages: Vec<&str> = field.sources.iter().map(|source| source.language.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    let language = languages[rng.usize(..languages.len())];
    let sources: Vec<&Source> = field.sources.iter().filter(|source| source.language == language).collect();
    let source = sources[rng.usize(..sources.len())];
    let columns = match rng.usize(..100) {
        ..60 => 2,
        60..79 => 3,
        79..83 => 4,
        _ => 1,
    };
    (field, page(String::new(), source, columns, rng))
}

/// A page's lines as a sheet.
pub(crate) fn sheet<'m>(page: &Page, junctions: &'m Junctions) -> Sheet<'m> {
    Sheet::new(page.lines.iter().map(|line| &*line.text).enumerate(), junctions)
}

/// The true cut of every line that is not blank.
pub(crate) fn truth(page: &Page) -> Vec<Cut> {
    let lines = page.lines.iter().filter(|line| !line.text.trim().is_empty());
    lines.enumerate().map(|(strip, line)| cut(strip, line)).collect()
}

fn cut(strip: usize, line: &PageLine) -> Cut {
    let mut cells = Cells::new();
    for (at, (column, _)) in line.words().unwrap_or_default().into_iter().enumerate() {
        let column = u8::try_from(column).unwrap_or(0);
        match cells.last_mut().filter(|(last, _)| *last == column) {
            Some((_, piece)) => *piece = Piece::new(strip, piece.start()..at + 1),
            // A line of more cells than any page has columns is no line of the trainer's making.
            None => drop(cells.try_push((column, Piece::new(strip, at..at + 1)))),
        }
    }
    Cut { cells }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_joined_judge_scores_the_mean_of_two_and_a_little_more() {
        let [one, other] = [1, 2].map(|seed| fresh(&mut Rng::with_seed(seed)));
        let joined = joined(&one, &other);
        for (step, &inputs) in [Step::Split, Step::Link, Step::Wrap].iter().zip(&[INPUTS[0], INPUTS[2], INPUTS[5]]) {
            let input: Vec<f32> = (0..inputs).map(|at| (at * 7 % 5) as f32 - 2.0).collect();
            let [one, other, both] = [&one, &other, &joined].map(|judge| judge.score(*step, &input));
            assert!(one != other && (both - SHARPER * (one + other) / 2.0).abs() < 1e-5, "{one} {other} {both}");
        }
    }
}
