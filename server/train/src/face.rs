//! The widths of letters, in thousandths of the type size: those of the two typefaces that the program measures with,
//! each stretched at random, since a page is never set in just the face that a model expects.

use fastrand::Rng;
use transcript::columns::width;

/// A typeface: how wide each character is.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    widths: [f32; 95],
}

impl Face {
    /// A face drawn at random.
    pub(crate) fn any(rng: &mut Rng) -> Face {
        let table = if rng.bool() { width::Face::Sans } else { width::Face::Serif }.table();
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
        width::place(letter).map_or(0.0, |place| self.widths[place])
    }
}
