//! Where the person switched checks off: comments in Markdown. Plain text has no comments that a reader would not see;
//! there the settings do it.
//!
//! `<!-- columnist-off merged-columns -->` switches checks off until `<!-- columnist-on merged-columns -->` or the end
//! of the text, `<!-- columnist-off-next merged-columns -->` for the paragraph that follows. Without a code they speak
//! of all checks; several codes stand with spaces or commas between.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::lines::{Format, Lines};
use crate::span::Span;

/// The comments, one on a line or several.
static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<!--\s*columnist-(off-next|off|on)\b([^>]*?)-->").expect("the pattern is right"));

/// The codes in a comment, with spaces or commas between.
static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[^\s,]+").expect("the pattern is right"));

/// The lines on which checks are switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressions {
    off: Vec<(Option<String>, Range<usize>)>,
    codes: Vec<Span>,
}

impl Suppressions {
    /// Reads the comments of a text. In plain text there are none.
    pub fn new(lines: &Lines, format: Format) -> Self {
        let mut read = Self::default();
        if format == Format::Plain {
            return read;
        }
        let mut fence = None;
        for line in 0..lines.len() {
            let mark = lines.line(line).trim_start().get(..3).filter(|mark| matches!(*mark, "```" | "~~~"));
            match (mark, fence) {
                (Some(mark), None) => fence = Some(mark),
                (mark, Some(_)) if mark == fence => fence = None,
                (_, Some(_)) => {}
                (None, None) => read.line(lines, line),
            }
        }
        read
    }

    /// Whether a check is off for what begins on a line.
    pub fn cover(&self, code: &str, line: usize) -> bool {
        let speaks = |of: &Option<String>| of.as_deref().is_none_or(|of| of == code);
        self.off.iter().any(|(of, lines)| speaks(of) && lines.contains(&line))
    }

    /// The places of all codes that the comments name, whether there are such checks or not.
    pub fn codes(&self) -> &[Span] {
        &self.codes
    }

    fn line(&mut self, lines: &Lines, line: usize) {
        for comment in COMMENT.captures_iter(lines.line(line)) {
            let (verb, words) = (&comment[1], comment.get(2).expect("the group always takes part"));
            let start = lines.span(line).start + words.start();
            let codes = CODE.find_iter(words.as_str()).map(|code| Span::from(code.range()).shifted(start));
            let codes: Vec<Span> = codes.collect();
            let names: Vec<Option<String>> = match codes[..] {
                [] => vec![None],
                _ => codes.iter().map(|code| Some(lines.slice(*code).to_owned())).collect(),
            };
            self.codes.extend(codes);
            for name in names {
                match verb {
                    "on" => self.on(name.as_deref(), line),
                    "off" => self.off.push((name, line..lines.len())),
                    _ => self.off.push((name, line..end_of_paragraph(lines, line + 1))),
                }
            }
        }
    }

    /// Ends what is still off: of one code, or of all.
    fn on(&mut self, name: Option<&str>, line: usize) {
        for (of, lines) in &mut self.off {
            if name.is_none() || of.as_deref() == name {
                lines.end = lines.end.min(line.max(lines.start));
            }
        }
    }
}

/// Whether a text, or lines of one, may have such a comment in it.
pub(crate) fn may_be_in(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"columnist-o").is_some()
}

/// The line after the paragraph that starts at a line or after the blank lines there.
fn end_of_paragraph(lines: &Lines, line: usize) -> usize {
    let blank = |line: &usize| lines.line(*line).trim().is_empty();
    let start = (line..lines.len()).find(|line| !blank(line)).unwrap_or(lines.len());
    (start..lines.len()).find(blank).unwrap_or(lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a text in which every line that begins with `x` has the check `merged-columns` switched off and every
    /// other has not, and holds it to that.
    fn check(text: &str) {
        let lines = Lines::new(text);
        let suppressions = Suppressions::new(&lines, Format::Markdown);
        for line in (0..lines.len()).filter(|line| !lines.line(*line).starts_with(['<', '`'])) {
            let expected = lines.line(line).starts_with('x');
            assert_eq!(suppressions.cover("merged-columns", line), expected, "line {line} of:\n{text}");
        }
    }

    #[test]
    fn off_holds_until_on() {
        check("a\n<!-- columnist-off merged-columns -->\nx\nx\n<!-- columnist-on merged-columns -->\na");
        check("a\n<!-- columnist-off -->\nx\n<!-- columnist-on -->\na\n");
        check("<!--columnist-off merged-columns, doubtful-split-->\nx\n<!--columnist-on-->\na");
    }

    #[test]
    fn off_holds_until_the_end() {
        check("a\n<!-- columnist-off merged-columns -->\nx\nx");
    }

    #[test]
    fn off_next_holds_for_a_paragraph() {
        check("<!-- columnist-off-next merged-columns -->\nx\nx\n\na");
    }

    #[test]
    fn other_checks_stay_on() {
        check("<!-- columnist-off doubtful-split -->\na\n");
        check("<!-- columnist-off merged-columns -->\nx\n<!-- columnist-on doubtful-split -->\nx");
    }

    #[test]
    fn what_only_looks_like_it_is_none() {
        check("<!-- columnist-offers merged-columns -->\na\n");
        check("```\n<!-- columnist-off merged-columns -->\n```\na\n");
    }

    #[test]
    fn plain_text_has_no_comments() {
        let text = "<!-- columnist-off -->\na";
        assert_eq!(Suppressions::new(&Lines::new(text), Format::Plain), Suppressions::default());
    }
}
