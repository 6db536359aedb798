//! Running prose out of a folder of documentation: what reads as prose, in its language, and was not there before.

use crate::html;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use whichlang::{Lang, detect_language};

/// What is taken of the paragraphs, and what not.
pub(crate) struct Gathering {
    /// Whether the paragraphs are English: the language that translations leave, and that none is left in.
    english: bool,
    /// Shorter paragraphs are labels and menu entries rather than prose, in characters.
    shortest: usize,
    seen: HashSet<String>,
}

/// At least so many of a hundred characters of prose are letters and spaces; less is code, a formula or a table.
const LETTERS: usize = 80;

impl Gathering {
    /// Takes paragraphs of `language`, two letters, of at least `shortest` characters.
    pub(crate) fn new(language: &str, shortest: usize) -> Self {
        Self { english: language == "en", shortest, seen: HashSet::new() }
    }

    /// Leaves out the lines of a text: what a translation left as it was.
    pub(crate) fn without(&mut self, text: &str) {
        self.seen.extend(text.lines().map(str::to_owned));
    }

    /// Whether a paragraph is to be taken; it is not, the second time.
    pub(crate) fn takes(&mut self, text: &str) -> bool {
        self.reads_as_prose(text) && !self.is_foreign(text) && self.seen.insert(text.to_owned())
    }

    fn reads_as_prose(&self, text: &str) -> bool {
        let ends = text.trim_end_matches(['"', '»', '”', '“', ')']).ends_with(['.', '!', '?', ':', '…']);
        let signs = text.chars().count();
        let letters = text.chars().filter(|sign| sign.is_alphabetic() || *sign == ' ').count();
        let code = text.contains(['\\', '{', '}', '|', '\u{fffd}']);
        ends && signs >= self.shortest && !code && letters * 100 >= signs * LETTERS
    }

    fn is_foreign(&self, text: &str) -> bool {
        (detect_language(text) == Lang::Eng) != self.english
    }
}

/// The paragraphs that are taken of the files under `folder`, a line each, until they are `most` bytes. Of text files a
/// line is a paragraph. Files are read in the order of their paths.
pub(crate) fn gather(folder: &Path, most: usize, gathering: &mut Gathering) -> io::Result<String> {
    let mut text = String::new();
    for file in files(folder)? {
        if text.len() > most {
            break;
        }
        let read = String::from_utf8_lossy(&std::fs::read(&file)?).into_owned();
        let plain = file.extension().is_some_and(|end| end == "txt");
        let paragraphs = if plain { read.lines().map(str::to_owned).collect() } else { html::paragraphs(&read) };
        for paragraph in paragraphs.iter().filter(|paragraph| gathering.takes(paragraph)) {
            text.push_str(paragraph);
            text.push('\n');
        }
    }
    Ok(text)
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let read = path.extension().and_then(|end| end.to_str());
            if path.is_dir() {
                folders.push(path);
            } else if matches!(read, Some("html" | "page" | "docbook" | "xml" | "txt")) {
                files.push(path);
            }
        }
    }
    files.retain(|file| file.exists()); // packages link to files of others
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the paragraphs a gathering of Dutch takes.
    fn check(paragraphs: &[&str], taken: &[&str]) {
        let mut gathering = Gathering::new("nl", 40);
        let found: Vec<&str> = paragraphs.iter().copied().filter(|text| gathering.takes(text)).collect();
        assert_eq!(found, taken);
    }

    const DUTCH: &str = "De rekening wordt aan het einde van het jaar opgemaakt en door de raad vastgesteld.";

    #[test]
    fn what_was_seen_is_not_taken_again() {
        check(&[DUTCH, DUTCH], &[DUTCH]);
    }

    #[test]
    fn labels_code_and_formulas_are_no_prose() {
        check(&["Rekening openen.", "\\(x\\) is het gemiddelde van alle waarden die er gemeten zijn."], &[]);
        check(&["f(1, 2, 3) = 14; g(4, 5, 6) = 77; h(7, 8, 9) = 194 en zo verder."], &[]);
    }

    #[test]
    fn what_a_translation_left_in_english_is_left_out() {
        check(&["The account is drawn up at the end of the year and then adopted by the council.", DUTCH], &[DUTCH]);
        check(&["System Monitor displays system load information in graphical format in a panel."], &[]);
    }

    #[test]
    fn the_lines_to_do_without_are_left_out() {
        let mut gathering = Gathering::new("nl", 40);
        gathering.without(DUTCH);
        assert!(!gathering.takes(DUTCH));
    }
}
