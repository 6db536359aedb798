//! What a word's text tells by itself, besides what the junction model sees of it: its first and last characters, its
//! brackets, whether it is a number, and how wide it is.

use super::width::{FACES, widths};
use super::word::Word;
use crate::number::{Number, Part};

/// What the first characters of a word tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// A small letter, past opening brackets and quotes.
    Lower,
    /// A capital.
    Upper,
    /// A digit.
    Digit,
    /// A mark that opens an entry of a list.
    Bullet,
    /// Anything else.
    Other,
}

/// What the last characters of a word tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The end of a sentence, past closing brackets, quotes and the numbers of notes.
    Sentence,
    /// A colon or a semicolon.
    Pause,
    /// A comma.
    Comma,
    /// The hyphen of a word that the line's end cut, or of a compound that waits for its end.
    Hyphen,
    /// Anything else: the sentence goes on, or what stands here is no sentence.
    Open,
}

fn brackets(text: &str) -> i8 {
    let of = |signs: [char; 2]| text.bytes().filter(|byte| signs.contains(&char::from(*byte))).take(50).count() as i8;
    let (opened, closed) = (of(['(', '[']), of([')', ']']));
    if opened == 0 && text.chars().count() <= 3 { 0 } else { opened - closed }
}

/// Words that end in a full stop and end no sentence, in several languages; initials are known by their length.
const SHORTENED: [&str; 46] = [
    "fig", "figs", "eq", "eqs", "sec", "ch", "no", "nos", "nr", "vol", "pp", "al", "vs", "cf", "ca", "bzw", "bijv",
    "blz", "pag", "art", "arts", "abs", "abb", "tab", "kap", "hoofdst", "resp", "incl", "inkl", "st", "dr", "mr",
    "mrs", "ms", "prof", "drs", "ir", "mw", "dhr", "hr", "fr", "sr", "num", "núm", "approx", "app",
];

/// Whether a word ends in a full stop because it is shortened.
fn is_shortened(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('.') else { return false };
    let stem = stem.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let short =
        stem.rsplit('.').next().is_some_and(|last| last.chars().count() == 1 && !last.contains(char::is_numeric));
    short || stem.len() <= 8 && SHORTENED.contains(&stem.to_lowercase().as_str())
}

fn number_parts(text: &str) -> u8 {
    /// No section has a larger number, at any depth.
    const MOST: u32 = 99;
    let bare = text.strip_suffix('.').unwrap_or(text);
    let stopped = bare.len() < text.len();
    let fits = |part: &Part| match *part {
        Part::Arabic(value, letter) => value <= MOST && letter.is_none(),
        Part::Roman(value) => value <= MOST,
        Part::Letter(_) => true,
    };
    // Nearly no word starts so; a capital alone is a word as well.
    let may_be = text.starts_with(|sign: char| sign.is_ascii_digit() || stopped && sign.is_ascii_uppercase());
    let number = if may_be { Number::parse(bare) } else { None };
    number.filter(|number| number.parts.iter().all(fits)).map_or(0, |number| number.parts.len() as u8)
}

fn is_folio(text: &str) -> bool {
    let is_number = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number && !text.parse().is_ok_and(|number| (1900..2100).contains(&number))
}

fn is_word(text: &str) -> bool {
    let core = text.trim_matches(|sign: char| !sign.is_alphanumeric());
    let inner =
        |sign: char| sign.is_alphabetic() || matches!(sign, '-' | '\'' | '’' | '\u{ad}' | '\u{2010}' | '\u{2011}');
    !core.is_empty() && core.chars().all(inner)
}

impl Opening {
    fn of(word: &str) -> Self {
        let mut letters = word.chars();
        if letters.clone().all(|sign| matches!(sign, '•' | '·' | '–' | '—' | '-' | '*' | '■' | '▪' | '○' | '◦' | '●'))
        {
            return Opening::Bullet;
        }
        match letters.find(|sign| !matches!(sign, '(' | '[' | '"' | '“' | '„' | '«' | '‘' | '\'' | '‚' | '¿' | '¡'))
        {
            Some(sign) if sign.is_lowercase() => Opening::Lower,
            Some(sign) if sign.is_uppercase() => Opening::Upper,
            Some(sign) if sign.is_numeric() => Opening::Digit,
            _ => Opening::Other,
        }
    }
}

impl Closing {
    fn of(word: &str, broken: bool) -> Self {
        let quote = |sign: char| matches!(sign, ')' | ']' | '"' | '”' | '“' | '»' | '’' | '\'');
        let bare = word.trim_end_matches(quote);
        let noted = bare.trim_end_matches(|sign: char| sign.is_ascii_digit()).trim_end_matches(quote);
        let ends = |text: &str| text.ends_with(['.', '!', '?', '…']);
        let letters = noted.chars().any(char::is_alphabetic);
        match bare.chars().last() {
            _ if broken => Closing::Hyphen,
            _ if is_shortened(word) => Closing::Open,
            _ if ends(bare) || letters && ends(noted) => Closing::Sentence,
            Some(':' | ';') => Closing::Pause,
            Some(',') => Closing::Comma,
            _ => Closing::Open,
        }
    }
}

/// What a word's text tells by itself, besides what the junction model sees of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looks {
    pub(super) is_word: bool,
    pub(super) has_letters: bool,
    pub(super) opening: Opening,
    pub(super) closing: Closing,
    pub(super) brackets: i8,
    pub(super) number_parts: u8,
    pub(super) is_folio: bool,
    /// How wide it is in each face.
    pub(super) widths: [f32; FACES.len()],
}

impl Looks {
    pub(super) fn of(text: &str, word: &Word) -> Looks {
        Looks {
            is_word: is_word(text),
            has_letters: text.chars().any(char::is_alphanumeric),
            opening: Opening::of(text),
            closing: Closing::of(text, word.is_broken()),
            brackets: brackets(text),
            number_parts: number_parts(text),
            is_folio: is_folio(text),
            widths: widths(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_words_tell() {
        let check = |word: &str, opening: Opening, closing: Closing| {
            let looks = Looks::of(word, &Word::new(word));
            assert_eq!((looks.opening, looks.closing), (opening, closing), "{word}");
        };
        check("(cyber)spionage,", Opening::Lower, Closing::Comma);
        check("Nederlanden.”", Opening::Upper, Closing::Sentence);
        check("bleef.12", Opening::Lower, Closing::Sentence);
        check("1.3", Opening::Digit, Closing::Open);
        check("halfgelei-", Opening::Lower, Closing::Hyphen);
        check("•", Opening::Bullet, Closing::Open);
        check("volgt:", Opening::Lower, Closing::Pause);
        check("(Fig.", Opening::Upper, Closing::Open);
        check("z.B.", Opening::Lower, Closing::Open);
    }
}
