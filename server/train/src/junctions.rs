//! Junctions to learn from: those that a reader of a merged page has to judge, taken from pages set in columns. True
//! ones are those of running text, inside a line and over a line's end; strangers are the left and the right cell's
//! words at the split, and the words that would meet if a line were split a few words off or given to the wrong
//! column.

use crate::page::Page;
use std::ops::Range;
use transcript::columns::word::{After, Before, Word};

/// A junction and whether its words follow one another in reading order.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// The words before it and after it, as places among the page's words.
    pub(crate) left: Range<usize>,
    pub(crate) right: Range<usize>,
    /// Whether it is natural.
    pub(crate) natural: bool,
}

/// The junctions of one page, over the page's words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples {
    pub(crate) words: Vec<Word>,
    pub(crate) all: Vec<Sample>,
    /// The ways to split each merged line, as places in `all`; the first of each is the true one.
    pub(crate) choices: Vec<Vec<[usize; 3]>>,
    blurred: bool,
}

/// How many words off the true split a false one may be.
const OFF: usize = 4;
/// Inside a line, every so manieth junction further off is taken too.
const FURTHER: usize = 4;
/// Of every so many samples the words further off may be those of the other column.
const BLURRED: usize = 4;

/// One column's part of a line, as places among the page's words.
#[derive(Clone, Copy)]
struct Piece {
    column: i32,
    start: usize,
    end: usize,
    /// Where its line starts and ends.
    line: (usize, usize),
}

impl Samples {
    /// What the words beside a sample's junction bring to their meeting.
    pub(crate) fn meeting(&self, sample: &Sample) -> (Before, After) {
        let (left, right) = (&self.words[sample.left.clone()], &self.words[sample.right.clone()]);
        let at =
            |side: &[Word], index: Option<usize>| index.and_then(|index| side.get(index)).copied().unwrap_or_default();
        let (far, near) = (at(left, left.len().checked_sub(2)), at(left, left.len().checked_sub(1)));
        let (next, beyond) = (at(right, Some(0)), at(right, Some(1)));
        (Before::new(&near).with(&far, &near), After::new(&next).with(&next, &beyond))
    }

    /// All junctions of a page that have to be judged.
    pub(crate) fn of(page: &Page, blurred: bool) -> Samples {
        let mut samples = Samples { blurred, ..Samples::default() };
        let lines: Vec<Vec<Piece>> = page.lines.iter().map(|line| samples.pieces(line)).collect();
        for (at, line) in lines.iter().enumerate() {
            match line[..] {
                [left, right] if left.column == 0 && right.column == 1 => samples.merged(&lines, at, left, right),
                [lone] if lone.column >= 0 => samples.lone(&lines, at, lone),
                _ => {}
            }
        }
        samples
    }

    fn pieces(&mut self, line: &crate::page::PageLine) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (column, word) in line.words().unwrap_or_default() {
            let at = self.words.len();
            self.words.push(Word::new(word));
            match pieces.last_mut().filter(|piece| piece.column == column) {
                Some(piece) => piece.end = at + 1,
                None => pieces.push(Piece { column, start: at, end: at + 1, line: (at, at) }),
            }
        }
        let line = (pieces.first().map_or(0, |piece| piece.start), self.words.len());
        pieces.iter_mut().for_each(|piece| piece.line = line);
        pieces
    }

    /// Adds the junction between two runs of words and says where it lies.
    fn add(&mut self, left: Range<usize>, right: Range<usize>, natural: bool) -> usize {
        self.all.push(Sample { left, right, natural });
        self.all.len() - 1
    }

    /// The words of a piece as a reader knows them who does not know where the line splits: from the line's start to the
    /// piece's end, or from its start to the line's end. Some of the samples are so, for the program's first look is.
    fn seen(&self, piece: Piece, ahead: bool, at: usize) -> Range<usize> {
        match self.blurred && at.is_multiple_of(BLURRED) {
            true if ahead => piece.start..piece.line.1,
            true => piece.line.0..piece.end,
            false => piece.start..piece.end,
        }
    }

    /// The junctions of a line of two cells: inside it, and from and to its neighbours.
    fn merged(&mut self, lines: &[Vec<Piece>], at: usize, left: Piece, right: Piece) {
        let split = left.end;
        let next = lines[at + 1..].iter().take(4).flatten().find(|piece| piece.column == 0).copied();
        let above = lines[..at].iter().rev().take(4).flatten().find(|piece| piece.column == 1).copied();
        let mut inside = Vec::new();
        for gap in left.start + 1..right.end {
            if gap.abs_diff(split) <= OFF || gap.is_multiple_of(FURTHER) {
                inside.push((gap, self.add(left.start..gap, gap..right.end, gap != split)));
            }
        }
        inside.sort_by_key(|(gap, _)| gap.abs_diff(split));
        let (Some(next), Some(above)) = (next, above) else { return };
        let mut choices = Vec::new();
        for (gap, within) in inside {
            let on = self.add(left.start..gap, self.seen(next, true, gap), gap == split);
            let from = self.add(self.seen(above, false, gap), gap..right.end, gap == split);
            choices.push([within, on, from]);
        }
        self.choices.push(choices);
        let across = self.start_of(lines, at, 1);
        if !across.is_empty() {
            self.add(left.start..split, across, false);
        }
        self.add(above.start..above.end, next.start..next.end, false);
    }

    /// The words of the next piece of a column; none when there is no more.
    fn start_of(&self, lines: &[Vec<Piece>], at: usize, column: i32) -> Range<usize> {
        let next = lines[at + 1..].iter().take(4).flatten().find(|piece| piece.column == column);
        next.map_or(0..0, |piece| self.seen(*piece, true, at))
    }

    /// The junctions of a line of one cell: to the line above of either column.
    fn lone(&mut self, lines: &[Vec<Piece>], at: usize, lone: Piece) {
        for column in 0..2 {
            let above = lines[..at].iter().rev().take(4).flatten().find(|piece| piece.column == column).copied();
            let Some(above) = above else { continue };
            self.add(self.seen(above, false, at), lone.start..lone.end, column == lone.column);
            let next = self.start_of(lines, at, column);
            if !next.is_empty() {
                self.add(lone.start..lone.end, next, column == lone.column);
            }
        }
        for gap in (lone.start + 1..lone.end).step_by(2) {
            self.add(lone.start..gap, gap..lone.end, true);
        }
    }
}
