//! A selection that grows from word to cell, line, paragraph and section.

use report::settings::Feature;
use tower_lsp::ls_types::{SelectionRange, SelectionRangeParams};
use transcript::enclosing;

use crate::convert;
use crate::session::Snapshot;

/// What each of the cursors lies in, the innermost first.
pub(crate) fn answer(snapshot: &Snapshot, params: SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let document = snapshot.document(&params.text_document.uri, Feature::Selection)?;
    let lines = document.lines();
    let around = |position| {
        let offset = convert::offset(document.text(), position, snapshot.abilities.encoding);
        let spans = enclosing::spans(&lines, document.analysis(), offset);
        let ranges = spans.into_iter().rev().map(|span| snapshot.range(document, span));
        let nested = ranges.fold(None, |parent, range| Some(Box::new(SelectionRange { range, parent })));
        nested.map(|innermost| *innermost)
    };
    params.positions.into_iter().map(around).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::Report;

    #[test]
    fn every_cursor_has_its_own_chain() {
        let report = Report::new("\n%! a.md\n# 1 \u{1F600} Haven\n       |\n\nTekst.\n");
        let params = SelectionRangeParams {
            text_document: report.at().text_document,
            positions: vec![report.at().position, Default::default()],
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let found = answer(&report.snapshot(), params).expect("it is on");
        let texts = |first: &SelectionRange| {
            let chain = std::iter::successors(Some(first), |range| range.parent.as_deref());
            chain.map(|range| report.text_at(range.range)).collect::<Vec<_>>()
        };
        let all = "# 1 \u{1F600} Haven\n\nTekst.\n";
        assert_eq!(texts(&found[0]), ["Haven", "# 1 \u{1F600} Haven", all]);
        assert_eq!(texts(&found[1]), ["# 1 \u{1F600} Haven", all]);
    }
}
