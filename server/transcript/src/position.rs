//! Positions as editors count them, to and from bytes. This is the only module that knows UTF-16: a position's column
//! counts UTF-8 bytes, UTF-16 units or Unicode scalar values from the start of its line, as client and server agreed.

use crate::lines::Lines;
use crate::span::{Span, border};
use crate::text::Text;

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// 16-bit units; what the protocol means when nothing else was agreed.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A line and a column in it, both from zero, the column in some [`Encoding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The units of the encoding before the position in its line.
    pub column: usize,
}

impl Encoding {
    /// How many units a piece of text takes.
    pub fn width(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            Encoding::Utf16 => text.encode_utf16().count(),
            Encoding::Utf32 => text.chars().count(),
        }
    }
}

impl Text {
    /// The position of a byte. An offset inside a line end stands at the end of its line.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let line = self.line_of(offset);
        let span = self.line_span(line);
        let (rope, from) = (self.rope(), self.char_at(span.start));
        let to = self.char_at(offset.min(span.end));
        let column = match encoding {
            Encoding::Utf8 => rope.char_to_byte(to) - span.start,
            Encoding::Utf16 => rope.char_to_utf16_cu(to) - rope.char_to_utf16_cu(from),
            Encoding::Utf32 => to - from,
        };
        Position { line, column }
    }

    /// The byte of a position. A column past the end of its line is the line's end, a line past the last is the text's
    /// end (both as the protocol wants), and a column inside a character is the character's start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let span = self.line_span(position.line);
        let (rope, from) = (self.rope(), self.char_at(span.start));
        let end = self.char_at(span.end);
        let at = match encoding {
            Encoding::Utf8 => {
                return rope.char_to_byte(self.char_at((span.start.saturating_add(position.column)).min(span.end)));
            }
            Encoding::Utf16 => {
                let unit = rope.char_to_utf16_cu(from).saturating_add(position.column);
                rope.utf16_cu_to_char(unit.min(rope.char_to_utf16_cu(end)))
            }
            Encoding::Utf32 => from.saturating_add(position.column).min(end),
        };
        rope.char_to_byte(at)
    }

    /// The positions of a span's ends.
    pub fn range(&self, span: Span, encoding: Encoding) -> (Position, Position) {
        (self.position(span.start, encoding), self.position(span.end, encoding))
    }
}

/// So far into a line the units are counted one by one.
const NEAR: usize = 4096;

impl Lines<'_> {
    /// The same as [`Text::position`], without a way down the rope for each step of it; none of a byte that is far into a very
    /// long line, up to which all units would be counted.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Option<Position> {
        let line = self.line_of(offset);
        let span = self.span(line);
        let to = border(self.text(), offset.min(span.end));
        (to - span.start <= NEAR)
            .then(|| Position { line, column: encoding.width(self.slice(Span::new(span.start, to))) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn columns_count_the_units_of_their_encoding() {
        let text = Text::new("x\né\u{1F600}z");
        let columns = ALL.map(|encoding| text.position(8, encoding).column);
        assert_eq!(columns, [6, 3, 2]);
    }

    #[test]
    fn positions_outside_are_brought_in() {
        let text = Text::new("ab\r\ncd");
        for encoding in ALL {
            assert_eq!(text.offset(Position { line: 0, column: 99 }, encoding), 2);
            assert_eq!(text.offset(Position { line: 9, column: 0 }, encoding), 6);
            assert_eq!(text.offset(Position { line: usize::MAX, column: usize::MAX }, encoding), 6);
            assert_eq!(text.position(3, encoding), Position { line: 0, column: 2 });
        }
    }

    #[test]
    fn a_column_inside_a_character_is_its_start() {
        let text = Text::new("\u{1F600}");
        assert_eq!(text.offset(Position { line: 0, column: 1 }, Encoding::Utf16), 0);
        assert_eq!(text.offset(Position { line: 0, column: 3 }, Encoding::Utf8), 0);
    }

    proptest! {
        #[test]
        fn lines_have_the_positions_of_the_rope(content in "[a-zé\u{1F600}\r\n\u{c}]{0,60}") {
            let (text, lines) = (Text::new(&content), Lines::new(&content));
            for (offset, encoding) in (0..content.len() + 2).flat_map(|offset| ALL.map(|encoding| (offset, encoding))) {
                prop_assert_eq!(lines.position(offset, encoding), Some(text.position(offset, encoding)));
            }
        }

        #[test]
        fn positions_round_trip(content in "[a-zé\u{1F600}\r\n\u{c}]{0,60}") {
            let text = Text::new(&content);
            for (offset, _) in content.char_indices().chain([(content.len(), ' ')]) {
                let inside_crlf = content[..offset].ends_with('\r') && content[offset..].starts_with('\n');
                for encoding in ALL {
                    let back = text.offset(text.position(offset, encoding), encoding);
                    prop_assert_eq!(back, if inside_crlf { offset - 1 } else { offset });
                }
            }
        }
    }
}
