//! Links of Markdown between the files of a report: which file each means, and which heading in it.

use std::collections::BTreeSet;
use std::path::Path;

use transcript::span::Span;

use crate::document::Document;
use crate::excerpt;
use crate::index::Entry;
use crate::name::Name;

/// A link to a file, or to a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// All of it, brackets and destination too.
    pub span: Span,
    /// Where its path stands, as it is written; empty in a link within a file. None where it is written elsewhere, or
    /// with escapes.
    pub path: Option<Span>,
    /// Where the heading's name stands, without the sign before it.
    pub anchor: Option<Span>,
    /// The file that it means.
    pub to: Name,
    /// The name of the heading that it means, with its escapes undone.
    pub heading: Option<String>,
}

/// The links of a document to files, in the order of the text. Addresses on the web are none, nor are paths from the
/// root of a site, of which nobody here knows where it lies.
pub fn links(document: &Document) -> Vec<Link> {
    document.plan().markup.links.iter().filter_map(|link| read(document, link.span, &link.destination)).collect()
}

/// The documents that a document links to, itself left out.
pub fn linked(document: &Document) -> BTreeSet<Name> {
    let others = links(document).into_iter().map(|link| link.to);
    others.filter(|to| to != document.name()).collect()
}

/// The heading that a link's name of one means: the letters of the heading in small, spaces as hyphens, all other signs
/// left out, as most sites make it; the second of the same name has "-1" behind it. Or the name that the text itself
/// gives the heading: `{#haven}` behind it, `<a id="haven">` close before it.
pub fn heading<'d>(document: &'d Document, anchor: &str) -> Option<&'d Entry> {
    let wanted = anchor.to_lowercase();
    let mut entries: Vec<&Entry> = document.index().entries().iter().filter(|entry| is_heading(entry)).collect();
    entries.sort_by_key(|entry| entry.name_span);
    let named = |entry: &&&Entry| slug(&excerpt::one_line(document, entry.name_span)) == wanted;
    let found = entries.iter().find(named).copied().or_else(|| {
        let (name, count) = wanted.rsplit_once('-')?;
        let count: usize = count.parse().ok()?;
        let named = |entry: &&&Entry| slug(&excerpt::one_line(document, entry.name_span)) == name;
        entries.iter().filter(named).nth(count).copied()
    });
    found.or_else(|| {
        let at = given(document.content(), anchor)?;
        let next = entries.iter().find(|entry| entry.name_span.end >= at)?;
        let between = document.content().get(at..next.name_span.start.max(at))?;
        (between.lines().count() <= CLOSE).then_some(*next)
    })
}

/// So many lines at most lie from the name that a text gives a heading to the heading.
const CLOSE: usize = 3;

/// Where a text gives this name to what follows.
fn given(text: &str, anchor: &str) -> Option<usize> {
    let forms = [format!("{{#{anchor}}}"), format!("id=\"{anchor}\""), format!("name=\"{anchor}\"")];
    forms.iter().find_map(|form| text.find(form.as_str()))
}

fn is_heading(entry: &Entry) -> bool {
    use transcript::number::Kind;
    !entry.in_contents && matches!(entry.kind, None | Some(Kind::Part | Kind::Chapter | Kind::Section | Kind::Annex))
}

/// A heading's name in a link.
pub fn slug(heading: &str) -> String {
    let kept = |sign: &char| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_');
    heading
        .trim()
        .chars()
        .filter(kept)
        .map(|sign| if sign == ' ' { '-' } else { sign })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A path from one file to another, as a link writes it.
pub fn relative(from: &Path, to: &Path) -> Option<String> {
    let (from, folder) = (from.parent()?, to.parent()?);
    let up = from.ancestors().position(|ancestor| folder.starts_with(ancestor))?;
    let common = from.ancestors().nth(up)?;
    let down = to.strip_prefix(common).ok()?.components().map(|part| part.as_os_str().to_str().map(escaped));
    let parts = std::iter::repeat_n(Some("..".to_owned()), up).chain(down);
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

/// What a path may not hold as it is, in the form of the web.
fn escaped(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for sign in part.chars() {
        match sign {
            ' ' | '(' | ')' | '<' | '>' | '#' | '%' | '?' | '\\' | '"' => {
                out.push_str(&format!("%{:02X}", sign as u32))
            }
            _ => out.push(sign),
        }
    }
    out
}

/// A text with its escapes undone; none where they make no text.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}

fn read(document: &Document, span: Span, destination: &str) -> Option<Link> {
    let (path, anchor) = destination.split_once('#').map_or((destination, None), |(path, anchor)| (path, Some(anchor)));
    let scheme = path.find(':').is_some_and(|at| !path[..at].contains(['/', '.']));
    if scheme || path.starts_with(['/', '?']) {
        return None;
    }
    let to = match path {
        "" => document.name().clone(),
        _ => Name::file(document.name().path()?.parent()?.join(unescaped(path)?)),
    };
    let heading = anchor.filter(|anchor| !anchor.is_empty()).and_then(unescaped);
    let written = place(&document.content()[span.range()], destination).map(|at| span.start + at);
    let path_span = written.map(|at| Span::new(at, at + path.len()));
    let anchor = anchor.and_then(|anchor| Some(Span::new(0, anchor.len()).shifted(path_span?.end + 1)));
    Some(Link { span, path: path_span, anchor, to, heading })
}

/// Where in a link its destination stands as it is written.
fn place(link: &str, destination: &str) -> Option<usize> {
    let defined = || link.find("]:").filter(|_| link.starts_with('['));
    let at = link.rfind("](").or_else(defined)? + 2;
    let inside = &link[at..];
    let start = at + inside.len() - inside.trim_start().trim_start_matches('<').len();
    link[start..].starts_with(destination).then_some(start)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use transcript::lines::Format;
    use transcript::text::Text;

    use super::*;

    fn document(text: &str) -> Document {
        Document::new(Name::file("/r/a.md"), Format::Markdown, Text::new(text), Arc::default())
    }

    #[test]
    fn links_to_files_and_headings_and_nothing_else() {
        let text = "[een](deel%20twee/b.md#13-de-haven) [hier](#1-haven) [web](https://example.org/a.md) [x](/b.md)\n";
        let document = document(text);
        let found: Vec<_> = links(&document)
            .into_iter()
            .map(|link| (link.to.to_string(), link.heading, link.path.map(|span| text[span.range()].to_owned())))
            .collect();
        assert_eq!(
            found,
            [
                ("/r/deel twee/b.md".to_owned(), Some("13-de-haven".to_owned()), Some("deel%20twee/b.md".to_owned())),
                ("/r/a.md".to_owned(), Some("1-haven".to_owned()), Some(String::new())),
            ]
        );
    }

    #[test]
    fn a_heading_is_known_by_its_name_in_links() {
        let document = document("# 1.3 De Haven (nieuw)\n\n# Slot\n\n# Slot\n");
        let line =
            |anchor: &str| heading(&document, anchor).map(|entry| document.text().line_of(entry.name_span.start));
        assert_eq!(line("13-de-haven-nieuw"), Some(0));
        assert_eq!((line("slot"), line("slot-1"), line("niets")), (Some(2), Some(4), None));
    }

    #[test]
    fn a_heading_is_known_by_the_name_that_the_text_gives_it() {
        let document =
            document("<a id=\"kade\"></a>\n\n# 1 De kade\n\n# 2 De sluis {#sluis}\n\nTekst <a id=\"los\"></a>.\n");
        let line =
            |anchor: &str| heading(&document, anchor).map(|entry| document.text().line_of(entry.name_span.start));
        assert_eq!((line("kade"), line("sluis"), line("los")), (Some(2), Some(4), None));
    }

    #[test]
    fn paths_between_files() {
        let check = |from: &str, to: &str| relative(Path::new(from), Path::new(to)).expect("a path");
        assert_eq!(check("/r/a.md", "/r/b c.md"), "b%20c.md");
        assert_eq!(check("/r/x/a.md", "/r/b.md"), "../b.md");
        assert_eq!(check("/r/a.md", "/r/x/b.md"), "x/b.md");
        assert_eq!(unescaped(&check("/r/a.md", "/r/100% (1).md")).as_deref(), Some("100% (1).md"));
    }
}
