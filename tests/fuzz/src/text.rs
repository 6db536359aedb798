//! Text, edits and positions: after any edits, told in any encoding, in the text or out of it, the rope holds what a
//! plain string would hold, and what is made of an older version is that too; its lines are those of the analysis, and
//! positions lead back to where they came from.

use transcript::lines::Lines;
use transcript::position::{Encoding, Position};
use transcript::span::Span;
use transcript::text::Text;

use crate::choices::Choices;

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// Plays a text and some edits.
pub fn run(data: &[u8]) {
    let mut choices = Choices(data);
    let encoding = *choices.of(&ENCODINGS);
    let length = choices.below(64);
    let mut string = choices.text(length);
    let mut text = Text::new(&string);
    let mut versions = vec![(text.clone(), string.clone())];
    while !choices.is_empty() && versions.len() <= 64 {
        let positions = [place(&mut choices), place(&mut choices)];
        let length = choices.below(16);
        let new = choices.text(length);
        let [a, b] = positions.map(|position| text.offset(position, encoding));
        assert_eq!([a, b], positions.map(|position| offset(&string, position, encoding)), "{string:?} {positions:?}");
        let span = Span::new(a.min(b), a.max(b));
        assert_eq!(text.slice(span), string[span.range()]);
        text.edit(span, &new);
        string.replace_range(span.range(), &new);
        assert_eq!(text.to_string(), string);
        let back = versions.len() % 7;
        let (older, mut held) = versions[versions.len().saturating_sub(1 + back)].clone();
        text.write_over(&mut held, &older);
        assert_eq!(held, string, "of what it was {back} edits before the last");
        versions.push((text.clone(), string.clone()));
    }
    agree(&text, &string);
}

fn place(choices: &mut Choices) -> Position {
    Position { line: choices.number() as usize, column: choices.number() as usize }
}

/// Lines and positions of the rope are those of the string.
fn agree(text: &Text, string: &str) {
    let lines = Lines::new(string);
    assert_eq!(text.len(), string.len());
    assert_eq!(text.line_count(), lines.len());
    for line in 0..lines.len() {
        assert_eq!(text.line_span(line), lines.span(line), "{string:?}");
    }
    for offset in 0..=string.len() {
        // One encoding a place: the next input has another one there.
        let encoding = ENCODINGS[(offset + string.len()) % ENCODINGS.len()];
        let position = text.position(offset, encoding);
        let back = text.offset(position, encoding);
        let line = lines.span(position.line);
        let border = (0..=offset).rev().find(|at| string.is_char_boundary(*at)).expect("0 is one");
        assert_eq!(back, border.min(line.end), "{string:?} {offset} {encoding:?}");
        assert_eq!(back, self::offset(string, position, encoding));
    }
}

/// The byte of a position, reckoned without the rope.
pub(crate) fn offset(string: &str, position: Position, encoding: Encoding) -> usize {
    let mut line = 0;
    let mut start = 0;
    while line < position.line {
        let rest = &string[start..];
        let Some(end) = rest.find(['\n', '\r']) else { return string.len() };
        start += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        line += 1;
    }
    let rest = &string[start..];
    let mut left = position.column;
    for (at, c) in rest.char_indices() {
        let width = match encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        };
        if matches!(c, '\n' | '\r') || left < width {
            return start + at;
        }
        left -= width;
    }
    string.len()
}
