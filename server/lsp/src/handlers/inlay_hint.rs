//! What is shown between the words of the text and is not of it.

use report::document::Document;
use report::hint;
use report::settings::Feature;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintParams};
use transcript::span::Span;
use transcript::visible::visible;

use super::gutter;
use crate::convert;
use crate::session::Snapshot;

/// The hints in a range.
pub(crate) fn answer(snapshot: &Snapshot, params: InlayHintParams) -> Option<Vec<InlayHint>> {
    let document = snapshot.workspace.document(&convert::name(&params.text_document.uri)?)?;
    let within = convert::span(document.text(), params.range, snapshot.abilities.encoding);
    let mut hints = titles(snapshot, document, within);
    hints.extend(gutter::hints(snapshot, document, within));
    Some(hints)
}

/// The title after a reference that gives the number alone.
fn titles(snapshot: &Snapshot, document: &Document, within: Span) -> Vec<InlayHint> {
    if !snapshot.enabled(document.name(), Feature::TitleHints) {
        return Vec::new();
    }
    let hint = |(offset, title): (usize, String)| InlayHint {
        position: snapshot.range(document, Span::at(offset)).start,
        label: InlayHintLabel::String(visible(&title).into_owned()),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    hint::titles(&snapshot.workspace, document.name(), within).into_iter().map(hint).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tower_lsp::ls_types::Range;

    use super::*;
    use crate::capabilities::Abilities;
    use crate::drawn::Report;

    fn hints(settings: Value) -> Vec<(u32, String)> {
        let drawn = "\n%! a.md\n# Hoofdstuk 1: Haven\n|\n\n# Hoofdstuk 2: Sluis\n%! b.md\nZie hoofdstuk 1, hoofdstuk 2 (Sluis) en hoofdstuk 3.\n|\n";
        let report = Report::with(drawn, Abilities::default(), settings);
        let at = report.at();
        let params = InlayHintParams {
            work_done_progress_params: Default::default(),
            text_document: at.text_document,
            range: Range::new(at.position, tower_lsp::ls_types::Position::new(9, 0)),
        };
        let found = answer(&report.snapshot(), params).expect("the document is known");
        let label = |hint: &InlayHint| match &hint.label {
            InlayHintLabel::String(label) => label.clone(),
            parts => panic!("{parts:?}"),
        };
        found.iter().map(|hint| (hint.position.character, label(hint))).collect()
    }

    #[test]
    fn titles_of_bare_numbers_for_those_who_want_them() {
        assert_eq!(hints(Value::Null), []);
        assert_eq!(hints(json!({ "features": { "title-hints": true } })), [(15, "Haven".to_owned())]);
    }
}
