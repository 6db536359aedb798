//! The repairs of many findings as one change.

use transcript::finding::{Edit, Grade};

use crate::document::Document;
use crate::workspace::Reported;

/// Several repairs of a text, made together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Repairs {
    /// Their edits, in ascending order, not overlapping.
    pub edits: Vec<Edit>,
    /// How many repairs that are.
    pub count: usize,
}

/// The best repair of every finding in a document, as it is, that has one of this grade or a surer one. Of repairs that would touch the
/// same place the first is taken; the others are for another round.
pub fn of<'r>(document: &Document, findings: impl IntoIterator<Item = &'r Reported>, at_most: Grade) -> Repairs {
    let best = |reported: &'r Reported| reported.finding.repairs.iter().find(|repair| repair.grade <= at_most);
    let best = findings.into_iter().filter_map(best);
    let mut wanted: Vec<_> = best.map(|repair| document.edits(repair)).filter(|edits| !edits.is_empty()).collect();
    wanted.sort_by_key(|edits| edits[0].span);
    let mut repairs = Repairs::default();
    for edits in wanted {
        if repairs.edits.last().is_none_or(|last| last.span.end <= edits[0].span.start) {
            repairs.edits.extend(edits.into_owned());
            repairs.count += 1;
        }
    }
    repairs
}
