//! `columnist/readingOrder`: a part of a document as it reads after the repair, for a view beside it.

use report::document::SURE;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{Range, TextDocumentIdentifier};
use transcript::paragraph::{self, Kind, Paragraph, Piece};

use crate::convert;
use crate::session::Snapshot;

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReadingOrderParams {
    text_document: TextDocumentIdentifier,
    /// Only the lines that this touches, and the blocks that reach in; all where it is missing.
    range: Option<Range>,
}

/// The paragraphs.
#[derive(Debug, Serialize)]
pub(crate) struct ReadingOrder {
    /// The version of the text that this is made from; null for a document that is not open.
    version: Option<i32>,
    /// The lines that were read, from the first on and without the last: more than asked for where a block reaches in.
    paragraphs: Vec<ShownParagraph>,
}

#[derive(Debug, Serialize)]
struct ShownParagraph {
    kind: &'static str,
    /// How deep a heading stands; missing for all else.
    #[serde(skip_serializing_if = "Option::is_none")]
    depth: Option<u8>,
    pieces: Vec<ShownPiece>,
}

#[derive(Debug, Serialize)]
struct ShownPiece {
    text: String,
    range: Range,
    /// Whether it comes from a merged line whose split is in doubt.
    doubtful: bool,
}

/// The paragraphs of the lines asked for; null for what is no document.
pub(crate) fn answer(snapshot: &Snapshot, params: ReadingOrderParams) -> Option<ReadingOrder> {
    let document = snapshot.workspace.document(&convert::name(&params.text_document.uri)?)?;
    let lines = document.lines();
    let range = params.range.map_or(0..lines.len(), |range| {
        let end = (range.end.line as usize).saturating_add(1).min(lines.len());
        (range.start.line as usize).min(end)..end
    });
    let analysis = document.analysis();
    let piece = |piece: Piece| ShownPiece {
        range: snapshot.range(document, piece.span),
        doubtful: {
            let line = lines.line_of(piece.span.start);
            let block = analysis.columns.block_at(line);
            block.is_some_and(|block| block.rows[line - block.lines().start].confidence < SURE)
        },
        text: piece.reads,
    };
    let shown = |paragraph: Paragraph| {
        let (kind, depth) = match paragraph.kind {
            Kind::Heading(0) => ("caption", None),
            Kind::Heading(depth) => ("heading", Some(depth)),
            Kind::Text => ("text", None),
            Kind::Furniture => ("furniture", None),
        };
        ShownParagraph { kind, depth, pieces: paragraph.pieces.into_iter().map(piece).collect() }
    };
    let paragraphs = paragraph::paragraphs(&lines, analysis, range).into_iter().map(shown).collect();
    let version = snapshot.buffer(document.name()).map(|buffer| buffer.version);
    Some(ReadingOrder { version, paragraphs })
}
