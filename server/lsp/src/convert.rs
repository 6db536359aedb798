//! Our words to the protocol's and back: spans to ranges, names to URIs, kinds and severities. The only module besides
//! the handlers that spells both.

use std::path::{Component, PathBuf};

use report::document::Name;
use tower_lsp::ls_types::{
    DiagnosticSeverity, Position, PositionEncodingKind, Range, SymbolKind, TextDocumentContentChangeEvent, TextEdit,
    Uri,
};
use transcript::check::Severity;
use transcript::finding::Edit;
use transcript::lines::Format;
use transcript::number::Kind;
use transcript::position::{self, Encoding};
use transcript::span::Span;
use transcript::text::Text;

/// The range of a span.
pub(crate) fn range(text: &Text, span: Span, encoding: Encoding) -> Range {
    let (start, end) = text.range(span, encoding);
    Range::new(to_wire(start), to_wire(end))
}

/// The byte of a position; one that is outside of the text is brought in.
pub(crate) fn offset(text: &Text, position: Position, encoding: Encoding) -> usize {
    let position = position::Position { line: position.line as usize, column: position.character as usize };
    text.offset(position, encoding)
}

/// The span of a range, whichever of its ends comes first.
pub(crate) fn span(text: &Text, range: Range, encoding: Encoding) -> Span {
    let (a, b) = (offset(text, range.start, encoding), offset(text, range.end, encoding));
    Span::new(a.min(b), a.max(b))
}

/// The protocol's numbers have 31 bits; no text that fits into memory as we keep it reaches them in lines or columns.
fn to_wire(position: position::Position) -> Position {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position::new(number(position.line), number(position.column))
}

/// A text after a change that the client tells.
pub(crate) fn changed(mut text: Text, change: &TextDocumentContentChangeEvent, encoding: Encoding) -> Text {
    match change.range {
        Some(range) => {
            let span = span(&text, range, encoding);
            text.edit(span, &change.text);
            text
        }
        None => Text::new(&change.text),
    }
}

/// Our edits as the client's.
pub(crate) fn text_edits(text: &Text, edits: &[Edit], encoding: Encoding) -> Vec<TextEdit> {
    edits.iter().map(|edit| TextEdit::new(range(text, edit.span, encoding), edit.text.clone())).collect()
}

/// The document that a URI names; none for what is no text of the user's own: a version in git, one side of a diff.
pub(crate) fn name(uri: &Uri) -> Option<Name> {
    match uri.scheme().as_str() {
        "file" => path(uri).map(Name::file),
        "untitled" => Some(Name::Unsaved(uri.as_str().to_owned())),
        _ => None,
    }
}

/// The path of a `file:` URI, without `.` and `..`.
pub(crate) fn path(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme().as_str() != "file" {
        return None;
    }
    let mut clean = PathBuf::new();
    for component in uri.to_file_path()?.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(clean.pop()),
            other => clean.push(other),
        }
    }
    clean.is_absolute().then_some(clean)
}

/// The URI of a document; none for a path that no URI can hold.
pub(crate) fn uri(name: &Name) -> Option<Uri> {
    match name {
        Name::File(path) => Uri::from_file_path(path),
        Name::Unsaved(uri) => uri.parse().ok(),
    }
}

/// How a document is marked up: what the client calls its language, or else what its name says.
pub(crate) fn format(language: &str, name: &Name) -> Format {
    match language {
        "markdown" => Format::Markdown,
        "plaintext" | "text" => Format::Plain,
        _ => name.path().and_then(report::walk::format_of).unwrap_or_default(),
    }
}

pub(crate) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Hint => DiagnosticSeverity::HINT,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Error => DiagnosticSeverity::ERROR,
    }
}

/// The protocol's kinds are those of programs; these are chosen for the icons that editors draw.
pub(crate) fn symbol_kind(kind: Option<Kind>) -> SymbolKind {
    match kind {
        Some(Kind::Part) => SymbolKind::PACKAGE,
        Some(Kind::Chapter | Kind::Annex) => SymbolKind::MODULE,
        Some(Kind::Figure | Kind::Table | Kind::Box) => SymbolKind::OBJECT,
        Some(Kind::Page) => SymbolKind::FILE,
        Some(Kind::Note) => SymbolKind::KEY,
        Some(Kind::Section) | None => SymbolKind::STRING,
    }
}

pub(crate) fn encoding(kind: &PositionEncodingKind) -> Option<Encoding> {
    match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    }
}

pub(crate) fn encoding_kind(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(uri: &str) -> Uri {
        uri.parse().expect("the URIs of these tests are right")
    }

    #[test]
    fn files_and_unsaved_buffers_have_names_and_nothing_else_has() {
        assert_eq!(name(&parse("file:///a/./c/../b%20c.md")), Some(Name::file("/a/b c.md")));
        assert_eq!(name(&parse("untitled:Untitled-1")), Some(Name::Unsaved("untitled:Untitled-1".into())));
        for other in ["git:/a/b.md?ref", "vscode-diff:///a.md", "https://example.org/a.md"] {
            assert_eq!(name(&parse(other)), None, "{other}");
        }
    }

    #[test]
    fn names_go_out_as_they_came_in() {
        for path in ["/a/b c.md", "/r\u{e9}sum\u{e9}/\u{1F600}.txt", "/100%/#1?.txt"] {
            let name = Name::file(path);
            assert_eq!(uri(&name).and_then(|uri| super::name(&uri)), Some(name));
        }
    }
}
