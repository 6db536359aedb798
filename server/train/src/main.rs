//! Makes what the column model learns from, and what it has learnt: running text out of documentation packages, pages
//! set in columns, and the junction model.

mod blocks;
mod compose;
mod cues;
mod face;
mod figures;
mod flatten;
mod gather;
mod html;
mod hyphen;
mod judging;
mod junctions;
mod lessons;
mod measure;
mod page;
mod plain;
mod prose;
mod setter;
mod teach;
mod why;

use blocks::Fit;
use clap::{Parser, Subcommand};
use compose::set_pages;
use cues::Group;
use fastrand::Rng;
use gather::Gathering;
use judging::{Course, Field};
use page::Page;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use transcript::columns::Model;
use transcript::columns::judge::Judge;
use transcript::columns::junction::Junctions;

#[derive(Parser)]
#[command(about, version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Take the running text out of the HTML, Mallard, DocBook and text files under a folder, a paragraph a line.
    Prose {
        /// The folder, whose files are read in the order of their paths.
        folder: PathBuf,
        /// Stop after so many bytes of text.
        #[arg(long, default_value_t = 1_500_000)]
        most: usize,
        /// Leave out paragraphs of fewer characters than this.
        #[arg(long, default_value_t = 60)]
        shortest: usize,
        /// Text files whose lines are left out: what a translation left in English.
        #[arg(long)]
        without: Vec<PathBuf>,
        /// The text file to write; its name starts with the language, as in `nl-handbook.txt`, and what is plainly in
        /// another is left out.
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
    /// Make the junction model's file of what `learn.py` has learnt, and print its figures on text kept back.
    Junctions {
        /// The folders of text files that were learnt from.
        prose: Vec<PathBuf>,
        /// The numbers that were learnt.
        #[arg(long)]
        learnt: PathBuf,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The model to write.
        #[arg(short)]
        output: PathBuf,
    },
    /// Write lessons for `learn.py`, without end.
    Lessons {
        /// Folders of text files, a paragraph or a sentence a line, named by language.
        prose: Vec<PathBuf>,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Learn to weigh the cues, from pages set from prose that the junction models beside it have not learnt from.
    Judge {
        /// A folder of prose and a junction model learnt from other prose; by turns.
        fields: Vec<PathBuf>,
        /// How many pages are set.
        #[arg(long, default_value_t = 6000)]
        pages: usize,
        /// The seeds of the two judges that are taught, each on so many pages, and joined.
        #[arg(long, num_args = 2, default_values_t = [1, 2])]
        seeds: Vec<u64>,
        /// Learn from so many bytes of each source at most, in runs from all over it.
        #[arg(long)]
        most: Option<usize>,
        /// Cues that the judge must not see, to tell what they are worth.
        #[arg(long)]
        without: Vec<Group>,
        /// Files of pages in JSON lines, of papers that others set, to learn from as well.
        #[arg(long)]
        papers: Vec<PathBuf>,
        /// The file to write.
        #[arg(short)]
        output: PathBuf,
    },
    /// Tell why pages in JSON lines are read as they are: what each step of the true and the likeliest reading scores.
    Why {
        /// The folder of `junctions.bin` and `judge.bin`.
        data: PathBuf,
        /// A file of pages.
        pages: PathBuf,
        /// Only pages whose name holds this.
        #[arg(default_value = "")]
        name: String,
    },
    /// Tell how unlikely a judge takes the true readings of pages in JSON lines to be, in nats a line.
    Loss {
        /// The folder of `junctions.bin` and `judge.bin`.
        data: PathBuf,
        /// Files of pages.
        pages: Vec<PathBuf>,
    },
    /// Fit what tells blocks in columns from what is none, by pages in JSON lines and by texts that have none, and print it.
    Blocks {
        /// The folder of `junctions.bin` and `judge.bin`.
        data: PathBuf,
        /// Files of pages; those without columns are used by themselves and with a few lines in columns between theirs.
        pages: Vec<PathBuf>,
        /// A file that names text files without columns, a line each.
        #[arg(long)]
        texts: Option<PathBuf>,
        #[arg(long, default_value_t = 1)]
        seed: u64,
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
        Task::Prose { folder, most, shortest, without, output } => extract(&folder, most, shortest, &without, &output),
        Task::Pages { prose, pages, columns, seed, held_out } => {
            let (learn, held) = prose::split(&prose::read(&prose)?);
            let mut out = io::stdout().lock();
            for page in set_pages(if held_out { &held } else { &learn }, pages, columns, seed) {
                writeln!(out, "{}", serde_json::to_string(&page)?)?;
            }
            Ok(())
        }
        Task::Junctions { prose, learnt, seed, output } => {
            let (learn, held) = prose::split(&prose::read(&prose)?);
            let bytes = teach::model(&std::fs::read(learnt)?, &learn, &held, seed)?;
            std::fs::write(&output, bytes)
        }
        Task::Lessons { prose, seed } => {
            let (learn, _) = prose::split(&prose::read(&prose)?);
            let pages = lessons::endless(&learn, teach::order(&learn), seed);
            lessons::of_pages(pages, &teach::familiar(&learn), &mut io::stdout().lock())
        }
        Task::Judge { fields, pages, seeds, most, without, papers, output } => {
            let mut read = Vec::new();
            for pair in fields.chunks_exact(2) {
                let sources = prose::read(&pair[..1])?.into_iter().map(|source| source.some(most)).collect();
                let junctions = Junctions::from_bytes(std::fs::read(&pair[1])?).map_err(io::Error::other)?;
                read.push(Field { sources, junctions });
            }
            let papers = pages_of(&papers)?;
            let course = Course { pages, batch: 16, rate: 0.01, without, papers };
            let seeds = [seeds[0], seeds[1]];
            std::fs::write(&output, judging::teach(&read, &course, seeds).to_bytes())
        }
        Task::Loss { data, pages } => {
            let (junctions, judge) = learnt(&data)?;
            for file in pages {
                let pages = pages_of(std::slice::from_ref(&file))?;
                let (loss, seen) = judging::loss(&pages, &junctions, &judge);
                println!("{}  {loss:.4} nats a line on {seen} of {} pages", file.display(), pages.len());
            }
            Ok(())
        }
        Task::Why { data, pages, name } => {
            let (junctions, judge) = learnt(&data)?;
            for page in pages_of(&[pages])?.iter().filter(|page| page.id.contains(&name)) {
                print!("{}", why::why(page, &junctions, &judge));
            }
            Ok(())
        }
        Task::Blocks { data, pages, texts, seed } => {
            let read = |name: &str| std::fs::read(data.join(name));
            let model = Model::from_bytes(read("junctions.bin")?, &read("judge.bin")?).map_err(io::Error::other)?;
            let mut pages = pages_of(&pages)?;
            pages.extend(blocks::small(&pages, &mut Rng::with_seed(seed)));
            let named = texts.map_or(Ok(String::new()), std::fs::read_to_string)?;
            let text = |path| std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let texts: Vec<String> = named.lines().map(text).collect::<io::Result<_>>()?;
            let candidates = [blocks::of_pages(&pages, &model), blocks::of_texts(&texts, &model)].concat();
            let fit = Fit::new(&candidates);
            println!("{fit:?}\n{}", fit.table(&candidates));
            Ok(())
        }
        Task::Measure { model, pages } => {
            let model = Junctions::from_bytes(std::fs::read(model)?).map_err(io::Error::other)?;
            for file in pages {
                let pages = pages_of(std::slice::from_ref(&file))?;
                println!("{}  {}", file.display(), teach::figures(&pages, &model));
            }
            Ok(())
        }
    }
}

fn extract(folder: &Path, most: usize, shortest: usize, without: &[PathBuf], output: &Path) -> io::Result<()> {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let mut gathering = Gathering::new(name.split('-').next().unwrap_or_default(), shortest);
    for file in without {
        gathering.without(&std::fs::read_to_string(file)?);
    }
    std::fs::write(output, gather::gather(folder, most, &mut gathering)?)
}

/// The two files of a model.
fn learnt(data: &Path) -> io::Result<(Junctions, Judge)> {
    let junctions = Junctions::from_bytes(std::fs::read(data.join("junctions.bin"))?).map_err(io::Error::other)?;
    let judge = Judge::from_bytes(&std::fs::read(data.join("judge.bin"))?).map_err(io::Error::other)?;
    Ok((junctions, judge))
}

/// The pages of files of JSON lines.
fn pages_of(files: &[PathBuf]) -> io::Result<Vec<Page>> {
    let mut pages = Vec::new();
    for file in files {
        for line in std::fs::read_to_string(file)?.lines() {
            pages.push(serde_json::from_str(line)?);
        }
    }
    Ok(pages)
}
