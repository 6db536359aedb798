//! Running text from the HTML that documentation packages install: the paragraphs, a line each, without their tags.

use std::collections::HashSet;

/// Paragraphs shorter than this are labels and menu entries rather than prose, in characters.
const SHORTEST: usize = 60;

/// The paragraphs of a page that read as prose and were not `seen` before; help pages repeat each other a lot.
pub(crate) fn paragraphs(html: &str, seen: &mut HashSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    // DocBook's paragraphs are `<div class="para">`, everybody else's are `<p>`.
    for piece in html.replace("<div class=\"para\">", "<p>").replace("</div>", "</p>").split("<p").skip(1) {
        let Some((tag, rest)) = piece.split_once('>') else { continue };
        if !tag.is_empty() && !tag.starts_with(char::is_whitespace) {
            continue;
        }
        let text = plain(rest.split("</p").next().unwrap_or(rest));
        let ends = text.trim_end_matches(['"', '»', '”', ')']).ends_with(['.', '!', '?', ':']);
        if ends && text.chars().count() >= SHORTEST && seen.insert(text.clone()) {
            found.push(text);
        }
    }
    found
}

/// The text of a piece of HTML: tags out, the common entities read, white space made one space.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    let entities = [("&nbsp;", " "), ("&#160;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
    let mut text = entities.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign));
    text = text.replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_loses_its_tags_and_keeps_its_words() {
        let html = "<pre>x</pre><p class=\"a\">Take the <b>second</b>\n door on the left, &amp; then wait until someone comes.</p><p>Open</p>";
        let found = paragraphs(html, &mut HashSet::new());
        assert_eq!(found, ["Take the second door on the left, & then wait until someone comes."]);
    }

    #[test]
    fn what_was_seen_is_not_taken_again() {
        let html = "<p>The same sentence stands on every single page of the whole handbook.</p>";
        let mut seen = HashSet::new();
        assert_eq!(paragraphs(html, &mut seen).len(), 1);
        assert!(paragraphs(html, &mut seen).is_empty());
    }
}
