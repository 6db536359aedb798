//! From a heading, or from a reference to it, to the entry that announces it in a contents list.

use report::settings::Feature;
use report::subject::Subject;
use tower_lsp::ls_types::request::{GotoDeclarationParams, GotoDeclarationResponse};

use super::definition;
use crate::convert;
use crate::session::Snapshot;

/// The contents entries for what the cursor is on.
pub(crate) fn answer(snapshot: &Snapshot, params: GotoDeclarationParams) -> Option<GotoDeclarationResponse> {
    let at = params.text_document_position_params;
    let document = snapshot.document(&at.text_document.uri, Feature::Declaration)?;
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let subject = Subject::at(&snapshot.workspace, document.name(), offset)?;
    let entries = subject.announced(&snapshot.workspace, document.name());
    let as_links = snapshot.abilities.declaration_links;
    Some(definition::response(snapshot, document, subject.span(), &entries, as_links))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::Report;

    fn check(drawn: &str) {
        let report = Report::new(drawn);
        let params = GotoDeclarationParams {
            text_document_position_params: report.at(),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        match answer(&report.snapshot(), params) {
            Some(GotoDeclarationResponse::Array(found)) => report.assert_places(found),
            other => panic!("a client without links got {other:?}"),
        }
    }

    #[test]
    fn from_a_reference_to_the_contents_entry() {
        check(
            "
%! 0.txt
Inhoud

1 Haven .............. 3
1.1 Veilige kade ..... 4
^^^^^^^^^^^^^^^^
2 Sluis .............. 9
%! 1.txt
Hoofdstuk 1 Haven

1.1 Veilige kade

De kade is veilig.
%! 2.txt
Dat staat in paragraaf 1.1 van dit verslag.
                       |
",
        );
    }
}
