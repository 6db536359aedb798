//! What a reference refers to, without going there: the target's heading, where it stands, and its first lines.

use report::excerpt;
use report::settings::Feature;
use report::subject::Subject;
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
    let subject = Subject::at(&snapshot.workspace, document.name(), offset)?;
    let targets = subject.leads_to(&snapshot.workspace, document.name());
    let markdown = snapshot.abilities.markdown_hover;
    let shown: Vec<_> = targets.iter().filter_map(|target| show(snapshot, target, markdown)).collect();
    if shown.is_empty() {
        return None;
    }
    let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let value = shown.join(if markdown { "\n\n---\n\n" } else { "\n\n" });
    let range = Some(snapshot.range(document, subject.span()));
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value }), range })
}

/// One target: the headings above it, its own, printed page, file and line, first lines.
fn show(snapshot: &Snapshot, target: &Target, markdown: bool) -> Option<String> {
    let document = snapshot.workspace.document(&target.name)?;
    let heading = excerpt::one_line(document, target.name_span);
    let line = document.text().line_of(target.name_span.start) + 1;
    let file = target.name.path().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let place = file.map_or_else(|| format!("line {line}"), |file| format!("{file}:{line}"));
    let page = excerpt::printed_page(document, target.name_span.start).map(|page| format!("p. {page}, "));
    let place = page.unwrap_or_default() + &place;
    let above: String =
        excerpt::path(document, target.name_span).iter().map(|label| format!("{label} \u{203a} ")).collect();
    let lines = excerpt::first_lines(document, target.span, target.name_span, LINES);
    Some(if markdown {
        let lines: Vec<_> = lines.iter().map(|line| escape(line)).collect();
        format!("{}**{}**  \n{}\n\n{}", escape(&above), escape(&heading), escape(&place), lines.join("  \n"))
    } else {
        format!("{above}{heading}\n{place}\n\n{}", lines.join("\n"))
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

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::drawn::Report;

    fn check(drawn: &str, expected: &Expect) {
        let report = Report::new(drawn);
        let params =
            HoverParams { text_document_position_params: report.at(), work_done_progress_params: Default::default() };
        let hover = answer(&report.snapshot(), params).expect("there is something to show");
        assert_eq!(hover.range.into_iter().collect::<Vec<_>>(), report.expected());
        match hover.contents {
            HoverContents::Markup(MarkupContent { value, .. }) => expected.assert_eq(&value),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn path_page_and_first_lines() {
        check(
            "
%! a.md
# 1 Haven

[p. 17]

## 1.3 Industrieveiligheid

De dienst onderzocht
dertig bedrijven.

## 1.4 Meer
%! b.md
Zie hoofdstuk 1.3 van dit verslag.
    ^^^^^^^^^^^^^
              |
",
            &expect![[r#"
                1 Haven › 1.3 Industrieveiligheid
                p. 17, a.md:5

                De dienst onderzocht
                dertig bedrijven."#]],
        );
    }
}
