//! What a reference refers to, without going there: the target's heading, where it stands, and its first lines.

use report::excerpt;
use report::settings::Feature;
use report::workspace::Target;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::convert;
use crate::session::Snapshot;

/// How many lines of the target are shown.
const LINES: usize = 6;

/// The targets of the reference at the cursor.
pub(crate) fn answer(snapshot: &Snapshot, params: HoverParams) -> Option<Hover> {
    let at = params.text_document_position_params;
    let document = snapshot.document(&at.text_document.uri, Feature::Hover)?;
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let reference = snapshot.workspace.reference_at(document.name(), offset)?;
    let targets = snapshot.workspace.targets(document.name(), reference);
    let markdown = snapshot.abilities.markdown_hover;
    let shown: Vec<_> = targets.iter().filter_map(|target| show(snapshot, target, markdown)).collect();
    if shown.is_empty() {
        return None;
    }
    let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let value = shown.join(if markdown { "\n\n---\n\n" } else { "\n\n" });
    let range = Some(snapshot.range(document, reference.mention));
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value }), range })
}

/// One target: heading, file and line, first lines.
fn show(snapshot: &Snapshot, target: &Target, markdown: bool) -> Option<String> {
    let document = snapshot.workspace.document(&target.name)?;
    let heading = excerpt::one_line(document, target.name_span);
    let line = document.text().line_of(target.name_span.start) + 1;
    let file = target.name.path().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let place = file.map_or_else(|| format!("line {line}"), |file| format!("{file}:{line}"));
    let lines = excerpt::first_lines(document, target.span, target.name_span, LINES);
    Some(if markdown {
        let lines: Vec<_> = lines.iter().map(|line| escape(line)).collect();
        format!("**{}**  \n{}\n\n{}", escape(&heading), escape(&place), lines.join("  \n"))
    } else {
        format!("{heading}\n{place}\n\n{}", lines.join("\n"))
    })
}

/// Text of a report as Markdown that shows it as it stands.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ';' | ':' | '\'' | '"' | '/' | '%' | '?') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
