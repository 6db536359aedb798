//! References to a part of the report that none of its files holds. Whether one does, the report knows.

use crate::check::UNRESOLVED_REFERENCE;
use crate::finding::Finding;
use crate::lines::Lines;
use crate::reference::Reference;

/// The finding for a reference that leads nowhere.
pub fn finding(lines: &Lines, reference: &Reference) -> Finding {
    let written = lines.slice(reference.mention).split_whitespace().collect::<Vec<_>>().join(" ");
    let title = reference
        .title
        .as_deref()
        .filter(|title| reference.number.is_some() && !written.contains(*title))
        .map_or(String::new(), |title| format!(" ({title})"));
    Finding {
        code: UNRESOLVED_REFERENCE,
        span: reference.mention,
        message: format!("“{written}”{title} is in none of the files at hand: it lies outside of this excerpt."),
        related: Vec::new(),
        repairs: Vec::new(),
    }
}
