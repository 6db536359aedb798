//! The numbers of a report's parts, "1.3", "IV", "B.2", "3a": how they are read and when two are the same.

use std::fmt;

use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A part (deel, Teil) above the chapters.
    Part,
    /// A chapter.
    Chapter,
    /// A section, paragraph or subsection.
    Section,
    /// An annex or appendix.
    Annex,
    /// A figure, chart or map.
    Figure,
    /// A table.
    Table,
    /// A box or sidebar.
    Box,
    /// A page, by its printed number.
    Page,
    /// A footnote or endnote.
    Note,
}

/// A number as it is compared: its parts from the outermost in. "1.3", "IV" and "B.2a" are numbers.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Number {
    /// The parts; never empty.
    pub parts: Parts,
}

impl Clone for Number {
    /// With each keystroke those of all references are copied: at once, not part by part.
    fn clone(&self) -> Self {
        Self { parts: Parts::from_slice(&self.parts) }
    }
}

/// The parts of a number. Hardly any has more than four: most take no memory of their own.
pub type Parts = SmallVec<[Part; 4]>;

/// One part of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// Arabic digits, with a letter after them where there is one ("3a").
    Arabic(u32, Option<char>),
    /// A roman numeral, by its value.
    Roman(u32),
    /// A capital letter.
    Letter(char),
}

impl Number {
    /// A number of one arabic part.
    pub fn arabic(value: u32) -> Self {
        Self { parts: smallvec![Part::Arabic(value, None)] }
    }

    /// Reads a text that is a number and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, length) = Self::scan(text)?;
        (length == text.len()).then_some(number)
    }

    /// Reads the number that a text starts with: its parts joined by full stops, and the bytes it takes. A full stop
    /// after the last part is left to the sentence. None where the digits are a date, a time, an amount or a document's
    /// mark ("3.2.2019", "17.00", "1.000", "18/12345").
    pub fn scan(text: &str) -> Option<(Self, usize)> {
        let bytes = text.as_bytes();
        let (first, mut at) = first_part(text)?;
        let mut parts: Parts = smallvec![first];
        if let Part::Letter(_) = first
            && let Some((part, end)) = arabic(text, at)
        {
            parts.push(part);
            at = end;
        }
        while bytes.get(at) == Some(&b'.') {
            let Some((part, end)) = arabic(text, at + 1) else { break };
            let digits = &bytes[at + 1..end];
            if digits[0] == b'0' || digits.iter().take_while(|byte| byte.is_ascii_digit()).count() > 3 {
                return None;
            }
            parts.push(part);
            at = end;
        }
        let mut after = text[at..].chars();
        let stuck = match after.next() {
            Some('/') => after.next().is_some_and(char::is_alphanumeric),
            Some(':') => after.next().is_some_and(|next| next.is_ascii_digit()),
            Some(sign) => sign.is_alphanumeric() || sign == '_',
            None => false,
        };
        (!stuck).then_some((Self { parts }, at))
    }

    /// The number by which two are compared: roman numerals as their values, so that "IV" and "4" are the same.
    pub fn key(&self) -> Self {
        let plain = |part: &Part| match *part {
            Part::Roman(value) => Part::Arabic(value, None),
            other => other,
        };
        Self { parts: self.parts.iter().map(plain).collect() }
    }

    /// Whether the other number lies inside this one, as 1.2.3 does in 1.2 and in 1.
    pub fn encloses(&self, other: &Self) -> bool {
        self.parts.len() < other.parts.len() && other.parts.starts_with(&self.parts)
    }
}

/// The first part of a number: digits, a roman numeral or a capital; and where it ends.
fn first_part(text: &str) -> Option<(Part, usize)> {
    if let Some(found) = arabic(text, 0) {
        return Some(found);
    }
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &text[..letters];
    if letters == 1 && word.as_bytes()[0].is_ascii_uppercase() {
        // Of the capitals that are numerals too only these three head a list of numerals; C, D, L and M are annexes.
        let part = match word {
            "I" => Part::Roman(1),
            "V" => Part::Roman(5),
            "X" => Part::Roman(10),
            _ => Part::Letter(word.as_bytes()[0] as char),
        };
        return Some((part, 1));
    }
    let value = roman_value(word)?;
    Some((Part::Roman(value), letters))
}

/// Up to four digits at `from`, with a letter after them where it ends the word ("3a"); and where it ends.
fn arabic(text: &str, from: usize) -> Option<(Part, usize)> {
    let bytes = &text.as_bytes()[from..];
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || digits > 4 {
        return None;
    }
    let end = from + digits;
    let value = text[from..end].parse().ok()?;
    let letter = bytes.get(digits).copied().filter(u8::is_ascii_alphabetic);
    let alone = !text[end..].chars().nth(1).is_some_and(char::is_alphanumeric);
    match letter {
        Some(letter) if alone => Some((Part::Arabic(value, Some(letter.to_ascii_lowercase() as char)), end + 1)),
        _ => Some((Part::Arabic(value, None), end)),
    }
}

/// The value of a roman numeral, written in capitals throughout or in small letters throughout, in its usual form.
pub fn roman_value(word: &str) -> Option<u32> {
    if word.is_empty()
        || word.len() > 15
        || word.bytes().any(|byte| !matches!(byte.to_ascii_uppercase(), b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
        || word.bytes().any(|byte| byte.is_ascii_uppercase() != word.as_bytes()[0].is_ascii_uppercase())
    {
        return None;
    }
    let capitals = word.to_ascii_uppercase();
    let sign = |byte: u8| {
        Some(match byte {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            b'L' => 50,
            b'C' => 100,
            b'D' => 500,
            b'M' => 1000,
            _ => return None,
        })
    };
    let signs: Vec<u32> = capitals.bytes().map(sign).collect::<Option<_>>()?;
    let mut value = 0;
    for (index, &step) in signs.iter().enumerate() {
        if signs.get(index + 1).is_some_and(|&next| next > step) {
            value -= step as i64;
        } else {
            value += step as i64;
        }
    }
    let value = u32::try_from(value).ok()?;
    (roman(value) == capitals).then_some(value)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            match part {
                Part::Arabic(value, None) => write!(f, "{value}")?,
                Part::Arabic(value, Some(letter)) => write!(f, "{value}{letter}")?,
                Part::Roman(value) => write!(f, "{}", roman(*value))?,
                Part::Letter(letter) => write!(f, "{letter}")?,
            }
        }
        Ok(())
    }
}

/// A value as a roman numeral in capitals.
pub(crate) fn roman(mut value: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (step, sign) in STEPS {
        while value >= step {
            out.push_str(sign);
            value -= step;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The number that a text starts with, as it is printed, and what is left of the text.
    fn check(text: &str, number: &str, rest: &str) {
        let (found, length) = Number::scan(text).unwrap_or_else(|| panic!("no number in {text:?}"));
        assert_eq!((found.to_string().as_str(), &text[length..]), (number, rest));
    }

    #[test]
    fn the_forms_of_a_number() {
        check("1.3 (Industrie)", "1.3", " (Industrie)");
        check("2.1.4. Zie ook", "2.1.4", ". Zie ook");
        check("3a, 3b", "3a", ", 3b");
        check("IV. De dienst", "IV", ". De dienst");
        check("II.2", "II.2", "");
        check("B.2.1", "B.2.1", "");
        check("C und D", "C", " und D");
        check("A1", "A.1", "");
        check("12-14", "12", "-14");
    }

    #[test]
    fn dates_times_amounts_and_marks_are_none() {
        for text in
            ["3.2.2019", "17.00", "1.000", "18/12345", "2019/3.2", "12345", "10th", "Inhoud", "MIVD", "14:30", ""]
        {
            assert_eq!(Number::scan(text), None, "{text:?}");
        }
    }

    #[test]
    fn four_is_iv() {
        let key = |text: &str| Number::parse(text).map(|number| number.key());
        assert_eq!(key("IV"), key("4"));
        assert_ne!(key("A"), key("1"));
    }

    proptest! {
        #[test]
        fn a_number_is_read_as_it_is_printed(parts in prop::collection::vec(1u32..=199, 1..=5)) {
            let number = Number { parts: parts.into_iter().map(|value| Part::Arabic(value, None)).collect() };
            prop_assert_eq!(Number::parse(&number.to_string()), Some(number));
        }

        #[test]
        fn every_roman_numeral_has_its_value(value in 1u32..4000) {
            prop_assert_eq!(roman_value(&roman(value)), Some(value));
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,12}") {
            if let Some((_, length)) = Number::scan(&text) {
                prop_assert!(length > 0 && text.is_char_boundary(length));
            }
        }
    }
}
