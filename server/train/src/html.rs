//! The paragraphs of the HTML, Mallard and DocBook files that documentation packages install, without their tags.

/// The text of each paragraph of a page, in their order, white space made one space. A paragraph that names a
/// character by an entity of its own document is left out, for its words are not all there.
pub(crate) fn paragraphs(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    // DocBook's paragraphs are `<para>`, or `<div class="para">` once set; everybody else's are `<p>`.
    for piece in html.replace("<div class=\"para\">", "<p>").replace("</div>", "</p>").split("<p").skip(1) {
        let Some((tag, rest)) = piece.split_once('>') else { continue };
        let tag = tag.strip_prefix("ara").unwrap_or(tag);
        if !tag.is_empty() && !tag.starts_with(char::is_whitespace) {
            continue;
        }
        let text = plain(rest.split("</p").next().unwrap_or(rest));
        if !names_an_entity(&text) {
            found.push(text);
        }
    }
    found
}

/// The text of a piece of HTML: tags out, entities read, white space made one space.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    let text = html_escape::decode_html_entities(&text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names_an_entity(text: &str) -> bool {
    let named = |rest: &str| {
        let length = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-').unwrap_or(rest.len());
        length > 0 && rest[length..].starts_with(';')
    };
    text.split('&').skip(1).any(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_loses_its_tags_and_keeps_its_words() {
        let html = "<pre>x</pre><p class=\"a\">Take the <b>second</b>\n door, &amp; wait&hellip;</p><p>Open</p>";
        assert_eq!(paragraphs(html), ["Take the second door, & wait…", "Open"]);
    }

    #[test]
    fn a_paragraph_of_docbook_is_one_too() {
        let docbook = "<part><para id=\"a\">First <emphasis>one</emphasis>.</para><para>And\nanother.</para></part>";
        assert_eq!(paragraphs(docbook), ["First one.", "And another."]);
    }

    #[test]
    fn a_paragraph_with_an_entity_of_its_own_document_is_left_out() {
        assert_eq!(
            paragraphs("<para>Start &app; now.</para><para>Black &amp; white; or not.</para>"),
            ["Black & white; or not."]
        );
    }
}
