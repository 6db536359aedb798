//! Makes what the column model learns from, and what it has learnt: running text out of documentation packages, pages
//! set in columns, and the junction model.

mod compose;
mod face;
mod flatten;
mod html;
mod hyphen;
mod junctions;
mod learn;
mod measure;
mod page;
mod prose;
mod setter;

use clap::{Parser, Subcommand};
use fastrand::Rng;
use junctions::Samples;
use learn::{Learner, Plan};
use measure::Figures;
use page::Page;
use prose::Source;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use transcript::columns::junction::Junctions;

#[derive(Parser)]
#[command(about, version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Take the running text out of the HTML files under a folder, a paragraph a line.
    Prose {
        /// The folder, whose HTML files are read in the order of their paths.
        folder: PathBuf,
        /// Stop after so many bytes of text.
        #[arg(long, default_value_t = 1_500_000)]
        most: usize,
        /// The text file to write; its name starts with the language, as in `nl-handbook.txt`.
        #[arg(short)]
        output: PathBuf,
    },
    /// Set pages of prose in columns and write them as JSON lines, with the column of every word.
    Pages {
        /// Folders of text files, a paragraph or a sentence a line, named by language.
        prose: Vec<PathBuf>,
        /// How many pages of each language.
        #[arg(long, default_value_t = 20)]
        pages: usize,
        /// How many columns; 1 gives plain pages.
        #[arg(long, default_value_t = 2)]
        columns: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Use the text that is kept back from learning.
        #[arg(long)]
        held_out: bool,
    },
    /// Learn the junction model from prose, and print its figures on text kept back.
    Junctions {
        /// Folders of text files, a paragraph or a sentence a line, named by language.
        prose: Vec<PathBuf>,
        /// How often the prose is gone through.
        #[arg(long, default_value_t = 3)]
        rounds: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The model to write.
        #[arg(short)]
        output: PathBuf,
    },
    /// Measure a junction model on pages in JSON lines.
    Measure {
        /// The model.
        model: PathBuf,
        /// Files of pages.
        pages: Vec<PathBuf>,
    },
}

fn main() -> io::Result<()> {
    match Arguments::parse().task {
        Task::Prose { folder, most, output } => extract(&folder, most, &output),
        Task::Pages { prose, pages, columns, seed, held_out } => {
            let (learn, held) = prose::split(&prose::read(&prose)?);
            let mut out = io::stdout().lock();
            for page in set_pages(if held_out { &held } else { &learn }, pages, columns, seed) {
                writeln!(out, "{}", serde_json::to_string(&page)?)?;
            }
            Ok(())
        }
        Task::Junctions { prose, rounds, seed, output } => {
            let (learn, held) = prose::split(&prose::read(&prose)?);
            let bytes = train(&learn, &held, rounds, seed, Plan::default());
            std::fs::write(&output, bytes)
        }
        Task::Measure { model, pages } => {
            let model = Junctions::from_bytes(&std::fs::read(model)?).map_err(io::Error::other)?;
            for file in pages {
                let text = std::fs::read_to_string(&file)?;
                let pages: Result<Vec<Page>, _> = text.lines().map(serde_json::from_str).collect();
                println!("{}  {}", file.display(), figures(&pages?, &model));
            }
            Ok(())
        }
    }
}

fn extract(folder: &Path, most: usize, output: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "html") {
                files.push(path);
            }
        }
    }
    files.sort();
    let (mut seen, mut text) = (HashSet::new(), String::new());
    for file in files {
        if text.len() > most {
            break;
        }
        for paragraph in html::paragraphs(&String::from_utf8_lossy(&std::fs::read(file)?), &mut seen) {
            text.push_str(&paragraph);
            text.push('\n');
        }
    }
    std::fs::write(output, text)
}

/// So many pages of each language, from its sources in proportion to the root of their lengths.
fn set_pages(sources: &[Source], pages: usize, columns: usize, seed: u64) -> Vec<Page> {
    let mut rng = Rng::with_seed(seed);
    let mut all = Vec::new();
    let mut languages: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
    sources.iter().for_each(|source| languages.entry(&source.language).or_default().push(source));
    for (language, sources) in languages {
        let weights: Vec<f32> = sources.iter().map(|source| (source.paragraphs.len() as f32).sqrt()).collect();
        for at in 0..pages {
            let mut drawn = rng.f32() * weights.iter().sum::<f32>();
            let chosen = weights.iter().position(|weight| {
                drawn -= weight;
                drawn <= 0.0
            });
            let source = sources[chosen.unwrap_or(0)];
            all.push(compose::page(format!("{language}-{at}"), source, columns, &mut rng));
        }
    }
    all
}

fn figures(pages: &[Page], model: &Junctions) -> Figures {
    let mut figures = Figures::default();
    pages.iter().for_each(|page| figures.add(&Samples::of(page), model));
    figures
}

/// Goes through pages set from the prose, and gives the model's file.
fn train(learn: &[Source], held: &[Source], rounds: usize, seed: u64, plan: Plan) -> Vec<u8> {
    let mut learner = Learner::new(plan, seed);
    let mut rng = Rng::with_seed(seed);
    for round in 0..rounds {
        let (mut lost, mut weighed) = (0.0, 0.0);
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (at, source) in learn.iter().enumerate() {
            let pages = (source.paragraphs.len() as f32 / 5.0).min(2000.0) as usize + 1;
            order.extend((0..pages).map(|page| (at, page)));
        }
        rng.shuffle(&mut order);
        let count = order.len();
        for (done, (source, _)) in order.into_iter().enumerate() {
            let page = compose::page(String::new(), &learn[source], 2, &mut rng);
            let mut samples = Samples::of(&page);
            rng.shuffle(&mut samples.all);
            let natural = samples.all.iter().filter(|sample| sample.natural).count().max(1) as f32;
            let strange = (samples.all.len() as f32 - natural).max(1.0);
            let rate = 1.0 - 0.9 * (round as f32 + done as f32 / count as f32) / rounds as f32;
            for sample in &samples.all {
                let weight = (natural + strange) / 2.0 / if sample.natural { natural } else { strange };
                let (left, right) = samples.sides(sample);
                lost += learner.learn(&left, &right, sample.natural, weight, rate, plan) * weight;
                weighed += weight;
            }
        }
        eprintln!("round {}: loss {:.4} over {weighed:.0} junctions of {count} pages", round + 1, lost / weighed);
    }
    let bytes = learner.weights.to_bytes();
    if let Ok(model) = Junctions::from_bytes(&bytes) {
        report(held, &model, seed);
    }
    bytes
}

/// The figures of each language on text that was kept back.
fn report(held: &[Source], model: &Junctions, seed: u64) {
    let mut languages: BTreeMap<String, Vec<Page>> = BTreeMap::new();
    for page in set_pages(held, 60, 2, seed ^ 0x6865_6c64) {
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
