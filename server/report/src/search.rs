//! Headings by a part of their text, the best first.

use std::cmp::Reverse;
use std::sync::Arc;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use transcript::heading::Heading;

use crate::document::Document;
use crate::excerpt;
use crate::workspace::Workspace;

/// A heading that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The document that holds it.
    pub document: Arc<Document>,
    /// The heading.
    pub heading: Heading,
    /// The heading as a list shows it.
    pub label: String,
}

/// The headings whose number or title has the letters of each word of the query, in order; `most` of them, the best
/// first and then in the order of the documents. Words that stand whole, or at the start of a word, count for more than
/// scattered letters, and of two that match alike the shorter is the better. Case does not count, nor do accents that
/// the query leaves out. For an empty query the first headings.
pub fn headings(workspace: &Workspace, query: &str, most: usize, wanted: impl Fn(&Document) -> bool) -> Vec<Found> {
    let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    let (mut matcher, mut letters) = (Matcher::new(config), Vec::new());
    let mut found = Vec::new();
    for document in workspace.documents().filter(|document| wanted(document)) {
        let outline = &document.plan().outline;
        for heading in outline.sections.iter().map(|section| &section.heading).chain(&outline.others) {
            let label = excerpt::label(document, heading);
            if let Some(score) = pattern.score(Utf32Str::new(&label, &mut letters), &mut matcher) {
                let length = if pattern.atoms.is_empty() { 0 } else { label.len() };
                found.push((Reverse(score), length, document, heading, label));
            }
        }
    }
    // A stable order: what is alike stays in the order of the documents.
    found.sort_by_key(|(score, length, ..)| (*score, *length));
    found.truncate(most);
    let found = found.into_iter();
    found
        .map(|(_, _, document, heading, label)| Found {
            document: Arc::clone(document),
            heading: heading.clone(),
            label,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use transcript::lines::Format;

    use super::*;
    use crate::name::Name;

    /// The headings that a query finds in a report of one document, in order.
    fn check(query: &str, expected: &[&str]) {
        let text = "# 1 De industriële haven\n\n## 1.3 Industrieveiligheid\n\n# 2 Veiligheid\n\n## 2.1 Indeling van het vlak\n";
        let mut workspace = Workspace::default();
        workspace.open(Name::Unsaved("een".to_owned()), Format::Markdown, text);
        let found: Vec<_> = headings(&workspace, query, 9, |_| true).into_iter().map(|found| found.label).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn the_better_the_match_the_higher_its_rank() {
        check("veiligheid", &["2 Veiligheid", "1.3 Industrieveiligheid"]);
        check("1.3", &["1.3 Industrieveiligheid"]);
        check("indus", &["1.3 Industrieveiligheid", "1 De industriële haven"]);
        check("indvh", &["2.1 Indeling van het vlak", "1.3 Industrieveiligheid"]);
        check("haven de", &["1 De industriële haven"]);
        check("industriele", &["1 De industriële haven", "1.3 Industrieveiligheid"]);
        check("hvi", &[]);
    }

    #[test]
    fn nothing_asked_for_is_all_in_order() {
        let all = ["1 De industriële haven", "1.3 Industrieveiligheid", "2 Veiligheid", "2.1 Indeling van het vlak"];
        check("", &all);
        check(" ", &all);
    }
}
