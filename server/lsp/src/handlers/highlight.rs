//! What the cursor is on, marked wherever this document names it. Of other documents nothing needs to be known.

use report::document::Document;
use report::index::{Key, fits};
use report::settings::Feature;
use report::subject::Subject;
use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};
use transcript::number::{Kind, Number};
use transcript::span::Span;

use crate::convert;
use crate::session::Snapshot;

/// The heading, its contents entry and the references to it.
pub(crate) fn answer(snapshot: &Snapshot, params: DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
    let at = params.text_document_position_params;
    let document = snapshot.document(&at.text_document.uri, Feature::Highlights)?;
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let subject = Subject::at(&snapshot.workspace, document.name(), offset)?;
    let places = match &subject {
        Subject::Reference(reference) => match &reference.number {
            Some(number) => named(document, reference.kind, number),
            None => vec![(reference.mention, DocumentHighlightKind::READ)],
        },
        Subject::Target(target) | Subject::Entry(target) => match (target.kind, &target.number) {
            (Some(kind), Some(number)) => named(document, kind, number),
            _ => vec![(target.name_span, DocumentHighlightKind::WRITE)],
        },
        Subject::Link(_) => return None,
    };
    let highlight = |(span, kind)| DocumentHighlight { range: snapshot.range(document, span), kind: Some(kind) };
    Some(places.into_iter().map(highlight).collect())
}

/// Where a document has something of this number, and where it refers to it.
fn named(document: &Document, kind: Kind, number: &Number) -> Vec<(Span, DocumentHighlightKind)> {
    let (index, key) = (document.index(), Key::new(kind, number));
    let alike = |other: Option<Kind>| other.is_some_and(|other| fits(kind, other, number) || fits(other, kind, number));
    let entries = index.get(&key).filter(|entry| alike(entry.kind) && entry.kind != Some(Kind::Page));
    let mut places: Vec<_> = entries.map(|entry| (entry.name_span, DocumentHighlightKind::WRITE)).collect();
    let references = document.asked().by(&key).map(|at| &document.survey().references[at]);
    let alike = references.filter(|reference| alike(Some(reference.kind)));
    places.extend(alike.map(|reference| (reference.mention, DocumentHighlightKind::READ)));
    places.sort_by_key(|(span, _)| *span);
    places
}

#[cfg(test)]
mod tests {
    use tower_lsp::ls_types::Location;

    use super::*;
    use crate::drawn::Report;

    fn check(drawn: &str) {
        let report = Report::new(drawn);
        let params = DocumentHighlightParams {
            text_document_position_params: report.at(),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let uri = report.at().text_document.uri;
        let found = answer(&report.snapshot(), params).unwrap_or_default();
        report.assert_places(found.into_iter().map(|found| Location::new(uri.clone(), found.range)).collect());
    }

    #[test]
    fn heading_and_references_wherever_the_cursor_is() {
        check(
            "
%! a.md
# Hoofdstuk 1: Haven
  ^^^^^^^^^^^^^^^^^^
     |

Zie hoofdstuk 2. In hoofdstuk 1 staat meer, en in figuur 1 ook.
                    ^^^^^^^^^^^
",
        );
        check(
            "
%! a.txt
Zie hoofdstuk IV en ook hoofdstuk 4.
    ^^^^^^^^^^^^        ^^^^^^^^^^^
            |
",
        );
    }
}
