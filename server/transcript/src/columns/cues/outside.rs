//! What speaks for leaving a line out of the columns, and for their starting with a line below such: how wide it is
//! against them, where on the page it stands, and what the lines around it look like.

use std::ops::Range;

use super::super::judge::{OUTSIDE, START};
use super::super::sheet::WIDE;
use super::Cues;
use super::input::{Input, bent, fine, tamed, yes};

/// What stands above a line that is outside of the columns, or with which they start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Before {
    /// It is the first.
    Nothing,
    /// A line that is outside too, and no columns above it.
    Outside,
    /// A line that is outside too, and columns somewhere above it.
    Ended,
    /// Columns; this share of them stops in the middle of a sentence.
    Inside(f32),
}

/// So many lines above and below tell whether columns end or start.
const NEAR: usize = 6;

impl Cues<'_> {
    /// How wide a strip is against the columns: whether it is no wider than one, how much wider than the widest, and how
    /// much wider than all.
    fn breadth(&self, strip: usize) -> [f32; 4] {
        let width = self.width(self.sheet.whole(strip));
        let over = width / self.measure.whole() - 1.0;
        let wider = (width / self.widest() - 1.0).clamp(-1.0, 1.0);
        [yes(self.is_narrow(strip)), wider, bent(over / 0.05), bent(over / 0.3)]
    }

    /// What speaks for the columns' starting with a strip, below what is no part of them: what stands above it, and how
    /// much the lines above and below look like those of columns.
    pub fn start(&self, strip: usize, before: Before) -> [f32; START] {
        let mut input = Input::new();
        input.add(&self.breadth(strip)).add(&[self.looks_split(strip..strip + NEAR)]);
        match strip.checked_sub(1) {
            None => {
                input.add(&[1.0]).add(&[0.0; 13]);
            }
            Some(above) => {
                let (whole, this) = (self.sheet.whole(above), &self.sheet.strips[strip]);
                let ended = yes(before == Before::Ended);
                let far = if before == Before::Outside { strip as f32 } else { 0.0 };
                input
                    .add(&[0.0, ended, bent(far / 4.0), bent(far / 16.0)])
                    .add(&[ended * self.breadth(above)[0]])
                    .add(&self.breadth(above))
                    .add(&[self.looks_split(strip.saturating_sub(NEAR)..strip), yes(this.after_blank)])
                    .add(&[tamed(self.sheet.odds(whole, self.sheet.whole(strip))), self.closing(whole)[0]])
                    .add(&[self.looks_split(above..strip)]);
            }
        }
        input.add(&self.common).done()
    }

    /// How much speaks for splitting each of some strips, on average.
    fn looks_split(&self, strips: Range<usize>) -> f32 {
        let strips = strips.start.min(self.sheet.strips.len())..strips.end.min(self.sheet.strips.len());
        let count = strips.len().max(1) as f32;
        self.sheet.strips[strips].iter().map(|strip| tamed(strip.most())).sum::<f32>() / count
    }

    /// The shares of a strip's words that are words, and that start with a capital: names, titles, tables, lost signs.
    fn made_of(&self, strip: usize) -> [f32; 2] {
        let facts = &self.sheet.strips[strip].facts;
        let words = facts.tokens.iter().filter(|token| token.is_word).count();
        [words as f32 / facts.len() as f32, facts.capitals(0..facts.len())]
    }

    /// Whether a strip is the first or the last of its sheet, as a page's running header is, and shows what may be the number
    /// of a page; or is one of the first two and names the chapter, and does nothing else.
    pub fn is_running(&self, strip: usize) -> bool {
        let strips = &self.sheet.strips;
        let facts = &strips[strip].facts;
        let at_edge = strip == 0 || strip + 1 == strips.len();
        at_edge && facts.shows_folio() || (at_edge || strip == 1) && facts.is_label()
    }

    /// What speaks for leaving a strip out of the columns.
    pub fn outside(&self, strip: usize, before: Before) -> [f32; OUTSIDE] {
        let (this, whole) = (&self.sheet.strips[strip], self.sheet.whole(strip));
        let words = 0..this.facts.len();
        let width = self.width(whole);
        let last = self.sheet.strips.len() - 1 - strip;
        let breadth = self.breadth(strip);
        let mut input = Input::new();
        input
            .add(&fine(width / self.measure.whole() - 1.0))
            .add(&breadth[..2])
            .add(&[bent((width / self.widest() - 1.0) / 0.05)])
            .add(&[yes(strip == 0), yes(strip == 1), yes(last == 0), yes(last == 1)])
            .add(&[tamed(this.strangest(words.clone())), yes(this.widest_gap(words.clone()) >= WIDE)])
            .add(&[tamed(this.most()), words.len().min(12) as f32 / 12.0, yes(this.after_blank)])
            .add(&self.made_of(strip))
            .add(&self.opening(whole)[1..])
            .add(&self.closing(whole)[..2])
            .add(&[yes(this.facts.numbered(words) > 0)]);
        match before {
            Before::Inside(open) => {
                let (up, down) = (strip.saturating_sub(NEAR)..strip, strip + 1..strip + 1 + NEAR);
                input.add(&[1.0, open, breadth[0], self.looks_split(up), self.looks_split(down)]).add(&[0.0; 14]);
            }
            Before::Nothing => {
                input.add(&[0.0; 19]);
            }
            Before::Outside | Before::Ended => {
                let above = self.sheet.whole(strip - 1);
                let next = this.facts.width(self.measure.face, 0..1);
                // Lines that break where those of one column do are lines of a column.
                let room = |of: f32| (self.width(above) + self.measure.face.space() + next) / of - 1.0;
                let over = |of: f32| self.width(above) / of - 1.0;
                let (whole_width, column) = (self.measure.whole(), self.widest());
                let ended = yes(before == Before::Ended);
                input
                    .add(&[0.0; 5])
                    .add(&[ended, ended * breadth[0], self.looks_split(strip.saturating_sub(NEAR)..strip + NEAR)])
                    .add(&[1.0, tamed(self.sheet.odds(above, whole)), self.closing(above)[0]])
                    .add(&[over(whole_width) / 0.05, over(whole_width) / 0.3].map(bent))
                    .add(&[room(whole_width) / 0.05, room(whole_width) / 0.3].map(bent))
                    .add(&fine(over(column)))
                    .add(&[bent(room(column) / 0.05)]);
            }
        }
        input.add(&self.common).done()
    }
}
