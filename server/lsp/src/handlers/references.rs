//! From a heading, a caption or a note, or from a reference to it, to all its references and the links to it.

use report::link::Link;
use report::name::Name;
use report::settings::Feature;
use report::subject::{self, Subject};
use report::workspace::Target;
use tower_lsp::ls_types::{Location, ReferenceParams};
use transcript::span::Span;

use crate::convert;
use crate::session::Snapshot;

/// The places that refer to what the cursor is on.
pub(crate) fn answer(snapshot: &Snapshot, params: ReferenceParams) -> Option<Vec<Location>> {
    let at = params.text_document_position;
    let workspace = &snapshot.workspace;
    let document = snapshot.document(&at.text_document.uri, Feature::References)?;
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let subject = Subject::at(workspace, document.name(), offset)?;
    let mut found = Vec::new();
    for target in subject.leads_to(workspace, document.name()) {
        if params.context.include_declaration {
            found.extend(location(snapshot, &target.name, target.name_span));
        }
        found.extend(to(snapshot, &target));
    }
    Some(found)
}

/// The places that refer to a target, links after references.
pub(super) fn to(snapshot: &Snapshot, target: &Target) -> Vec<Location> {
    let workspace = &snapshot.workspace;
    let leads = |link: &Link| {
        subject::of_link(workspace, link).is_some_and(|to| (&to.name, to.name_span) == (&target.name, target.name_span))
    };
    let references = workspace.references_to(target).into_iter().map(|(name, reference)| (name, reference.span));
    let links = workspace.links_to(&target.name).into_iter().filter(|(_, link)| leads(link));
    let all = references.chain(links.map(|(name, link)| (name, link.span)));
    all.filter_map(|(name, span)| location(snapshot, &name, span)).collect()
}

fn location(snapshot: &Snapshot, name: &Name, span: Span) -> Option<Location> {
    Some(Location::new(snapshot.uri(name)?, snapshot.range(snapshot.workspace.document(name)?, span)))
}

#[cfg(test)]
mod tests {
    use tower_lsp::ls_types::ReferenceContext;

    use super::*;
    use crate::drawn::Report;

    /// The references to what is under the cursor, its heading left out.
    fn check(drawn: &str) {
        let report = Report::new(drawn);
        let params = ReferenceParams {
            text_document_position: report.at(),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
            context: ReferenceContext { include_declaration: false },
        };
        report.assert_places(answer(&report.snapshot(), params).unwrap_or_default());
    }

    #[test]
    fn references_and_links_of_all_files() {
        check(
            "
%! a.md
# Hoofdstuk 1: Haven
     |

Meer in [dit hoofdstuk](#hoofdstuk-1-haven).
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
%! b.txt
Zie hoofdstuk 1 en de hoofdstukken 1 en 2, niet hoofdstuk 3.
              ^                    ^
%! c.md
Lees [verder](a.md#hoofdstuk-1-haven) of [iets anders](a.md).
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
",
        );
    }

    #[test]
    fn from_a_reference_as_from_its_heading() {
        check(
            "
%! a.txt
2.1 Sluis

De sluis is dicht.
%! b.txt
Zie paragraaf 2.1 hieronder, en nogmaals § 2.1 daarvoor.
              ^^^                          ^^^
               |
",
        );
    }

    #[test]
    fn a_chapter_of_its_own_keeps_the_references_beside_it() {
        check(
            "
%! a.txt
Hoofdstuk 1 Haven
   |

De haven is diep. Zie hoofdstuk 1 van dit verslag.
                                ^
%! ander/a.txt
Hoofdstuk 1 Kanaal

Het kanaal is ondiep, zie hoofdstuk 1 hiervoor.
",
        );
    }
}
