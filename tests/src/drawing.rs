//! Texts with places drawn into them, and the client's own arithmetic of positions, which shares no code with the
//! server's.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

/// Where the cursor is in a text of a case.
pub const CURSOR: &str = "$0";

/// What a position's column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of 16 bits, the protocol's default.
    Utf16,
    /// Scalar values.
    Utf32,
}

impl Encoding {
    /// All that the protocol knows.
    pub const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    /// What is said in every encoding, which must be the same once it is drawn.
    ///
    /// # Panics
    /// When it is not.
    pub fn in_all(mut draw: impl FnMut(Encoding) -> String) -> String {
        let [first, others @ ..] = Self::ALL;
        let drawn = draw(first);
        others.into_iter().for_each(|other| assert_eq!(draw(other), drawn, "{first:?} and {other:?} disagree"));
        drawn
    }

    /// Its name in the protocol.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// The position of a byte of a text.
    pub fn position(self, text: &str, byte: usize) -> Value {
        let starts = line_starts(text);
        let line = starts.partition_point(|start| *start <= byte) - 1;
        let character: usize = text[starts[line]..byte].chars().map(|c| self.units(c)).sum();
        serde_json::json!({ "line": line, "character": character })
    }

    /// The byte of a position. It must be in the text and between two characters: a server that says otherwise is wrong.
    pub fn byte(self, text: &str, position: &Value) -> usize {
        let number = |key: &str| {
            position[key].as_u64().unwrap_or_else(|| panic!("no {key} in the position {position}")) as usize
        };
        let (line, column) = (number("line"), number("character"));
        let starts = line_starts(text);
        let start = *starts.get(line).unwrap_or_else(|| panic!("the text has no line {line}"));
        let mut units = 0;
        for (at, c) in text[start..].char_indices() {
            if units == column {
                return start + at;
            }
            assert!(!matches!(c, '\n' | '\r'), "{position} is past the end of its line");
            units += self.units(c);
        }
        assert_eq!(units, column, "{position} is past the end of the text, or inside of a character");
        text.len()
    }

    /// The two bytes of a range.
    pub fn bytes(self, text: &str, range: &Value) -> std::ops::Range<usize> {
        let range = self.byte(text, &range["start"])..self.byte(text, &range["end"]);
        assert!(range.start <= range.end, "a range that runs backwards");
        range
    }

    /// A text after edits as the protocol has them: all of them seen from the text before, none touching another.
    pub fn edited(self, text: &str, edits: &[Value]) -> String {
        let mut edits: Vec<_> = edits
            .iter()
            .map(|edit| (self.bytes(text, &edit["range"]), edit["newText"].as_str().expect("an edit has a text")))
            .collect();
        // A stable order: several texts put in at one place stay in the order in which they came.
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut after, mut at) = (String::new(), 0);
        for (range, new) in edits {
            assert!(at <= range.start, "two edits overlap at byte {}", range.start);
            after += &text[at..range.start];
            after += new;
            at = range.end;
        }
        after + &text[at..]
    }
}

/// The byte at which each line starts. Lines end as the protocol says: LF, CRLF and CR.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = (0..bytes.len())
        .filter(|at| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1).is_none_or(|next| *next != b'\n'));
    [0].into_iter().chain(ends.map(|at| at + 1)).collect()
}

/// A text without its cursor, and the byte at which that was.
pub fn cursor(text: &str) -> (String, Option<usize>) {
    let clean = text.replacen(CURSOR, "", 1);
    (clean, text.find(CURSOR))
}

/// A range of a text as its lines, numbered from 1, the range in brackets. Of more than three lines the first and the
/// last.
pub fn drawn(text: &str, range: std::ops::Range<usize>) -> String {
    let marked = format!("{}⟦{}⟧{}", &text[..range.start], &text[range.clone()], &text[range.end..]);
    let starts = line_starts(&marked);
    let line_of = |byte: usize| starts.partition_point(|start| *start <= byte) - 1;
    let (first, last) = (line_of(range.start), line_of(range.end + '⟦'.len_utf8()));
    let mut out = String::new();
    for line in first..=last {
        if last - first > 2 && line == first + 1 {
            out += "…\n";
        }
        if last - first > 2 && line > first && line < last {
            continue;
        }
        let end = starts.get(line + 1).copied().unwrap_or(marked.len());
        let _ = writeln!(out, "{} | {}", line + 1, marked[starts[line]..end].trim_end());
    }
    out
}

/// Several texts in one: each after a line `//- NAME`, and any text before the first of these is left out.
pub fn files(case: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for part in format!("\n{}", case.trim_start_matches('\n')).split("\n//- ").skip(1) {
        let (name, text) = part.split_once('\n').unwrap_or((part, ""));
        files.insert(name.trim().to_owned(), format!("{}\n", text.trim_end_matches('\n')));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_counted_in_each_encoding() {
        let text = "é\r\n😀x\ry";
        let at = text.find('x').expect("it is there");
        for (encoding, column) in [(Encoding::Utf8, 4), (Encoding::Utf16, 2), (Encoding::Utf32, 1)] {
            let position = encoding.position(text, at);
            assert_eq!(position, serde_json::json!({ "line": 1, "character": column }));
            assert_eq!(encoding.byte(text, &position), at);
        }
        assert_eq!(Encoding::Utf8.position(text, text.len()), serde_json::json!({ "line": 2, "character": 1 }));
    }

    #[test]
    fn ranges_are_drawn_and_cases_are_cut_up() {
        assert_eq!(drawn("een\ntwee\n", 4..8), "2 | ⟦twee⟧\n");
        assert_eq!(cursor("a$0b"), ("ab".to_owned(), Some(1)));
        let files = files("\n//- a.md\n# A\n//- b.txt\nb\n\n");
        assert_eq!(
            files.into_iter().collect::<Vec<_>>(),
            [("a.md".to_owned(), "# A\n".to_owned()), ("b.txt".to_owned(), "b\n".to_owned())]
        );
    }
}
