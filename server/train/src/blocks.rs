//! Fits what tells a block of prose in columns from a table, a list or plain text that the judge took for one
//! (`columns/prose.rs`): logistic regression over the candidates that a model finds in pages whose columns are known, and in
//! texts that have none.

use crate::page::Page;
use fastrand::Rng;
use rayon::prelude::*;
use transcript::columns::prose::{CUES, Cues};
use transcript::columns::{Model, candidates};
use transcript::lines::Lines;

/// A run of lines that the model could take for a block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) cues: Cues,
    pub(crate) is_columns: bool,
}

/// What the cues weigh, in nats, and what stands against all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fit {
    pub(crate) weighs: Cues,
    pub(crate) against: f32,
}

/// A run that holds so many lines in columns is a block, whatever else was taken into it.
const SOME: usize = 4;

/// The candidates on some pages; a run of fewer lines in columns says nothing.
pub(crate) fn of_pages(pages: &[Page], model: &Model) -> Vec<Candidate> {
    let of_page = |page: &Page| -> Vec<Candidate> {
        let text: Vec<&str> = page.lines.iter().map(|line| &*line.text).collect();
        let told = candidates(&Lines::new(&text.join("\n")), &[], model).into_iter().filter_map(|(lines, cues)| {
            let inside = lines.iter().filter(|&&line| page.lines.get(line).is_some_and(|line| line.cells.is_some()));
            match inside.count() {
                0 => Some(Candidate { cues, is_columns: false }),
                SOME.. => Some(Candidate { cues, is_columns: true }),
                _ => None,
            }
        });
        told.collect()
    };
    pages.par_iter().flat_map_iter(of_page).collect()
}

/// The candidates in texts that were not set in columns.
pub(crate) fn of_texts(texts: &[String], model: &Model) -> Vec<Candidate> {
    let of_text = |text: &String| {
        let told = candidates(&Lines::new(text), &[], model);
        told.into_iter().map(|(_, cues)| Candidate { cues, is_columns: false })
    };
    texts.par_iter().flat_map_iter(of_text).collect()
}

/// Plain pages with a few lines out of a page in columns between their own, as where somebody has mended most of a text.
pub(crate) fn small(pages: &[Page], rng: &mut Rng) -> Vec<Page> {
    let has_columns = |page: &&Page| page.lines.iter().any(|line| line.cells.is_some());
    let (set, plain): (Vec<&Page>, Vec<&Page>) = pages.iter().partition(has_columns);
    let small = plain.iter().filter_map(|plain| {
        let alike: Vec<&&Page> = set.iter().filter(|page| page.lang == plain.lang).collect();
        let page = rng.choice(&alike)?;
        let inside: Vec<usize> = (0..page.lines.len()).filter(|&at| page.lines[at].cells.is_some()).collect();
        let length = rng.usize(5..20);
        let start = inside[rng.usize(..inside.len())];
        let few = page.lines[start..].iter().take_while(|line| line.cells.is_some()).take(length).cloned();
        let mut lines = plain.lines.clone();
        let place = rng.usize(..=lines.len());
        lines.splice(place..place, few);
        Some(Page { lines, ..(**plain).clone() })
    });
    small.collect()
}

impl Fit {
    /// The likeliest weights, kept small, by Newton's method; all that is none counts twice as much as all columns.
    pub(crate) fn new(candidates: &[Candidate]) -> Fit {
        const STEPS: usize = 30;
        const SMALL: f64 = 1e-4;
        let columns = candidates.iter().filter(|candidate| candidate.is_columns).count();
        let counts = [(candidates.len() - columns) as f64, 2.0 * columns as f64];
        let mut fit = [0.0f64; NUMBERS];
        for _ in 0..STEPS {
            let (mut slopes, mut bends) = ([0.0; NUMBERS], [[0.0; NUMBERS]; NUMBERS]);
            for at in 0..NUMBERS - 1 {
                slopes[at] -= SMALL * fit[at];
                bends[at][at] += SMALL;
            }
            for candidate in candidates {
                let side = usize::from(candidate.is_columns);
                let numbers = numbers(&candidate.cues);
                let score: f64 = fit.iter().zip(&numbers).map(|(weighs, number)| weighs * number).sum();
                let chance = 1.0 / (1.0 + (-score).exp());
                for at in 0..NUMBERS {
                    slopes[at] += numbers[at] * (side as f64 - chance) / counts[side];
                    for (bend, number) in bends[at].iter_mut().zip(&numbers) {
                        *bend += chance * (1.0 - chance) * numbers[at] * number / counts[side];
                    }
                }
            }
            let step = solved(bends, slopes);
            fit.iter_mut().zip(&step).for_each(|(number, step)| *number += step);
        }
        let weighs = std::array::from_fn(|at| fit[at] as f32);
        Fit { weighs, against: -fit[NUMBERS - 1] as f32 }
    }

    fn score(&self, cues: &Cues) -> f32 {
        cues.iter().zip(&self.weighs).map(|(cue, weighs)| cue * weighs).sum::<f32>() - self.against
    }

    /// What comes of putting more and more against the cues: how much of the columns is left, and how much else.
    pub(crate) fn table(&self, candidates: &[Candidate]) -> String {
        let scores = |is_columns: bool| -> Vec<f32> {
            let alike = candidates.iter().filter(|candidate| candidate.is_columns == is_columns);
            alike.map(|candidate| self.score(&candidate.cues)).collect()
        };
        let [others, columns] = [false, true].map(scores);
        let above = |scores: &[f32], least: f32| scores.iter().filter(|score| **score >= least).count();
        let row = |more: f32| {
            let (columns_left, others_left) = (above(&columns, more), above(&others, more));
            format!(
                "against {:.2}: {columns_left} of {} columns, {others_left} of {} others\n",
                self.against + more,
                columns.len(),
                others.len()
            )
        };
        (-4..=16).map(|quarter| row(quarter as f32 / 4.0)).collect()
    }
}

/// The cues, and one that always holds.
const NUMBERS: usize = CUES + 1;

fn numbers(cues: &Cues) -> [f64; NUMBERS] {
    std::array::from_fn(|at| cues.get(at).map_or(1.0, |&cue| f64::from(cue)))
}

/// What a symmetric matrix that bends upward everywhere has to be multiplied by to come to a row of numbers.
fn solved(mut matrix: [[f64; NUMBERS]; NUMBERS], mut wanted: [f64; NUMBERS]) -> [f64; NUMBERS] {
    for at in 0..NUMBERS {
        for below in at + 1..NUMBERS {
            let by = matrix[below][at] / matrix[at][at];
            let above = matrix[at];
            matrix[below].iter_mut().zip(above).for_each(|(number, above)| *number -= by * above);
            wanted[below] -= by * wanted[at];
        }
    }
    for at in (0..NUMBERS).rev() {
        let known: f64 = (at + 1..NUMBERS).map(|right| matrix[at][right] * wanted[right]).sum();
        wanted[at] = (wanted[at] - known) / matrix[at][at];
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::PageLine;

    #[test]
    fn what_tells_weighs_and_what_does_not_weighs_nothing() {
        let candidate = |at: usize| {
            let (tells, chance) = (at as f32 / 100.0, (at * 37 % 100) as f32 / 100.0);
            Candidate { cues: [tells, chance, 0.0, 0.0, 0.0, 0.0, 0.0], is_columns: at > 60 }
        };
        let candidates: Vec<Candidate> = (0..100).map(candidate).collect();
        let fit = Fit::new(&candidates);
        let right = candidates.iter().filter(|candidate| (fit.score(&candidate.cues) > 0.0) == candidate.is_columns);
        assert!(right.count() > 97, "{fit:?}");
        assert!(fit.weighs[0] > 10.0 * fit.weighs[1].abs() && fit.weighs[4] == 0.0, "{fit:?}");
    }

    #[test]
    fn a_small_block_lies_whole_between_the_lines_of_a_plain_page() {
        let page = |cells: Option<Vec<(i32, usize, usize)>>| Page {
            id: String::new(),
            lang: "nl".to_owned(),
            lines: vec![PageLine { text: "een regel".to_owned(), cells, score: true }; 30],
        };
        let pages = small(&[page(None), page(Some(vec![(0, 0, 3), (1, 4, 9)]))], &mut Rng::with_seed(1));
        let block: Vec<bool> = pages[0].lines.iter().map(|line| line.cells.is_some()).collect();
        assert_eq!(pages.len(), 1);
        assert_eq!(block.iter().filter(|inside| !**inside).count(), 30);
        assert!(block.chunk_by(|one, other| one == other).count() <= 3 && block.contains(&true));
    }
}
