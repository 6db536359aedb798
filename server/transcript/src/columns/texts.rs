//! Words by their texts, with all that was asked of them: of its words a page has most many times, and a report too.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::junction::{Junctions, Known, KnownWords, PAGE};
use super::looks::Looks;
use super::word::Word;

/// Texts of words that were looked at: a page has most of its words many times.
#[derive(Clone, Debug)]
pub struct Texts {
    most: usize,
    known: FxHashMap<Box<str>, Read>,
}

/// A word that was read, and what was asked of it since.
#[derive(Clone, Debug)]
struct Read {
    word: Word,
    looks: Option<Looks>,
    known: Option<Arc<Known>>,
}

impl Default for Texts {
    fn default() -> Self {
        Self::keeping(2 * PAGE)
    }
}

impl Texts {
    /// None yet; so many will be kept.
    pub fn keeping(most: usize) -> Self {
        Self { most, known: FxHashMap::default() }
    }

    /// Asks what is known of a text.
    fn known<R>(&mut self, text: &str, ask: impl FnOnce(&mut Read) -> R) -> R {
        /// Of so many bytes each at the most: what is longer hardly comes again.
        const LONGEST: usize = 64;
        if let Some(known) = self.known.get_mut(text) {
            return ask(known);
        }
        let mut read = Read { word: Word::new(text), looks: None, known: None };
        let answer = ask(&mut read);
        if self.known.len() >= self.most {
            self.known.clear();
        }
        if text.len() <= LONGEST {
            self.known.insert(text.into(), read);
        }
        answer
    }

    /// What the junction model knows of a word.
    pub(super) fn looked_up(&mut self, text: &str, words: &mut KnownWords, junctions: &Junctions) -> Arc<Known> {
        self.known(text, |read| Arc::clone(read.known.get_or_insert_with(|| words.one(read.word, junctions))))
    }

    pub(super) fn of(&mut self, text: &str) -> (Word, Looks) {
        self.known(text, |read| (read.word, *read.looks.get_or_insert_with(|| Looks::of(text, &read.word))))
    }
}

/// All that is known of words that were read, by the junction model and by their texts.
pub type Words = (KnownWords, Texts);

/// No words yet; so many will be kept.
pub fn keeping(words: usize) -> Words {
    // The same word comes with marks and without.
    (KnownWords::keeping(words), Texts::keeping(2 * words))
}
