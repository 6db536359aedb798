//! What is shown above a line and can be clicked on.

use tower_lsp::ls_types::{CodeLens, CodeLensParams, Command};

use super::{block_lens, reference_count};
use crate::convert;
use crate::session::Snapshot;

/// The lenses of a document; what takes work to say is left for later.
pub(crate) fn answer(snapshot: &Snapshot, params: CodeLensParams) -> Option<Vec<CodeLens>> {
    let uri = params.text_document.uri;
    let document = snapshot.workspace.document(&convert::name(&uri)?)?;
    let mut lenses = reference_count::lenses(snapshot, document, &uri);
    lenses.extend(block_lens::lenses(snapshot, document, &uri));
    Some(lenses)
}

/// A lens with what it says.
pub(crate) fn resolve(snapshot: &Snapshot, mut lens: CodeLens) -> CodeLens {
    // A lens must say something once it was asked: its line may be gone by now.
    let silent = || Command { title: "\u{2026}".to_owned(), ..Command::default() };
    if lens.command.is_none() {
        lens.command = reference_count::resolve(snapshot, &lens).or_else(|| Some(silent()));
    }
    lens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capabilities::Abilities;
    use crate::drawn::Report;

    #[test]
    fn references_are_counted_when_a_lens_comes_into_view() {
        let drawn = "\n%! a.md\n# Hoofdstuk 1: Haven\n     |\n\n## 1.1 Kade\n\n## Slot\n%! b.txt\nZie hoofdstuk 1 en § 1.1, en hoofdstuk 1.\n";
        let abilities = Abilities { shows_references: true, ..Abilities::default() };
        let report = Report::with(drawn, abilities, serde_json::Value::Null);
        let params = CodeLensParams {
            text_document: report.at().text_document,
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let lenses = answer(&report.snapshot(), params).expect("lenses are on");
        assert!(lenses.iter().all(|lens| lens.command.is_none()));
        let resolved: Vec<_> = lenses.into_iter().map(|lens| resolve(&report.snapshot(), lens)).collect();
        let found: Vec<_> = resolved
            .iter()
            .map(|lens| (report.text_at(lens.range), lens.command.clone().expect("it is resolved")))
            .map(|(text, command)| (text, command.title, command.arguments.map(|arguments| arguments.len())))
            .collect();
        assert_eq!(
            found,
            [
                ("Hoofdstuk 1: Haven".to_owned(), "2 references".to_owned(), Some(3)),
                ("1.1 Kade".to_owned(), "1 reference".to_owned(), Some(3)),
            ]
        );
    }
}
