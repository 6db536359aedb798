//! The widths of letters, in thousandths of the type size: two typefaces whose metrics are public facts (Helvetica and
//! Times, as their AFM files give them), each stretched at random, since a page is never set in just the face that a
//! model expects.

use fastrand::Rng;

/// Widths of the characters from space to tilde.
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

/// A typeface: how wide each character is.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    widths: [f32; 95],
}

impl Face {
    /// A face drawn at random.
    pub(crate) fn any(rng: &mut Rng) -> Face {
        let table = if rng.bool() { SANS } else { SERIF };
        let spread = rng.f32() * 0.16;
        // All capitals, all digits and all small letters go together in part, as they do from face to face.
        let groups = [0; 4].map(|_| 1.0 + (rng.f32() - 0.5) * spread);
        let widths = std::array::from_fn(|at| {
            let group = match at {
                0 => 0,
                16..26 => 1,
                33..59 => 2,
                _ => 3,
            };
            f32::from(table[at]) * groups[group] * (1.0 + (rng.f32() - 0.5) * spread)
        });
        Face { widths }
    }

    /// How wide a text is.
    pub(crate) fn width(&self, text: &str) -> f32 {
        text.chars().map(|letter| self.letter(letter)).sum()
    }

    fn letter(&self, letter: char) -> f32 {
        let like = match letter {
            ' '..='~' => letter,
            '\u{ad}' | '\u{2010}' | '\u{2011}' => '-',
            'À'..='Å' => 'A',
            'È'..='Ë' => 'E',
            'Ì'..='Ï' | 'ì'..='ï' => 'i',
            'Ò'..='Ö' | 'Ø' => 'O',
            'Ù'..='Ü' => 'U',
            'à'..='å' | 'ā' | 'ą' => 'a',
            'è'..='ë' | 'ę' | 'ě' => 'e',
            'ò'..='ö' | 'ø' => 'o',
            'ù'..='ü' | 'ů' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            'ß' => 'b',
            '‘' | '’' | '‚' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '•' | '·' => ':',
            '—' | '…' | 'æ' | 'œ' | '€' => 'm',
            _ => '0',
        };
        self.widths[(like as usize).saturating_sub(32).min(94)]
    }
}
