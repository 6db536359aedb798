//! How wide a text is in print: the metrics of two typefaces that nearly all reports resemble, Helvetica and Times,
//! which are public facts (their AFM files). The face of a page is unknown; which of the two it is nearer to is found
//! out from the page itself (see [`super::measure`]).

use crate::letters::{base, is_mark};

/// Widths of the characters from space to tilde, in thousandths of the type size.
const SANS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
const SERIF: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// A kind of typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// As wide as Helvetica.
    Sans,
    /// As wide as Times.
    Serif,
}

/// All faces; a page is measured in each.
pub const FACES: [Face; 2] = [Face::Sans, Face::Serif];

impl Face {
    /// The widths of the characters from space to tilde, in thousandths of the type size.
    pub fn table(self) -> &'static [u16; 95] {
        match self {
            Face::Sans => &SANS,
            Face::Serif => &SERIF,
        }
    }

    /// The width of a character, in thousandths of the type size.
    pub fn letter(self, letter: char) -> f32 {
        place(letter).map_or(0.0, |place| f32::from(self.table()[place]))
    }

    /// The width of a space between words.
    pub fn space(self) -> f32 {
        self.letter(' ')
    }

    /// The width of a text set on one line, in thousandths of the type size.
    pub fn width(self, text: &str) -> f32 {
        text.chars().map(|letter| self.letter(letter)).sum()
    }
}

/// The width of a text set on one line in each face, as [`Face::width`] tells it.
pub fn widths(text: &str) -> [f32; FACES.len()] {
    text.chars().filter_map(place).fold([0.0; FACES.len()], |widths, place| {
        std::array::from_fn(|face| widths[face] + f32::from(FACES[face].table()[place]))
    })
}

/// Where the width of a character stands in a table of the widths from space to tilde; none for a mark that is set over
/// the letter before it. Characters beyond those are as wide as the one that they resemble, a letter with marks as its
/// base; what resembles none is as wide as a digit.
pub fn place(letter: char) -> Option<usize> {
    let like = match letter {
        ' '..='~' => letter,
        '\u{ad}' | '\u{2010}' | '\u{2011}' => '-',
        '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' => ' ',
        'ı' => 'i',
        'ł' => 'l',
        'Ł' => 'L',
        'ø' => 'o',
        'Ø' => 'O',
        'đ' => 'd',
        'Đ' => 'D',
        'ß' => 'b',
        'ﬀ' | 'ﬁ' | 'ﬂ' | 'ﬅ' | 'ﬆ' | 'ĳ' => 'n',
        'ſ' => 'f',
        '‘' | '’' | '‚' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '•' | '·' => ':',
        '—' | '…' | 'æ' | 'œ' | '€' | 'ﬃ' | 'ﬄ' => 'm',
        'Æ' | 'Œ' => 'W',
        _ if is_mark(letter) => return None,
        _ => Some(base(letter)).filter(|base| matches!(base, ' '..='~')).unwrap_or('0'),
    };
    Some((like as usize).saturating_sub(32).min(94))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_are_wider_than_narrow_ones() {
        for face in FACES {
            assert!(face.width("mmm") > face.width("iii") * 2.0);
            assert_eq!(face.width(""), 0.0);
        }
    }

    #[test]
    fn marks_take_no_room() {
        for (marked, plain) in [
            ("één–twee", "een–twee"),
            ("Příliš žluťoučký kůň", "Prilis zlutoucky kun"),
            ("ıĞİŞ ÎȘȚă ŐŰ Łódź", "iGIS ISTa OU Lodz"),
            ("e\u{301}e\u{301}n", "een"),
        ] {
            assert_eq!(widths(marked), FACES.map(|face| face.width(plain)), "{marked}");
        }
    }
}
