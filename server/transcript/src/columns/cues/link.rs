//! What speaks for a cell as what follows another in its column: told in three parts, of the one, of the other and of
//! both, for very many pairs share the first two.

use super::super::judge::{LINK, LINK_PARTS};
use super::super::sheet::Piece;
use super::Cues;
use super::input::{Input, fine, repeats, tamed, yes};

/// What a link sees of the cell that it comes from, the last of its column so far.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    piece: Piece,
    width: f32,
    opening: [f32; 4],
    closing: [f32; 4],
    open: bool,
    numbered: [f32; 2],
    capitals: f32,
}

/// What a link sees of the cell that it goes to, the next of its column.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    piece: Piece,
    first: f32,
    opening: [f32; 4],
    opens: bool,
    closes: bool,
    numbered: [f32; 2],
}

impl Last {
    /// The cell.
    pub fn piece(&self) -> Piece {
        self.piece
    }
}

/// A cell of fewer words is short. At least as many as the junction model looks at.
const SHORT: usize = 6;

/// Whether a cell starts with the number of a section, and whether that has several parts: an entry of a list has one.
fn numbered(parts: u8) -> [f32; 2] {
    [yes(parts > 0), yes(parts > 1)]
}

impl Cues<'_> {
    /// What speaks for a cell as what follows another in its column; `from` is none where the column starts.
    pub fn link(&self, column: usize, from: Option<Piece>, to: Piece) -> [f32; LINK] {
        let (last, next) = (from.map(|from| self.last(from)), self.next(to));
        let both = last
            .as_ref()
            .map_or([0.0; LINK_PARTS[2]], |last| self.link_both(column, last, &next, self.sheet.odds(last.piece, to)));
        let from = self.link_from(column, last.as_ref(), to.strip());
        Input::new().add(&from).add(&self.link_to(&next)).add(&both).done()
    }

    /// What a link sees of the cell that it comes from, the last of its column so far.
    pub fn last(&self, piece: Piece) -> Last {
        let facts = self.sheet.facts(piece);
        Last {
            piece,
            width: self.width(piece),
            opening: self.opening(piece),
            closing: self.closing(piece),
            open: facts.brackets(piece.words()).0,
            numbered: numbered(facts.numbered(piece.words())),
            capitals: facts.capitals(piece.words()),
        }
    }

    /// What a link sees of the cell that it goes to, the next of its column.
    pub fn next(&self, piece: Piece) -> Next {
        let facts = self.sheet.facts(piece);
        let (opens, closes) = facts.brackets(piece.words());
        let numbered = numbered(facts.numbered(piece.words()));
        Next { piece, first: self.first(piece), opening: self.opening(piece), opens, closes, numbered }
    }

    /// The part of [`Cues::link`] that does not depend on the cell that it goes to, but for its strip.
    pub fn link_from(&self, column: usize, last: Option<&Last>, strip: usize) -> [f32; LINK_PARTS[0]] {
        let mut input = Input::new();
        match last {
            None => {
                input.add(&[1.0, yes(column == 0)]).add(&[0.0; 22]);
            }
            Some(&Last { piece, width, opening, closing, open, numbered, capitals }) => {
                let apart = strip - piece.strip();
                let blank = (piece.strip() + 1..=strip).any(|strip| self.sheet.strips[strip].after_blank);
                input
                    .add(&[0.0; 2])
                    .add(&fine(width / self.measure.columns[column] - 1.0))
                    .add(&closing)
                    .add(&[yes(apart == 2), yes(apart == 3), yes(apart > 3), yes(blank)])
                    .add(&[self.goes_on(piece), yes(self.is_whole(piece)), yes(open)])
                    .add(&[yes(piece.words().len() < SHORT), yes(piece.words().len() == 1)])
                    .add(&opening[1..])
                    .add(&numbered)
                    .add(&[capitals]);
            }
        }
        input.add(&self.common).done()
    }

    /// The part of [`Cues::link`] that depends on the cell that it goes to alone.
    pub fn link_to(&self, to: &Next) -> [f32; LINK_PARTS[1]] {
        let more = [yes(self.is_whole(to.piece)), yes(to.piece.words().len() < SHORT), yes(to.closes)];
        Input::new().add(&to.opening).add(&more).add(&to.numbered).done()
    }

    /// The part of [`Cues::link`] that depends on both cells; `odds` is [`Sheet::odds`] of them.
    pub fn link_both(&self, column: usize, from: &Last, to: &Next, odds: f32) -> [f32; LINK_PARTS[2]] {
        let with_next = self.with_next(column, from.width, to.first);
        let fits = yes(with_next < -0.01);
        let [lower, upper, ..] = to.opening;
        // A heading ends where more would have fitted; the first line of an entry that is numbered too does not.
        let [numbered, deep, capitals] = [from.numbered[0], from.numbered[1], from.capitals].map(|of| fits * of);
        Input::new()
            .add(&[tamed(odds), fits * tamed(odds)])
            .add(&[repeats(self.repeated(from.piece, to.piece)), yes(from.closing[3] > 0.0) * lower])
            .add(&fine(with_next))
            .add(&[fits * from.closing[0], fits * lower])
            .add(&[yes(from.open && to.closes), yes(from.open && !to.closes && to.opens)])
            .add(&[numbered * lower, numbered * upper, deep * lower, deep * upper, capitals * lower, capitals * upper])
            .add(&self.halves(from.piece, to.piece))
            .done()
    }
}
