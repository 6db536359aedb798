//! The prose to learn from: folders of text files, a paragraph or a sentence a line, whose names start with their
//! language (`nl-minutes.txt`). Short lines are joined into paragraphs, and whole runs of text are held out, so that
//! what is measured on is never next to what was learnt.

use std::io;
use std::path::{Path, PathBuf};

/// The paragraphs of one file.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The language, as the file's name says.
    pub(crate) language: String,
    /// The paragraphs in the order of the file.
    pub(crate) paragraphs: Vec<String>,
}

/// A paragraph is at least this long, in bytes; shorter lines are joined to the next.
const PARAGRAPH: usize = 220;
/// Text is held out in runs of so many paragraphs, one run in every `HELD_OUT`.
const RUN: usize = 60;
const HELD_OUT: usize = 10;

/// Reads all `.txt` files of the folders in the order of their names.
pub(crate) fn read(folders: &[PathBuf]) -> io::Result<Vec<Source>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(folder).map_err(|why| naming(folder, &why))? {
            files.push(entry?.path());
        }
    }
    files.retain(|file| file.extension().is_some_and(|end| end == "txt"));
    files.sort_by(|one, other| one.file_name().cmp(&other.file_name()));
    let mut sources = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let language = name.split('-').next().unwrap_or_default().to_owned();
        let text = std::fs::read_to_string(&file).map_err(|why| naming(&file, &why))?;
        sources.push(Source { language, paragraphs: paragraphs(&text) });
    }
    Ok(sources)
}

impl Source {
    /// The same with so many bytes at most, in runs of paragraphs from all over it.
    pub(crate) fn some(mut self, most: Option<usize>) -> Source {
        /// How many runs.
        const RUNS: usize = 20;
        let bytes: usize = self.paragraphs.iter().map(String::len).sum();
        let Some(most) = most.filter(|most| *most < bytes) else { return self };
        let run = self.paragraphs.len().div_ceil(RUNS);
        let kept = (run as f64 * most as f64 / bytes as f64) as usize;
        let runs = self.paragraphs.chunks(run).flat_map(|run| &run[..kept.min(run.len())]);
        self.paragraphs = runs.cloned().collect();
        self
    }
}

fn naming(path: &Path, why: &io::Error) -> io::Error {
    io::Error::new(why.kind(), format!("cannot read {}: {why}", path.display()))
}

/// Lines joined until they make a paragraph.
fn paragraphs(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(line);
        if open.len() >= PARAGRAPH {
            all.push(std::mem::take(&mut open));
        }
    }
    all.extend(Some(open).filter(|open| !open.is_empty()));
    all
}

/// The sources cut in two: what is learnt from and what is measured on.
pub(crate) fn split(sources: &[Source]) -> (Vec<Source>, Vec<Source>) {
    let part = |held: bool| {
        let keep = |source: &Source| {
            let runs = source.paragraphs.chunks(RUN).enumerate();
            let kept = runs.filter(|(run, _)| (run % HELD_OUT == HELD_OUT / 2) == held);
            Source { paragraphs: kept.flat_map(|(_, run)| run.to_vec()).collect(), ..source.clone() }
        };
        sources.iter().map(keep).filter(|source| !source.paragraphs.is_empty()).collect()
    };
    (part(false), part(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_of_a_source_is_from_all_over_it() {
        let paragraphs: Vec<String> = (0..200).map(|at| format!("{at:03}")).collect();
        let source = Source { language: "nl".to_owned(), paragraphs };
        let some = source.clone().some(Some(120));
        assert_eq!(some.paragraphs.len(), 40);
        assert_eq!(some.paragraphs[..4], ["000", "001", "010", "011"]);
        assert_eq!(source.clone().some(Some(600)).paragraphs, source.paragraphs);
    }
}
