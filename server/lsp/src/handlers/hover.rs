//! What a reference refers to, without going there: the target's heading, where it stands, and its first lines.

use report::excerpt;
use report::name::Name;
use report::settings::Feature;
use report::subject::Subject;
use report::workspace::Target;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};
use transcript::visible::visible;

use crate::convert;
use crate::session::Snapshot;

/// What is said of a place that is in none of the folders.
pub(super) const OUTSIDE: &str = "out of the open folders";

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
    let mut shown: Vec<_> = targets.iter().filter_map(|target| show(snapshot, target, markdown)).collect();
    if let (Subject::Link(link), true) = (&subject, shown.is_empty()) {
        shown.extend(leads_out(snapshot, &link.to, markdown));
    }
    if shown.is_empty() {
        return None;
    }
    let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let value = shown.join(if markdown { "\n\n---\n\n" } else { "\n\n" });
    let range = Some(snapshot.range(document, subject.span()));
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value }), range })
}

/// What is said of a link out of the folders: nobody looks there, so that no text can have a file read that the person
/// did not open.
fn leads_out(snapshot: &Snapshot, to: &Name, markdown: bool) -> Option<String> {
    let path = visible(&to.to_string()).into_owned();
    let path = if markdown { escape(&path) } else { path };
    let outside = snapshot.workspace.is_outside(to);
    outside.then(|| format!("This link leads {OUTSIDE}, to {path}. It is not followed."))
}

/// One target: the headings above it, its own, printed page, file and line, first lines.
fn show(snapshot: &Snapshot, target: &Target, markdown: bool) -> Option<String> {
    let document = snapshot.workspace.document(&target.name)?;
    let heading = excerpt::one_line(document, target.name_span);
    let line = document.text().line_of(target.name_span.start) + 1;
    let file = target.name.path().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let place = file.map_or_else(|| format!("line {line}"), |file| format!("{file}:{line}"));
    let page = excerpt::printed_page(document, target.name_span.start).map(|page| format!("p. {page}, "));
    let place = page.unwrap_or_default() + &visible(&place);
    let place = if snapshot.workspace.is_outside(&target.name) { format!("{place}, {OUTSIDE}") } else { place };
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

    #[test]
    fn a_link_out_of_the_folders_is_said_to_be_one() {
        check(
            "
%! a.md
Lees [verder](../elders/b.md) hier.
     ^^^^^^^^^^^^^^^^^^^^^^^^
        |
",
            &expect!["This link leads out of the open folders, to /elders/b.md. It is not followed."],
        );
        check(
            "
%! a.md
Lees [verder](../elders/b.md#1-haven) hier.
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        |
%! ../elders/b.md
# 1 Haven

Tekst.
",
            &expect![[r#"
                1 Haven
                b.md:1, out of the open folders

                Tekst."#]],
        );
    }

    #[test]
    fn what_steers_or_turns_is_shown_harmless() {
        check(
            "
%! a.md
Zie hoofdstuk 1.3 van dit verslag.
    ^^^^^^^^^^^^^
              |
%! b.md
# 1.3 Veilig\u{202e}dieh

Een \u{1b}[31mrode\u{7} regel.
",
            &expect![[r#"
                1.3 Veilig�dieh
                b.md:1

                Een �[31mrode� regel."#]],
        );
    }
}
