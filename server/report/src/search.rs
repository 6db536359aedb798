//! Headings by a part of their text, the best first.

use std::cmp::Reverse;
use std::sync::Arc;

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

/// How well a heading matches, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// The query's letters stand in it, in order, with others between.
    Scattered,
    /// The query stands in it.
    Inside,
    /// A word of it begins with the query.
    Word,
    /// It begins with the query.
    Start,
}

/// The headings whose number or title holds the query, `most` of them, the best first and then in the order of the
/// documents; all of them for an empty query. Case does not count, nor do spaces.
pub fn headings(workspace: &Workspace, query: &str, most: usize, wanted: impl Fn(&Document) -> bool) -> Vec<Found> {
    let query = query.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut found = Vec::new();
    for document in workspace.documents().filter(|document| wanted(document)) {
        let outline = &document.analysis().outline;
        for heading in outline.sections.iter().map(|section| &section.heading).chain(&outline.others) {
            let label = excerpt::label(document, heading);
            if let Some(how) = matches(&label.to_lowercase(), &query) {
                found.push((Reverse(how), document, heading, label));
            }
        }
    }
    found.sort_by_key(|(how, ..)| *how);
    found.truncate(most);
    let found = found.into_iter();
    found
        .map(|(_, document, heading, label)| Found { document: Arc::clone(document), heading: heading.clone(), label })
        .collect()
}

fn matches(label: &str, query: &str) -> Option<Match> {
    if label.starts_with(query) {
        return Some(Match::Start);
    }
    let mut places = label.match_indices(query).peekable();
    if places.peek().is_some() {
        let at_word = |(at, _): (usize, &str)| !label[..at].ends_with(char::is_alphanumeric);
        return Some(if places.any(at_word) { Match::Word } else { Match::Inside });
    }
    let mut letters = label.chars();
    let mut wanted = query.chars().filter(|c| !c.is_whitespace());
    wanted.all(|c| letters.any(|letter| letter == c)).then_some(Match::Scattered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_the_match_the_higher_its_rank() {
        let rank = |label, query| matches(label, query);
        assert_eq!(rank("1.3 industrieveiligheid", "1.3"), Some(Match::Start));
        assert_eq!(rank("1.3 industrieveiligheid", "industrie"), Some(Match::Word));
        assert_eq!(rank("1.3 industrieveiligheid", "veilig"), Some(Match::Inside));
        assert_eq!(rank("1.3 industrieveiligheid", "indvh"), Some(Match::Scattered));
        assert_eq!(rank("1.3 industrieveiligheid", "hvi"), None);
        assert!(Match::Start > Match::Word && Match::Word > Match::Inside && Match::Inside > Match::Scattered);
    }
}
