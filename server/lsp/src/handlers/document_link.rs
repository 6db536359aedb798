//! References and links that can be clicked on.

use report::excerpt;
use report::link;
use report::name::Name;
use report::settings::Feature;
use report::subject;
use report::workspace::Target;
use tower_lsp::ls_types::{DocumentLink, DocumentLinkParams, Uri};
use transcript::span::Span;

use super::hover::OUTSIDE;
use crate::session::Snapshot;

/// Every reference that leads to one place or several, to the first of these; and the links to files of the report.
pub(crate) fn answer(snapshot: &Snapshot, params: DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    let document = snapshot.document(&params.text_document.uri, Feature::Links)?;
    let workspace = &snapshot.workspace;
    let links = link::links(document);
    let in_link = |span: Span| links.iter().any(|link| link.span.meets(span));
    let references = document.survey().references.iter().filter(|reference| !in_link(reference.mention));
    let references = references.filter_map(|reference| {
        let target = workspace.targets(document.name(), reference).into_iter().next()?;
        Some((reference.mention, target))
    });
    let linked = links.iter().filter_map(|link| Some((link.span, subject::of_link(workspace, link)?)));
    let made = references.chain(linked).filter_map(|(span, target)| {
        let there = workspace.document(&target.name)?;
        let line = there.text().line_of(target.name_span.start) + 1;
        let label = excerpt::one_line(there, target.name_span);
        let outside = if workspace.is_outside(&target.name) { format!(" ({OUTSIDE})") } else { String::new() };
        let tooltip = Some(label + &outside).filter(|tooltip| !tooltip.is_empty());
        Some(DocumentLink {
            range: snapshot.range(document, span),
            target: Some(address(snapshot, &target, line)?),
            tooltip: tooltip.filter(|_| snapshot.abilities.link_tooltips),
            data: None,
        })
    });
    Some(made.collect())
}

/// The address of a line, in the form that editors agree on. The start of a file needs none.
fn address(snapshot: &Snapshot, target: &Target, line: usize) -> Option<Uri> {
    let uri = snapshot.uri(&target.name)?;
    match target.name {
        Name::File(_) if line > 1 => format!("{}#L{line}", uri.as_str()).parse().ok(),
        _ => Some(uri),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::Report;

    #[test]
    fn what_leads_somewhere_can_be_clicked_on() {
        let report = Report::new(
            "
%! a.md
Zie hoofdstuk 2, [hier](b.md) of hoofdstuk 7; [buiten](https://example.org).
    |
%! b.md
# Deel 1: Haven

# Hoofdstuk 2: Sluis
",
        );
        let params = DocumentLinkParams {
            text_document: report.at().text_document,
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let links = answer(&report.snapshot(), params).expect("links are on");
        let found: Vec<_> = links
            .iter()
            .map(|link| (report.text_at(link.range), link.target.as_ref().map_or("", |uri| uri.as_str())))
            .collect();
        let expected = [("hoofdstuk 2", "file:///report/b.md#L3"), ("[hier](b.md)", "file:///report/b.md")];
        assert_eq!(found, expected.map(|(text, target)| (text.to_owned(), target)));
    }
}
