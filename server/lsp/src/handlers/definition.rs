//! From a reference, a link or a contents entry to what it leads to.

use report::document::Document;
use report::settings::Feature;
use report::subject::Subject;
use report::workspace::Target;
use tower_lsp::ls_types::{GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink};
use transcript::span::Span;

use crate::convert;
use crate::session::Snapshot;

/// The places to which the reference at the cursor leads; with the whole of the target where the client shows it.
pub(crate) fn answer(snapshot: &Snapshot, params: GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let at = params.text_document_position_params;
    let document = snapshot.document(&at.text_document.uri, Feature::Definition)?;
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let subject = Subject::at(&snapshot.workspace, document.name(), offset)?;
    let targets = subject.leads_to(&snapshot.workspace, document.name());
    Some(response(snapshot, document, subject.span(), &targets, snapshot.abilities.definition_links))
}

/// Targets, as links from where the cursor is or as bare places.
pub(super) fn response(
    snapshot: &Snapshot,
    document: &Document,
    origin: Span,
    targets: &[Target],
    as_links: bool,
) -> GotoDefinitionResponse {
    let links = targets.iter().filter_map(|target| {
        let there = snapshot.workspace.document(&target.name)?;
        Some(LocationLink {
            origin_selection_range: Some(snapshot.range(document, origin)),
            target_uri: snapshot.uri(&target.name)?,
            target_range: snapshot.range(there, target.span.join(target.name_span)),
            target_selection_range: snapshot.range(there, target.name_span),
        })
    });
    if as_links {
        return GotoDefinitionResponse::Link(links.collect());
    }
    let locations = links.map(|link| Location::new(link.target_uri, link.target_selection_range));
    GotoDefinitionResponse::Array(locations.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::Report;

    /// The cursor is under `|`; it leads to what is under `^`, and to nothing else.
    fn check(drawn: &str) {
        let report = Report::new(drawn);
        let params = GotoDefinitionParams {
            text_document_position_params: report.at(),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let found = match answer(&report.snapshot(), params) {
            Some(GotoDefinitionResponse::Array(found)) => found,
            None => Vec::new(),
            Some(other) => panic!("a client without links got {other:?}"),
        };
        report.assert_places(found);
    }

    #[test]
    fn a_reference_leads_to_its_heading_in_another_file() {
        check(
            "
%! haven.txt
1.3 Industrieveiligheid
^^^^^^^^^^^^^^^^^^^^^^^

De dienst onderzocht het.
%! b.txt
Zie ook hoofdstuk 1.3 van dit verslag.
                    |
",
        );
    }

    #[test]
    fn an_entry_of_a_contents_list_leads_to_its_heading() {
        check(
            "
%! inhoud.txt
Inhoud

1.1 Haven ............ 3
   |
1.2 Sluis ............ 9
2.1 Kade ............. 12
%! haven.md
# 1.1 Haven
  ^^^^^^^^^
",
        );
    }

    #[test]
    fn a_link_leads_to_the_heading_that_it_names() {
        check(
            "
%! a.md
Lees [verder](b.md#2-de-sluis) hier.
        |
%! b.md
# 1 Haven

# 2 De sluis
  ^^^^^^^^^^
",
        );
    }

    #[test]
    fn a_heading_leads_to_itself_and_other_words_nowhere() {
        check("\n%! a.md\n# 1 Haven\n  ^^^^^^^\n     |\n");
        check("\n%! a.md\nGewone woorden.\n     |\n");
    }
}
