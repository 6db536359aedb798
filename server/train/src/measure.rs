//! Measures a junction model on pages that it did not learn from.

use crate::junctions::{Sample, Samples};
use transcript::columns::junction::{Junctions, KnownWords};

/// The figures of a model on some pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    answers: Vec<(f32, bool)>,
    choices: usize,
    right: usize,
    near: usize,
}

impl Figures {
    /// Judges the junctions of a page.
    pub(crate) fn add(&mut self, samples: &Samples, model: &Junctions) {
        let mut known = KnownWords::default();
        let words = known.look_up(samples.words.iter().copied(), model);
        let judge = |sample: &Sample| {
            model.between(&model.left(&words[sample.left.clone()]), &model.right(&words[sample.right.clone()]))
        };
        let judged: Vec<f32> = samples.all.iter().map(judge).collect();
        self.answers.extend(judged.iter().copied().zip(samples.all.iter().map(|sample| sample.natural)));
        for choices in &samples.choices {
            // The junction at the split is one of strangers, those over the lines' ends are natural.
            let score = |[within, on, from]: &[usize; 3]| judged[*on] + judged[*from] - judged[*within];
            let best = choices.iter().enumerate().max_by(|one, other| score(one.1).total_cmp(&score(other.1)));
            self.choices += 1;
            self.right += usize::from(best.is_some_and(|(at, _)| at == 0));
            self.near += usize::from(best.is_some_and(|(at, _)| at <= 2));
        }
    }

    /// The share of merged lines whose split has the best score, by the junctions alone.
    pub(crate) fn split(&self) -> f64 {
        self.right as f64 / self.choices.max(1) as f64
    }

    /// How likely a true junction scores above a false one.
    pub(crate) fn order(&self) -> f64 {
        let mut sorted = self.answers.clone();
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (mut below, mut pairs) = (0usize, 0usize);
        for (_, natural) in &sorted {
            if *natural {
                pairs += below;
            } else {
                below += 1;
            }
        }
        pairs as f64 / (below * (sorted.len() - below)).max(1) as f64
    }

    /// The mean loss in nats, true and false junctions counting the same.
    pub(crate) fn loss(&self) -> f64 {
        let mean = |wanted: bool| {
            let part: Vec<f64> = self
                .answers
                .iter()
                .filter(|answer| answer.1 == wanted)
                .map(|answer| f64::from(loss(answer.0, wanted)))
                .collect();
            part.iter().sum::<f64>() / part.len().max(1) as f64
        };
        (mean(true) + mean(false)) / 2.0
    }

    /// Of the answers in each band of probability the mean probability, the share that was natural, and how many.
    pub(crate) fn reliability(&self) -> Vec<(f64, f64, usize)> {
        let naturals = self.answers.iter().filter(|answer| answer.1).count().max(1) as f64;
        let odds = naturals / (self.answers.len() as f64 - naturals).max(1.0);
        let mut bands = [(0.0, 0.0, 0usize); 10];
        for &(answer, natural) in &self.answers {
            let chance = 1.0 / (1.0 + (-f64::from(answer)).exp() / odds);
            let band = &mut bands[((chance * 10.0) as usize).min(9)];
            *band = (band.0 + chance, band.1 + f64::from(u8::from(natural)), band.2 + 1);
        }
        bands
            .iter()
            .filter(|band| band.2 > 0)
            .map(|band| (band.0 / band.2 as f64, band.1 / band.2 as f64, band.2))
            .collect()
    }
}

/// The loss of an answer, in nats.
fn loss(answer: f32, natural: bool) -> f32 {
    let wrong = if natural { -answer } else { answer };
    wrong.max(0.0) + (-wrong.abs()).exp().ln_1p()
}

impl std::fmt::Display for Figures {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let near = self.near as f64 / self.choices.max(1) as f64;
        let (split, order, loss) = (self.split(), self.order(), self.loss());
        write!(out, "split {split:.4}  near {near:.4}  order {order:.4}  loss {loss:.4}  lines {}", self.choices)
    }
}
