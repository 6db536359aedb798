//! What the tokens of merged blocks are called: a type for each column, and a mark where a split is in doubt.

use tower_lsp::ls_types::{SemanticTokenModifier, SemanticTokenType, SemanticTokensLegend};
use transcript::columns::Place;

/// The types, the left column's first. More columns than that begin again; an aside has the last.
const TYPES: [SemanticTokenType; 5] = [
    SemanticTokenType::new("column1"),
    SemanticTokenType::new("column2"),
    SemanticTokenType::new("column3"),
    SemanticTokenType::new("column4"),
    SemanticTokenType::new("aside"),
];

/// What marks the cells of a line whose split is in doubt.
const DOUBTFUL: SemanticTokenModifier = SemanticTokenModifier::new("doubtful");

/// The types and marks, in the order of their numbers.
pub(crate) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: TYPES.to_vec(), token_modifiers: vec![DOUBTFUL] }
}

/// The number of the type of a cell.
pub(crate) fn token_type(place: Place) -> u32 {
    let columns = TYPES.len() as u32 - 1;
    match place {
        Place::Column(column) => u32::from(column) % columns,
        Place::Aside => columns,
    }
}

/// The marks of a cell, as bits.
pub(crate) fn modifiers(doubtful: bool) -> u32 {
    u32::from(doubtful)
}
