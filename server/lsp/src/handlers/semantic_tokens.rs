//! The columns of merged blocks as tokens: one for each cell, of the type of its column, marked where the split is in
//! doubt. The editor gives each type its tint.

use report::document::SURE;
use report::settings::Feature;
use tower_lsp::ls_types::{Range, SemanticToken, SemanticTokens, Uri};

use crate::legend;
use crate::session::Snapshot;

/// The tokens of a document, or of those of its lines that the range touches.
pub(crate) fn answer(snapshot: &Snapshot, (uri, range): (Uri, Option<Range>)) -> Option<SemanticTokens> {
    let document = snapshot.document(&uri, Feature::SemanticTokens)?;
    let wanted =
        |line: usize| range.is_none_or(|range| (range.start.line as usize..=range.end.line as usize).contains(&line));
    let mut data = Vec::new();
    let mut last = (0, 0);
    let merged = snapshot.workspace.merged(document);
    for row in merged.iter().flat_map(|merged| &merged.block.rows).filter(|row| wanted(row.line)) {
        for cell in &row.cells {
            let place = snapshot.range(document, cell.span);
            let (line, start) = (place.start.line, place.start.character);
            data.push(SemanticToken {
                delta_line: line - last.0,
                delta_start: if line == last.0 { start - last.1 } else { start },
                length: place.end.character - start,
                token_type: legend::token_type(cell.place),
                token_modifiers_bitset: legend::modifiers(row.confidence < SURE),
            });
            last = (line, start);
        }
    }
    Some(SemanticTokens { result_id: None, data })
}
