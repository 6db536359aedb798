//! Teaches the junction model: goes through pages set from the prose, each set anew every time, and tells how the model
//! does on pages from text that was kept back.

use crate::compose::{HELD, page, set_pages};
use crate::junctions::Samples;
use crate::learn::{Learner, Plan};
use crate::measure::Figures;
use crate::page::Page;
use crate::prose::Source;
use fastrand::Rng;
use std::collections::{BTreeMap, HashMap};
use transcript::columns::familiar::Familiar;
use transcript::columns::junction::Junctions;
use transcript::columns::word::Word;

/// A round sets a page for so many paragraphs of a source, and so many pages at most, lest the longest decide.
const PARAGRAPHS: usize = 7;
const MOST_PAGES: usize = 2500;

/// A word is familiar that stands so often in the prose: some 130,000 of 900,000 words of 27 languages do.
const OFTEN: u32 = 10;
/// As a power of two, the bits that tell the familiar words: eight a word.
const FAMILIAR: u32 = 20;

/// The words that are common in the prose.
fn familiar(prose: &[Source]) -> Familiar {
    let mut often: HashMap<u64, u32> = HashMap::new();
    for word in prose.iter().flat_map(|source| &source.paragraphs).flat_map(|paragraph| paragraph.split_whitespace()) {
        *often.entry(Word::new(word).letters()).or_default() += 1;
    }
    Familiar::new(often.into_iter().filter(|(_, count)| *count >= OFTEN).map(|(word, _)| word), FAMILIAR)
}

/// Goes through pages set from the prose, and gives the model's file.
pub(crate) fn train(learn: &[Source], held: &[Source], rounds: usize, seed: u64, plan: Plan) -> Vec<u8> {
    let mut learner = Learner::new(plan, familiar(learn), seed);
    let mut rng = Rng::with_seed(seed);
    for round in 0..rounds {
        let (mut lost, mut weighed) = (0.0, 0.0);
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (at, source) in learn.iter().enumerate() {
            let pages = source.paragraphs.len().div_ceil(PARAGRAPHS).min(MOST_PAGES);
            order.extend((0..pages).map(|page| (at, page)));
        }
        rng.shuffle(&mut order);
        let count = order.len();
        for (done, (source, _)) in order.into_iter().enumerate() {
            let page = page(String::new(), &learn[source], 2, &mut rng);
            let rate = 1.0 - 0.95 * (round as f32 + done as f32 / count as f32) / rounds as f32;
            let (loss, weight) = learner.learn(&Samples::of(&page, true), rate, plan);
            lost += loss;
            weighed += weight;
        }
        eprintln!("round {}: loss {:.4} over {weighed:.0} junctions of {count} pages", round + 1, lost / weighed);
    }
    let bytes = learner.weights.to_bytes();
    if let Ok(model) = Junctions::from_bytes(bytes.clone()) {
        report(held, &model, seed);
    }
    bytes
}

/// The figures of each language on text that was kept back.
fn report(held: &[Source], model: &Junctions, seed: u64) {
    let mut languages: BTreeMap<String, Vec<Page>> = BTreeMap::new();
    for page in set_pages(held, 60, 2, seed ^ HELD) {
        languages.entry(page.lang.clone()).or_default().push(page);
    }
    for (language, pages) in &languages {
        println!("{language}  {}", figures(pages, model));
    }
    let all: Vec<Page> = languages.into_values().flatten().collect();
    let all = figures(&all, model);
    println!("all {all}");
    for (said, true_share, count) in all.reliability() {
        println!("  said {said:.3}  natural {true_share:.3}  of {count}");
    }
}

/// The figures of a model on some pages.
pub(crate) fn figures(pages: &[Page], model: &Junctions) -> Figures {
    let mut figures = Figures::default();
    pages.iter().for_each(|page| figures.add(&Samples::of(page, false), model));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use transcript::columns::junction::KnownWords;

    fn sources() -> Vec<Source> {
        let paragraph = |at: usize| {
            let (who, what) = (["man", "woman", "child"][at % 3], ["house", "garden", "street"][at / 3 % 3]);
            format!("The old {who} walked slowly through the quiet {what} and did not say a word to anyone at all. ")
                .repeat(3)
        };
        vec![Source { language: "en".to_owned(), paragraphs: (0..21).map(paragraph).collect() }]
    }

    const SMALL: Plan =
        Plan { vectors: 10, meetings: 12, vector_rate: 0.05, meeting_rate: 0.1, dense_rate: 0.02, unseen: 0.1 };

    #[test]
    fn the_same_prose_and_seed_give_the_same_file() {
        let file = |seed| train(&sources(), &[], 1, seed, SMALL);
        assert_eq!(file(5), file(5));
        assert_ne!(file(5), file(6), "another seed sets other pages");
    }

    #[test]
    fn what_was_learnt_tells_prose_from_strangers() {
        let model = Junctions::from_bytes(train(&sources(), &[], 4, 1, SMALL)).expect("a file just made is read back");
        let natural =
            model.log_odds(&["through", "the", "quiet"], &["garden", "and", "did"], &mut KnownWords::default());
        let strange =
            model.log_odds(&["through", "the", "quiet"], &["walked", "slowly", "through"], &mut KnownWords::default());
        assert!(natural > strange + 2.0, "natural {natural}, strange {strange}");
    }
}
