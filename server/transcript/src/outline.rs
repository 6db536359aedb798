//! The tree of a text's headings.

use serde::{Deserialize, Serialize};

use crate::heading::{Heading, Headings, Marks};
use crate::number::{Kind, Number};
use crate::span::Span;

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The heading.
    pub heading: Heading,
    /// From the heading's first byte to the byte before the next heading that is not under it.
    pub body: Span,
    /// The section that this one stands under, as an index into [`Outline::sections`]; it is smaller than its own.
    pub parent: Option<usize>,
}

/// The sections of a text, in the order of its lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Chapters, sections, annexes, unnumbered headings: what the outline of an editor shows.
    pub sections: Vec<Section>,
    /// Captions and notes, in the order of the lines: targets of references that are no sections.
    pub others: Vec<Heading>,
    /// Lines that may be headings, and lead nowhere unless a reference gives their number and title.
    pub loose: Vec<Heading>,
    /// The entries of contents lists, in the order of the lines: where a reference leads when the section itself is
    /// not transcribed yet.
    pub contents: Vec<Heading>,
}

impl Outline {
    /// Hangs the headings where their numbers say, those without by their marks, or under the section before them.
    /// `end` is the text's length.
    pub fn new(headings: Headings, end: usize) -> Self {
        let mut headings_in_line: Vec<(Heading, Marks)> = headings.sections;
        headings_in_line.sort_by_key(|(heading, _)| heading.span);
        headings_in_line.dedup_by(|next, before| next.0.span.start < before.0.span.end);
        let mut outline =
            Self { sections: Vec::new(), others: headings.others, contents: headings.contents, loose: headings.loose };
        // The sections that are open, the outermost first, with the level of their marks.
        let mut open: Vec<(usize, Marks)> = Vec::new();
        for (mut heading, marks) in headings_in_line {
            let keep = open
                .iter()
                .rposition(|(index, above)| holds(&outline.sections[*index].heading, *above, &heading, marks));
            for (index, _) in open.drain(keep.map_or(0, |keep| keep + 1)..) {
                outline.sections[index].body.end = heading.span.start;
            }
            let parent = open.last().map(|(index, _)| *index);
            if let (None, Some(parent)) = (&heading.number, parent) {
                heading.depth = outline.sections[parent].heading.depth + 1;
            }
            open.push((outline.sections.len(), marks));
            let body = Span::new(heading.span.start, end.max(heading.span.end));
            outline.sections.push(Section { heading, body, parent });
        }
        outline
    }

    /// The innermost section that holds a byte.
    pub fn section_at(&self, offset: usize) -> Option<&Section> {
        self.sections.iter().rev().find(|section| section.body.start <= offset && offset < section.body.end)
    }
}

/// Whether a heading stands under another that is still open.
fn holds(above: &Heading, above_marks: Marks, heading: &Heading, marks: Marks) -> bool {
    match (&above.number, &heading.number) {
        (Some(outer), Some(number)) => {
            let part = above.kind == Some(Kind::Part);
            let top = matches!(heading.kind, Some(Kind::Part | Kind::Annex)) && number.parts.len() == 1;
            if part { !top } else { heading.kind != Some(Kind::Part) && encloses(outer, number) }
        }
        // A section without number stands in the numbered one before it, unless its mark says that it is no deeper.
        (Some(_), None) => match (above_marks, marks) {
            (Marks::Level(outer), Marks::Level(level)) => outer < level,
            _ => true,
        },
        // A numbered section lies in an unnumbered one only where both are marked so: a report's title.
        (None, Some(_)) | (None, None) => match (above_marks, marks) {
            (Marks::Level(outer), Marks::Level(level)) => outer < level,
            (Marks::Level(_), Marks::Words) => heading.number.is_none(),
            (Marks::Words, Marks::Words) => heading.number.is_none() && above.depth < heading.depth,
            (Marks::Words, Marks::Level(_)) => false,
        },
    }
}

/// Whether one number lies in another, roman numerals and digits being the same.
fn encloses(outer: &Number, number: &Number) -> bool {
    outer.key().encloses(&number.key())
}
