//! What is named in one breath is in one place: "Part 2, section 3 of the Act".

use super::{Mention, Whereabouts};
use crate::language::Language;
use crate::number::Kind;

/// What joins a mention to the next.
#[derive(Clone, Copy, PartialEq)]
enum Tie {
    /// Nothing, or a comma: "§ 5 Abs. 2".
    Close,
    /// "Part 2 and section 3".
    And,
    /// "annex 1 to section 4".
    Of,
}

/// Says where what is mentioned is, by what is said of another thing in the same breath.
pub(super) fn told(text: &str, language: Option<&Language>, found: &mut [Mention]) {
    let Some(language) = language else { return };
    for index in (1..found.len()).rev() {
        let (one, other) = (&found[index - 1], &found[index]);
        let untold = one.whereabouts == Whereabouts::Unsaid && is_headed(one) && is_headed(other);
        if untold && tie(text, one, other, language).is_some_and(|tie| tie != Tie::Of || !other.whereabouts.is_here()) {
            found[index - 1].whereabouts = other.whereabouts;
        }
    }
    for index in 1..found.len() {
        let (one, other) = (&found[index - 1], &found[index]);
        let untold = other.whereabouts == Whereabouts::Unsaid && !one.whereabouts.is_here();
        let tied = || match tie(text, one, other, language) {
            Some(Tie::Close) => true,
            Some(Tie::And) => is_headed(one) && is_headed(other),
            _ => false,
        };
        if untold && tied() {
            found[index].whereabouts = one.whereabouts;
        }
    }
}

fn tie(text: &str, one: &Mention, other: &Mention, language: &Language) -> Option<Tie> {
    let between = text.get(one.end..other.start)?.trim_matches([' ', '\u{a0}', ',']).to_lowercase();
    let among = |words: &[String]| words.contains(&between);
    if between.is_empty() {
        Some(Tie::Close)
    } else if among(&language.and) {
        Some(Tie::And)
    } else {
        [&language.of_the, &language.of, &language.within].into_iter().any(|words| among(words)).then_some(Tie::Of)
    }
}

/// Whether it is of what has headings.
fn is_headed(mention: &Mention) -> bool {
    matches!(mention.kind, Kind::Part | Kind::Chapter | Kind::Section | Kind::Annex)
}
