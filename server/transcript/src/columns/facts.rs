//! What the column model sees of one physical line: its words with their places, their widths in each typeface, the
//! spaces before them, and what their first and last characters tell.

use super::looks::{Closing, Looks, Opening};
use super::margin::Marks;
use super::texts::Texts;
use super::width::{FACES, Face};
use super::word::Word;
use crate::span::Span;

/// A word, the text between white space, on its line.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Span,
    /// Where it starts, in Unicode scalars from the start of the line: the place that aligned columns share.
    pub column: u32,
    /// The white space before it, in Unicode scalars; a tab counts as [`TAB`].
    pub spaces: u16,
    /// What the junction model sees of it.
    pub word: Word,
    /// Whether it is made of letters, hyphens and apostrophes, marks at both ends left out.
    pub is_word: bool,
    /// Whether it has a letter or a digit.
    pub has_letters: bool,
    /// What its first characters tell.
    pub opening: Opening,
    /// What its last characters tell.
    pub closing: Closing,
    /// How many brackets it opens more than it closes. The mark of an entry, as in `a)`, closes none.
    pub brackets: i8,
    /// How many parts it has as the number of a section, none where it is no such: one in `3`, `IV.` and `B.`, two in
    /// `3.2`, three in `3.2.1.`.
    pub number_parts: u8,
    /// Whether it may be the number of a page: up to five digits and nothing else, and no year of these centuries.
    pub is_folio: bool,
}

/// How many spaces a tab is worth.
pub const TAB: u16 = 8;

/// A physical line as the column model sees it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Its words; none on a blank line.
    pub tokens: Vec<Token>,
    /// For each face, how wide the words before each place are, spaces left out; one more than there are words.
    widths: [Vec<f32>; FACES.len()],
    /// Whether white space ends the line.
    pub trailing: bool,
    /// The bytes of the words that were set aside, ascending: marks on the line that are of no column.
    pub asides: Vec<Span>,
}

impl Facts {
    /// Reads a line, which starts at byte `start` of the text.
    pub fn new(line: &str, start: usize) -> Self {
        Self::with(line, start, &mut Texts::default())
    }

    /// The same with words that may have been looked at before.
    pub fn with(line: &str, start: usize, texts: &mut Texts) -> Self {
        /// Most lines have no more words.
        const USUAL: usize = 16;
        let mut facts = Facts { tokens: Vec::with_capacity(USUAL), ..Facts::default() };
        for widths in &mut facts.widths {
            widths.reserve(USUAL + 1);
            widths.push(0.0);
        }
        let (mut column, mut spaces, mut at) = (0, 0u16, 0);
        let mut word_start = None;
        for (byte, sign) in line.char_indices().chain([(line.len(), ' ')]) {
            match (sign.is_whitespace(), word_start) {
                (true, Some((from, from_column))) => {
                    let span = Span::new(start + from, start + byte);
                    facts.push(texts.of(&line[from..byte]), span, from_column, spaces);
                    (spaces, word_start) = (0, None);
                }
                (false, None) => word_start = Some((byte, column)),
                _ => {}
            }
            if sign.is_whitespace() && byte < line.len() {
                spaces = spaces.saturating_add(if sign == '\t' { TAB } else { 1 });
            }
            column += 1;
            at = byte;
        }
        debug_assert_eq!(at, line.len());
        facts.trailing = spaces > 0 && !facts.tokens.is_empty();
        facts
    }

    fn push(&mut self, (word, looks): (Word, Looks), span: Span, column: u32, spaces: u16) {
        let Looks { is_word, has_letters, opening, closing, brackets, number_parts, is_folio, widths } = looks;
        self.tokens.push(Token {
            span,
            column,
            spaces,
            word,
            is_word,
            has_letters,
            opening,
            closing,
            brackets,
            number_parts,
            is_folio,
        });
        for (all, width) in self.widths.iter_mut().zip(widths) {
            all.push(all.last().copied().unwrap_or_default() + width);
        }
    }

    /// The same without its words that are of no column. Those that one of them stood between are further apart for it.
    pub fn without(mut self, asides: Marks) -> Self {
        (0..self.len()).rev().filter(|word| asides.holds(*word)).for_each(|word| self.set_aside(word));
        self
    }

    fn set_aside(&mut self, word: usize) {
        /// No typesetter puts so many spaces between two words of a column.
        const APART: u16 = 4;
        let token = self.tokens.remove(word);
        for widths in &mut self.widths {
            let width = widths[word + 1] - widths[word];
            widths.remove(word + 1);
            widths[word + 1..].iter_mut().for_each(|before| *before -= width);
        }
        match self.tokens.get_mut(word) {
            Some(next) if word > 0 => next.spaces = next.spaces.saturating_add(token.spaces).max(APART),
            Some(_) => {}
            None => self.trailing = false,
        }
        self.asides.insert(0, token.span);
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether the line is blank.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// How wide some words are with one space between each, in thousandths of the type size.
    pub fn width(&self, face: Face, words: std::ops::Range<usize>) -> f32 {
        let widths = &self.widths[face as usize];
        let spaces = words.len().saturating_sub(1) as f32;
        widths[words.end] - widths[words.start] + spaces * face.space()
    }

    /// Whether some words leave a bracket open, and whether they close one that they did not open.
    pub fn brackets(&self, words: std::ops::Range<usize>) -> (bool, bool) {
        let (mut depth, mut lowest) = (0i32, 0);
        for token in &self.tokens[words] {
            depth += i32::from(token.brackets);
            lowest = lowest.min(depth);
        }
        (depth > lowest, lowest < 0)
    }

    /// Whether a line starts or ends with what may be the number of its page, beside a few words. At the start that has two
    /// digits at least: one may number a chapter.
    pub fn shows_folio(&self) -> bool {
        let [first, _, .., last] = &self.tokens[..] else { return false };
        last.is_folio || first.is_folio && first.span.range().len() > 1
    }

    /// Whether a line is a name with a number and nothing else: the chapter that a page is of, or the page.
    pub fn is_label(&self) -> bool {
        let [name, number] = &self.tokens[..] else { return false };
        name.is_word && name.opening == Opening::Upper && (number.number_parts == 1 || number.is_folio)
    }

    /// How many parts the number of a section has that some words start with, before a title; none where they do not.
    pub fn numbered(&self, words: std::ops::Range<usize>) -> u8 {
        match &self.tokens[words] {
            [number, title, ..] if title.opening == Opening::Upper => number.number_parts,
            _ => 0,
        }
    }

    /// The share of some words that start with a capital; they must not be empty.
    pub fn capitals(&self, words: std::ops::Range<usize>) -> f32 {
        let count = words.len() as f32;
        self.tokens[words].iter().filter(|token| token.opening == Opening::Upper).count() as f32 / count
    }

    /// The bytes from the first of some words to the last; they must not be empty.
    pub fn span(&self, words: std::ops::Range<usize>) -> Span {
        Span::new(self.tokens[words.start].span.start, self.tokens[words.end - 1].span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_places_and_spaces() {
        let facts = Facts::new("één  woord\tdaar ", 100);
        let seen: Vec<_> = facts.tokens.iter().map(|token| (token.span.start, token.column, token.spaces)).collect();
        assert_eq!(seen, [(100, 0, 0), (107, 5, 2), (113, 11, TAB)]);
        assert!(facts.trailing);
        assert_eq!(facts.width(Face::Sans, 0..3), Face::Sans.width("één woord daar"));
        assert!(Facts::new(" \t", 0).is_empty());
    }

    #[test]
    fn words_seen_before_are_read_as_at_first() {
        let mut texts = Texts::default();
        let line = "(Fig. 3) de lange, de zogenaamde halfgelei-";
        let fresh = format!("{:?}", Facts::new(line, 7));
        assert_eq!(texts.of("lange,").0, Word::new("lange,"));
        for _ in 0..2 {
            assert_eq!(format!("{:?}", Facts::with(line, 7, &mut texts)), fresh);
        }
    }

    #[test]
    fn brackets_are_left_open_and_closed() {
        let check = |line: &str, open: bool, closes: bool| {
            let facts = Facts::new(line, 0);
            assert_eq!(facts.brackets(0..facts.len()), (open, closes), "{line}");
        };
        check("werd gesloten (zie", true, false);
        check("aan de kade) en bleef", false, true);
        check("dicht), tot (in", true, true);
        check("(heel) gewoon [zo]", false, false);
        check("a) eerst, b) dan", false, false);
    }

    #[test]
    fn a_line_of_known_words_is_read_as_one_of_new_ones() {
        let (mut texts, long) = (Texts::default(), "x".repeat(100));
        for line in ["De haven (zie 3.2), de haven-", "haven 24327 •", &long, &long, "DE De de, 3.2"] {
            assert_eq!(
                format!("{:?}", Facts::with(line, 7, &mut texts)),
                format!("{:?}", Facts::new(line, 7)),
                "{line}"
            );
        }
    }

    #[test]
    fn headings_start_with_their_number() {
        let check = |line: &str, parts: u8| {
            let facts = Facts::new(line, 0);
            assert_eq!(facts.numbered(0..facts.len()), parts, "{line}");
        };
        check("3.3 NE Tagging and Coreference Resolution", 2);
        check("2. Related work", 1);
        check("IV. Conclusies", 1);
        check("3.3 of the sentence", 0);
        check("1987 Boston", 0);
        check("I Leiden", 0);
        check("B. Leiden", 1);
        check("MIX. Leiden", 0);
        check("4.1", 0);
    }

    #[test]
    fn the_number_of_a_page_stands_at_either_end() {
        let check = |line: &str, shows: bool| assert_eq!(Facts::new(line, 0).shows_folio(), shows, "{line}");
        check("Raad van State – 238e zitting, donderdag 4 mei 2017 24327", true);
        check("24 Jaarverslag van de raad", true);
        check("4 De haven", false);
        check("Verslag over 2017", false);
        check("Verslag over 2017.", false);
        check("17", false);
    }

    #[test]
    fn a_name_and_a_number_are_a_label() {
        let check = |line: &str, is: bool| assert_eq!(Facts::new(line, 0).is_label(), is, "{line}");
        check("Hoofdstuk 3", true);
        check("Pagina 128", true);
        check("Hoofdstuk 3 Havens", false);
        check("hoofdstuk 3", false);
        check("Paragraaf 3.2", false);
        check("3 Havens", false);
    }
}
