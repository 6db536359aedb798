//! The numbers that lines of a text open with: each may be that of a heading, whatever keeps its line from being taken for
//! one. An edit hardly ever changes them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::change::Change;
use crate::lines::Lines;

/// How many lines open with each number, as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Openings(FxHashMap<Box<str>, u32>);

impl Openings {
    /// Those of a text.
    pub fn new(lines: &Lines) -> Self {
        let mut openings = Self::default();
        lines.iter().filter_map(opening).for_each(|number| openings.add(number));
        openings
    }

    /// Those of the text after an edit; these are of the text before.
    pub(crate) fn after(self: &Arc<Self>, (old, new): (&Lines, &Lines), change: &Change) -> Arc<Self> {
        let was = change.old.clone().filter_map(|line| opening(old.line(line)));
        let is = change.new.clone().filter_map(|line| opening(new.line(line)));
        if was.clone().eq(is.clone()) {
            return Arc::clone(self);
        }
        let mut openings = Self::clone(self);
        was.for_each(|number| openings.remove(number));
        is.for_each(|number| openings.add(number));
        Arc::new(openings)
    }

    /// Whether a line opens with a number that is written so, a full stop at its end left out.
    pub fn has(&self, number: &str) -> bool {
        self.0.contains_key(number)
    }

    fn add(&mut self, number: &str) {
        match self.0.get_mut(number) {
            Some(count) => *count += 1,
            None => drop(self.0.insert(number.into(), 1)),
        }
    }

    fn remove(&mut self, number: &str) {
        match self.0.get_mut(number) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(self.0.remove(number)),
        }
    }
}

/// The number that a line opens with, marks of Markdown before it aside.
fn opening(line: &str) -> Option<&str> {
    let line = match line.as_bytes() {
        // Nearly every line opens with a word, of which the second letter is a small one.
        [first, second, ..] if first.is_ascii_alphabetic() && second.is_ascii_lowercase() => return None,
        [first, ..] if first.is_ascii_alphanumeric() => line,
        _ => line.trim_start_matches(['#', '*', ' ', '\t', '\u{a0}', '\u{c}']),
    };
    let end = line.bytes().position(|sign| !(sign.is_ascii_alphanumeric() || sign == b'.')).unwrap_or(line.len());
    let number = line[..end].trim_end_matches('.');
    number.bytes().any(|sign| sign.is_ascii_digit()).then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_opens_with_a_number_behind_the_marks_of_a_heading() {
        let check = |line: &str, number: Option<&str>| assert_eq!(opening(line), number, "{line:?}");
        check("1.3 Haven", Some("1.3"));
        check("## 1.3. Haven", Some("1.3"));
        check("**B2** Haven", Some("B2"));
        check("Haven 1.3", None);
        check("", None);
    }

    proptest! {
        #[test]
        fn after_an_edit_they_are_those_of_the_text(
            head in "[1a.# \n]{0,20}", old in "[1a. \n]{0,6}", new in "[1a. \n]{0,6}", tail in "[1a. \n]{0,20}",
        ) {
            let (old, new) = (format!("{head}{old}{tail}"), format!("{head}{new}{tail}"));
            let old = Lines::new(&old);
            let (change, new) = Change::between(&old, &new, (0, 0));
            let after = Arc::new(Openings::new(&old)).after((&old, &new), &change);
            prop_assert_eq!(&*after, &Openings::new(&new));
        }
    }
}
