//! Contents lists held against the headings of a report. Which of the two has what, the report knows.

use crate::check::{CONTENTS_ENTRY, NOT_IN_CONTENTS};
use crate::finding::Finding;
use crate::heading::Heading;

/// The finding for an entry of a contents list that no heading answers.
pub fn without_heading(entry: &Heading) -> Finding {
    let number = entry.number.as_ref().map(ToString::to_string).unwrap_or_default();
    finding(
        CONTENTS_ENTRY,
        entry,
        format!("The contents list names {number} “{}”, and no file at hand has such a heading.", entry.title),
    )
}

/// The finding for a heading that the contents list leaves out though it names others like it.
pub fn without_entry(heading: &Heading) -> Finding {
    let number = heading.number.as_ref().map(ToString::to_string).unwrap_or_default();
    finding(
        NOT_IN_CONTENTS,
        heading,
        format!("The contents list names the headings around {number}, but not this one."),
    )
}

fn finding(code: &'static str, heading: &Heading, message: String) -> Finding {
    Finding { code, span: heading.span, message, related: Vec::new(), repairs: Vec::new() }
}
