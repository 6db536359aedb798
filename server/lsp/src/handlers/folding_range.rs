//! Sections, pages, contents lists and merged blocks that can be folded away.

use report::settings::Feature;
use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};
use transcript::fold::{Folded, folds};

use crate::session::Snapshot;

/// The folds, by lines; no more than the client wants, the outermost of them.
pub(crate) fn answer(snapshot: &Snapshot, params: FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let document = snapshot.document(&params.text_document.uri, Feature::Folding)?;
    let mut found = folds(&document.lines(), document.analysis());
    let most = snapshot.abilities.most_folds.map_or(usize::MAX, |most| most as usize);
    if found.len() > most {
        found.sort_by_key(|(lines, _)| std::cmp::Reverse(lines.len()));
        found.truncate(most);
        found.sort_by_key(|(lines, _)| lines.start);
    }
    let number = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let fold = |(lines, folded): (std::ops::Range<usize>, Folded)| FoldingRange {
        start_line: number(lines.start),
        end_line: number(lines.end - 1),
        kind: matches!(folded, Folded::Page | Folded::Block).then_some(FoldingRangeKind::Region),
        ..FoldingRange::default()
    };
    Some(found.into_iter().map(fold).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capabilities::Abilities;
    use crate::drawn::Report;

    #[test]
    fn no_more_than_the_client_wants() {
        let drawn = "\n%! a.md\n# 1 Haven\n|\n\nTekst.\n\n## 1.1 Kade\n\nMeer.\n\n# 2 Sluis\n\nNiets.\n";
        let folded = |most_folds| {
            let abilities = Abilities { most_folds, ..Abilities::default() };
            let report = Report::with(drawn, abilities, serde_json::Value::Null);
            let params = FoldingRangeParams {
                text_document: report.at().text_document,
                work_done_progress_params: Default::default(),
                partial_result_params: Default::default(),
            };
            let found = answer(&report.snapshot(), params).expect("folding is on");
            found.iter().map(|fold| (fold.start_line, fold.end_line)).collect::<Vec<_>>()
        };
        assert_eq!(folded(None), [(0, 6), (4, 6), (8, 10)]);
        assert_eq!(folded(Some(1)), [(0, 6)]);
    }
}
