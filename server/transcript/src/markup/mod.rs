//! What Markdown marks: headings, links, footnotes, tables, and the code and comments in which nothing is looked for.

mod again;

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use crate::lines::{Format, Lines};
use crate::span::Span;

/// A heading as Markdown marks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Its text, from the first to the last character, marks left out.
    pub span: Span,
    /// 1 to 6.
    pub level: u8,
}

/// A link, an image left out; or the definition of one: "[haven]: 1-haven.md".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// All of it, brackets and destination too.
    pub span: Span,
    /// Where it leads, as it is written.
    pub destination: String,
}

/// The definition of a footnote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// Its label without the caret.
    pub label: String,
    /// From the bracket to the end of its text.
    pub span: Span,
}

/// The marks of a text; none in plain text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Markup {
    /// Headings.
    pub headings: Vec<Marked>,
    /// Links.
    pub links: Vec<Link>,
    /// Definitions of footnotes.
    pub footnotes: Vec<Footnote>,
    /// Code, raw HTML and comments: bytes in which no heading and no reference is looked for. In ascending order.
    pub code: Vec<Span>,
    /// The physical lines of code blocks, HTML blocks, tables and pictures that stand alone, which can hold no merge of
    /// columns; ascending.
    pub blocks: Vec<Range<usize>>,
    /// Destinations of links, which are no prose. In ascending order.
    pub destinations: Vec<Span>,
}

/// What is remembered of the marks of a text, beside them: whether it defines what links stand for, anywhere.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memo {
    defines: bool,
}

impl Markup {
    /// Reads the marks of a text.
    pub fn new(lines: &Lines, format: Format) -> Self {
        Self::read(lines, format, &mut Memo::default())
    }

    /// The same, and what there is to remember.
    pub(crate) fn read(lines: &Lines, format: Format, memo: &mut Memo) -> Self {
        let mut markup = Self::default();
        *memo = Memo::default();
        if format == Format::Plain {
            return markup;
        }
        let mut options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        // The parser takes what stands between rules further down for metadata too.
        options.set(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS, has_metadata(lines));
        let mut inside = Inside::default();
        let parser = Parser::new_ext(lines.text(), options).into_offset_iter();
        for (_, defined) in parser.reference_definitions().iter() {
            let start = defined.span.start;
            let span = Span::new(start, start + lines.text()[defined.span.clone()].trim_end().len());
            markup.links.push(Link { span, destination: defined.dest.to_string() });
            markup.destinations.push(span);
            memo.defines = true;
        }
        for (event, range) in parser {
            markup.take(lines, event, range.into(), &mut inside);
        }
        markup.links.sort_by_key(|link| link.span);
        markup.code.sort_unstable();
        markup.destinations.sort_unstable();
        markup.blocks.sort_unstable_by_key(|block| block.start);
        markup.blocks.dedup_by(|next, block| {
            let joined = next.start <= block.end;
            if joined {
                block.end = block.end.max(next.end);
            }
            joined
        });
        markup
    }

    fn take(&mut self, lines: &Lines, event: Event, span: Span, inside: &mut Inside) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => inside.heading = Some((level as u8, None)),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, Some(span))) = inside.heading.take() {
                    self.headings.push(Marked { span, level });
                }
            }
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => {
                self.code.push(span);
                self.blocks.push(lines_of(lines, span));
            }
            Event::Start(Tag::Table(_)) => self.blocks.push(lines_of(lines, span)),
            Event::Start(Tag::Image { .. }) if stands_alone(lines, span) => self.blocks.push(lines_of(lines, span)),
            Event::Start(Tag::FootnoteDefinition(ref label)) => {
                let text = lines.slice(span).trim_end();
                let span = Span::new(span.start, span.start + text.lines().next().unwrap_or("").len());
                self.footnotes.push(Footnote { label: label.to_string(), span });
            }
            Event::Start(Tag::Link { link_type, ref dest_url, .. }) => {
                self.links.push(Link { span, destination: dest_url.to_string() });
                if let Some(at) = lines.slice(span).rfind("](").filter(|_| link_type == LinkType::Inline) {
                    self.destinations.push(Span::new(span.start + at + 1, span.end));
                }
            }
            Event::Start(Tag::Image { .. }) => self.destinations.push(span),
            Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) => self.code.push(span),
            _ => {}
        }
        // All that lies inside a heading is its text, the marks at its ends are not.
        let outer = matches!(event, Event::Start(Tag::Heading { .. }));
        if let Some((_, text)) = inside.heading.as_mut().filter(|_| !outer) {
            *text = Some(text.map_or(span, |before: Span| before.join(span)));
        }
    }

    /// Gives back what memory is not needed.
    pub(crate) fn shrink(&mut self) {
        self.headings.shrink_to_fit();
        self.links.shrink_to_fit();
        self.footnotes.shrink_to_fit();
        [&mut self.code, &mut self.destinations].into_iter().for_each(Vec::shrink_to_fit);
        self.blocks.shrink_to_fit();
    }

    /// The physical lines of blocks that hold no prose at all: code and HTML, not tables.
    pub fn is_code(&self, line: Span) -> bool {
        let next = self.code.partition_point(|code| code.end <= line.start);
        self.code.get(next).is_some_and(|code| code.start <= line.start && line.end <= code.end && !line.is_empty())
    }
}

/// Whether a text may open with a block of metadata.
fn has_metadata(lines: &Lines) -> bool {
    lines.text().starts_with("---")
}

/// What the parser is inside of: a heading, its level and the text of it so far.
#[derive(Default)]
struct Inside {
    heading: Option<(u8, Option<Span>)>,
}

/// The physical lines that a block of Markdown takes.
fn lines_of(lines: &Lines, span: Span) -> Range<usize> {
    let last = span.end.max(span.start + 1) - 1;
    lines.line_of(span.start)..lines.line_of(last) + 1
}

/// Whether nothing else stands on the lines of a span.
fn stands_alone(lines: &Lines, span: Span) -> bool {
    let on = lines_of(lines, span);
    lines.slice(lines.span(on.start).join(lines.span(on.end - 1))).trim() == lines.slice(span).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Markup {
        Markup::new(&Lines::new(text), Format::Markdown)
    }

    #[test]
    fn headings_of_both_kinds_without_their_marks() {
        let text = "# 1 *Water* ##\n\ntekst\n\nSetext\n------\n\n    # code\n\n```\n# code\n```\n";
        let found: Vec<_> =
            read(text).headings.iter().map(|marked| (marked.level, &text[marked.span.range()])).collect();
        assert_eq!(found, [(1, "1 *Water*"), (2, "Setext")]);
    }

    #[test]
    fn code_and_comments_are_apart() {
        let text = "a `hoofdstuk 3` b\n<!-- hoofdstuk 4 -->\n\n```\nhoofdstuk 5\n```\n";
        let markup = read(text);
        let found: Vec<_> = markup.code.iter().map(|span| text[span.range()].trim_end()).collect();
        assert!(found.contains(&"`hoofdstuk 3`") && found.iter().any(|code| code.contains("hoofdstuk 4")));
        assert_eq!(markup.blocks, [1..2, 3..6]);
    }

    #[test]
    fn a_picture_that_stands_alone_holds_no_merge() {
        assert_eq!(
            read("a\n\n![De brug](brug.png)\n\nb ![c](d.png)\n\n> ![e](f.png)\n\n  ![g](h.png)\n").blocks,
            [2..3, 8..9]
        );
    }

    #[test]
    fn metadata_stand_at_the_start_only() {
        let blocks = |text: &str| read(text).blocks;
        assert_eq!(blocks("---\ntitle: a\n---\nb\n").first(), Some(&(0..3)));
        assert!(blocks("a\n\n---\nhoofdstuk 3\n---\n").is_empty());
    }

    #[test]
    fn links_and_footnotes() {
        let text = "Zie [1.3](een.md#13).[^1]\n\n[^1]: Afgerond.\n";
        let markup = read(text);
        assert_eq!(markup.links[0].destination, "een.md#13");
        assert_eq!(&text[markup.destinations[0].range()], "(een.md#13)");
        assert_eq!(&text[markup.footnotes[0].span.range()], "[^1]: Afgerond.");
    }

    #[test]
    fn a_definition_is_a_link_too() {
        let text = "Zie [1.3][a].\n\n[a]: een.md \"Haven\"\n";
        let found: Vec<_> =
            read(text).links.into_iter().map(|link| (link.destination, text[link.span.range()].to_owned())).collect();
        let expected = [("een.md", "[1.3][a]"), ("een.md", "[a]: een.md \"Haven\"")];
        assert_eq!(found, expected.map(|(to, link)| (to.to_owned(), link.to_owned())));
    }
}
