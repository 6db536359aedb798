//! The numbers of a report's parts, "1.3", "IV", "B.2", "3a": how they are read and when two are the same.

use std::fmt;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// The parts; never empty.
    pub parts: Vec<Part>,
}

/// One part of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Arabic digits, with a letter after them where there is one ("3a").
    Arabic(u32, Option<char>),
    /// A roman numeral, by its value.
    Roman(u32),
    /// A capital letter.
    Letter(char),
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
fn roman(mut value: u32) -> String {
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
