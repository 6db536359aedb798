//! Our words to the protocol's and back: spans to ranges, names to URIs, kinds and severities. The only module besides
//! the handlers that spells both.

#[cfg(not(unix))]
use std::borrow::Cow;
#[cfg(unix)]
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use report::name::Name;
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

/// The range between two positions.
pub(crate) fn range((start, end): (position::Position, position::Position)) -> Range {
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
    edits.iter().map(|edit| TextEdit::new(range(text.range(edit.span, encoding)), edit.text.clone())).collect()
}

/// The document that a URI names; none for what is no text of the user's own: a version in git, one side of a diff. A
/// file that is none of this machine's is known by its URI, as what was never saved.
pub(crate) fn name(uri: &Uri) -> Option<Name> {
    match uri.scheme().as_str() {
        "file" => Some(path(uri).map_or_else(|| Name::Unsaved(uri.as_str().to_owned()), Name::file)),
        "untitled" => Some(Name::Unsaved(uri.as_str().to_owned())),
        _ => None,
    }
}

/// The path of a `file:` URI, without `.` and `..`; none for what can be no file of this machine.
pub(crate) fn path(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme().as_str() != "file" {
        return None;
    }
    let mut clean = PathBuf::new();
    for component in written(uri)?.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(clean.pop()),
            other => clean.push(other),
        }
    }
    clean.is_absolute().then_some(clean)
}

/// The path as a URI has it, byte by byte: a name need not be a text, and two that are none must not become one.
#[cfg(unix)]
fn written(uri: &Uri) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    let host = uri.authority().map(|authority| authority.host()).unwrap_or_default();
    let bytes = uri.path().decode().to_bytes().into_owned();
    let ours = host.is_empty() || host.eq_ignore_ascii_case("localhost");
    (ours && !bytes.contains(&0)).then(|| OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn written(uri: &Uri) -> Option<PathBuf> {
    uri.to_file_path().map(Cow::into_owned)
}

/// The URI of a document; none for a path that no URI can hold.
pub(crate) fn uri(name: &Name) -> Option<Uri> {
    match name {
        Name::File(path) if path.to_str().is_some() => Uri::from_file_path(path),
        Name::File(path) => escaped(path),
        Name::Unsaved(uri) => uri.parse().ok(),
    }
}

/// The URI of a path that is no text.
#[cfg(unix)]
fn escaped(path: &Path) -> Option<Uri> {
    use std::os::unix::ffi::OsStrExt;
    let escape = |byte: &u8| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(*byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    let path: String = path.as_os_str().as_bytes().iter().map(escape).collect();
    format!("file://{path}").parse().ok()
}

/// No URI holds what is no text in the way of this system.
#[cfg(not(unix))]
fn escaped(_: &Path) -> Option<Uri> {
    None
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
        let other_machine = "file://server/a/b.md";
        assert_eq!(name(&parse(other_machine)), Some(Name::Unsaved(other_machine.into())));
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

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_go_out_as_they_came_in() {
        for escaped in ["file:///a/b%FF.md", "file:///a/%20%2F%FE.md"] {
            let name = name(&parse(escaped)).expect("a file");
            let out = uri(&name).expect("a URI");
            assert_eq!(super::name(&out), Some(name), "{escaped}");
        }
    }
}
