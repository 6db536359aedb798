//! How far the work on a report is: which pages are still merged, and what is to be done there, the doubtful first.

use std::ops::Range;

use crate::document::Document;
use crate::name::Name;
use crate::workspace::{Merged, Workspace};

/// How far the work is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// The pages of all documents.
    pub pages: usize,
    /// Pages on which columns ran together.
    pub merged: usize,
    /// Of these, pages that want a look before they are repaired.
    pub doubtful: usize,
    /// What is to be done, the most doubtful first.
    pub work: Vec<Work>,
}

/// A merged block as a piece of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The document.
    pub name: Name,
    /// Its lines, counted from 0.
    pub lines: Range<usize>,
    /// The number printed on the page, where it is known.
    pub page: Option<String>,
    /// How many columns.
    pub columns: u8,
    /// The probability that it is a merge at all.
    pub confidence: f32,
    /// How many lines the repair is expected to get wrong.
    pub expected_wrong: f32,
    /// Whether it may be repaired without a look at it.
    pub safe: bool,
}

impl Status {
    /// Of some documents of a workspace.
    pub fn of<'d>(workspace: &Workspace, documents: impl IntoIterator<Item = &'d Document>) -> Self {
        let mut status = Status::default();
        for document in documents {
            status.add(document, &workspace.merged(document));
        }
        status.work.sort_by(|a, b| {
            let doubt = |work: &Work| (!work.safe, work.expected_wrong + 1.0 - work.confidence);
            let ((a_unsafe, a_doubt), (b_unsafe, b_doubt)) = (doubt(a), doubt(b));
            b_unsafe.cmp(&a_unsafe).then(b_doubt.total_cmp(&a_doubt))
        });
        status
    }

    /// The sum in words: "142 of 300 pages still merged, 12 doubtful".
    pub fn sum(&self) -> String {
        let pages = if self.pages == 1 { "page" } else { "pages" };
        match (self.merged, self.doubtful) {
            (0, _) => format!("none of {} {pages} merged", self.pages),
            (merged, 0) => format!("{merged} of {} {pages} still merged", self.pages),
            (merged, doubtful) => format!("{merged} of {} {pages} still merged, {doubtful} doubtful", self.pages),
        }
    }

    fn add(&mut self, document: &Document, blocks: &[Merged]) {
        let pages = &document.plan().pages;
        let on = |lines: &Range<usize>, merged: &Merged| {
            let block = merged.block.lines();
            block.start < lines.end && lines.start < block.end
        };
        self.pages += pages.len();
        for page in pages {
            let here: Vec<&Merged> = blocks.iter().filter(|merged| on(&page.lines, merged)).collect();
            self.merged += usize::from(!here.is_empty());
            self.doubtful += usize::from(here.iter().any(|merged| !merged.safe));
        }
        self.work.extend(blocks.iter().map(|merged| {
            let lines = merged.block.lines();
            let page = pages.iter().find(|page| page.lines.contains(&lines.start));
            Work {
                name: document.name().clone(),
                page: page.and_then(|page| page.number.clone()),
                columns: merged.block.columns,
                confidence: merged.block.confidence,
                expected_wrong: merged.block.expected_wrong(),
                safe: merged.safe,
                lines,
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use transcript::columns::said::Saying;
    use transcript::lines::Format;

    use super::*;

    fn check(texts: &[(&str, Range<usize>)], sum: &str, order: &[(&str, usize)]) {
        let mut workspace = Workspace::default();
        for (number, (text, merged)) in texts.iter().enumerate() {
            let name = Name::Unsaved(format!("{number}"));
            workspace.open(name.clone(), Format::Plain, text);
            let document = Arc::clone(workspace.document(&name).expect("it is open"));
            workspace.say(&document, merged.clone(), &Saying::Columns(2));
        }
        let status = Status::of(&workspace, workspace.documents().map(AsRef::as_ref));
        assert_eq!(status.sum(), sum);
        let works: Vec<(String, usize)> =
            status.work.iter().map(|work| (work.name.to_string(), work.lines.start)).collect();
        let works: Vec<(&str, usize)> = works.iter().map(|(name, line)| (name.as_str(), *line)).collect();
        assert_eq!(works, order);
    }

    #[test]
    fn pages_are_counted_and_the_doubtful_blocks_come_first() {
        let sure = "aa  bb\ncc  dd\n\u{c}another page\n";
        let doubtful = "title\na b\nc d\ne f\n";
        check(&[(sure, 0..2), (doubtful, 1..4)], "2 of 3 pages still merged, 1 doubtful", &[("1", 1), ("0", 0)]);
    }

    #[test]
    fn a_report_without_merges_has_no_work() {
        check(&[("one page\n", 0..0)], "none of 1 page merged", &[]);
    }
}
