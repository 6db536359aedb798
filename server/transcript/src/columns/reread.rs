//! A sheet read again after an edit: lines that stand as they stood are not looked at anew, and it is told in what else the
//! sheet differs from what it was, so that what was worked out of it can be taken over where it stands.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::junction::Junctions;
use super::margin::Marks;
use super::sheet::{Piece, Sheet, Strip, WIDE, numbers};
use super::texts::Words;
use crate::span::Span;

/// A line as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Written<'t> {
    /// Its number.
    pub line: usize,
    /// Its text.
    pub text: &'t str,
    /// The byte at which that starts.
    pub start: usize,
    /// Its words that are of no column.
    pub asides: Marks,
}

/// A line that was read: its text, the byte at which that started, and its words that were of no column.
#[derive(Clone, Debug)]
struct Known {
    text: Box<str>,
    start: usize,
    asides: Marks,
}

/// What was read of a sheet: its strips, with the line of each, and what is counted in it.
#[derive(Clone, Debug, Default)]
pub struct Past {
    texts: Vec<Known>,
    strips: Vec<Strip>,
    gaps: Vec<u16>,
    seen: FxHashMap<u64, u16>,
}

/// In what a sheet differs from what it was, of as many strips, blank lines above the same ones.
#[derive(Clone, Debug)]
pub struct Differs {
    /// The strips whose words are others.
    strips: Range<usize>,
    /// The strips of which more or less speaks for a split; some between them may be as they were.
    gains: Range<usize>,
    /// Words, and words side by side, that stand there more or less often, where that tells anything.
    seen: Vec<u64>,
    /// How many strips had a wide gap that ends at each place.
    gaps: Vec<u16>,
}

impl Past {
    /// How many lines above an edit and below it stand in a sheet as they were.
    fn alike(&self, lines: &[Written]) -> (usize, usize) {
        let same = |(known, line): (&Known, &Written)| *known.text == *line.text && known.asides == line.asides;
        let pairs = || self.texts.iter().zip(lines);
        let above = pairs().take_while(|&pair| same(pair)).count();
        let most = self.texts.len().min(lines.len()) - above;
        let pairs = self.texts.iter().rev().zip(lines.iter().rev());
        (above, pairs.take(most).take_while(|&pair| same(pair)).count())
    }

    /// Whether most of a sheet's lines, the blank ones left out, are as they were.
    pub fn is_like(&self, lines: &[Written]) -> bool {
        let (above, below) = self.alike(lines);
        2 * (above + below) > lines.len().max(self.texts.len())
    }
}

/// The lines that are not blank, each with whether a blank one stands above it; blank lines above the first say nothing.
pub fn inked<'t>(lines: impl Iterator<Item = Written<'t>>) -> (Vec<Written<'t>>, Vec<bool>) {
    let (mut inked, mut after_blank, mut blank) = (Vec::new(), Vec::new(), false);
    for line in lines {
        if line.text.trim().is_empty() {
            blank = !inked.is_empty();
        } else {
            inked.push(line);
            after_blank.push(std::mem::take(&mut blank));
        }
    }
    (inked, after_blank)
}

/// Some counts as they were before they changed.
type Before = FxHashMap<u64, u16>;

impl<'m> Sheet<'m> {
    /// Reads lines, each with its number, as those of a text by itself.
    pub fn new<'t>(lines: impl Iterator<Item = (usize, &'t str)>, junctions: &'m Junctions) -> Self {
        let written = lines.map(|(line, text)| Written { line, text, start: 0, asides: Marks::default() });
        let (lines, after_blank) = inked(written);
        Self::again((&lines, &after_blank), junctions, &mut Words::default(), Past::default()).0
    }

    /// Reads a sheet of which most may have been read before. In what it differs is told where it can be compared.
    pub fn again(
        (lines, after_blank): (&[Written], &[bool]),
        junctions: &'m Junctions,
        (known, looks): &mut Words,
        past: Past,
    ) -> (Self, Option<Differs>) {
        let (above, below) = past.alike(lines);
        let Past { texts, strips: mut head, gaps, seen } = past;
        let mut tail = head.split_off(head.len() - below);
        let gone = head.split_off(above);
        let edited = above..lines.len() - below;
        let blank = head.iter().chain(&gone).chain(&tail).map(|strip| strip.after_blank);
        let is_level = blank.eq(after_blank.iter().copied());
        let mut before = Before::default();
        let mut sheet = Sheet { junctions, strips: head, gaps: gaps.clone(), seen, weave: 0.0 };
        sheet.seen.reserve(USUAL * edited.len());
        gone.iter().for_each(|strip| sheet.count_out(&strip.facts, &mut before));
        for (line, &after_blank) in lines[edited.clone()].iter().zip(&after_blank[edited.clone()]) {
            let facts = Facts::with(line.text, line.start, looks).without(line.asides);
            if is_level {
                numbers(&facts).for_each(|number| sheet.remember(number, &mut before));
            }
            sheet.count(&facts);
            sheet.strips.push(Strip::new(line.line, facts, after_blank, junctions, known));
        }
        sheet.strips.append(&mut tail);
        let starts = texts[..above].iter().chain(&texts[texts.len() - below..]).map(|known| known.start);
        let stay = (0..above).chain(edited.end..lines.len());
        stay.zip(starts).for_each(|(at, start)| sheet.strips[at].stand_at(&lines[at], start, after_blank[at]));
        let gains = sheet.weigh(&edited);
        let often = |number: &u64| sheet.seen.get(number).copied().unwrap_or_default().min(TELLING);
        let seen = before.into_iter().filter(|(number, times)| often(number) != (*times).min(TELLING));
        let seen = seen.map(|(number, _)| number).collect();
        (sheet, is_level.then_some(Differs { strips: edited, gains, seen, gaps }))
    }

    /// What is to be remembered of it; it was read of these lines.
    pub fn into_past(self, lines: &[Written]) -> Past {
        let known = |line: &Written| Known { text: line.text.into(), start: line.start, asides: line.asides };
        let texts = lines.iter().map(known).collect();
        Past { texts, strips: self.strips, gaps: self.gaps, seen: self.seen }
    }

    fn remember(&self, number: u64, before: &mut Before) {
        before.entry(number).or_insert_with(|| self.seen.get(&number).copied().unwrap_or_default());
    }

    /// Counts a line's gaps and words no more.
    fn count_out(&mut self, facts: &Facts, before: &mut Before) {
        for token in facts.tokens.iter().filter(|token| token.spaces >= WIDE) {
            self.gaps[token.column as usize] -= 1;
        }
        for number in numbers(facts) {
            self.remember(number, before);
            let Some(times) = self.seen.get_mut(&number) else { continue };
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.seen.remove(&number);
            }
        }
    }

    /// Works out what speaks for a split in each of the edited strips and those beside them; gives the strips of which it is
    /// another than it was.
    fn weigh(&mut self, edited: &Range<usize>) -> Range<usize> {
        let mut differ = edited.clone();
        for strip in edited.start.saturating_sub(1)..(edited.end + 1).min(self.strips.len()) {
            let gains = self.gains(strip);
            if self.strips[strip].weigh(gains) {
                differ = differ.start.min(strip)..differ.end.max(strip + 1);
            }
        }
        self.weave = self.woven(2);
        differ
    }
}

/// So many numbers are counted of a line that are new to the sheet.
const USUAL: usize = 16;

/// Whatever stands in a sheet more often says no more than this: the cues tell up to three others.
const TELLING: u16 = 4;

impl Strip {
    /// The same strip on another line, its text at another byte than it was.
    fn stand_at(&mut self, line: &Written, was: usize, after_blank: bool) {
        (self.line, self.after_blank) = (line.line, after_blank);
        if was != line.start {
            let moved = |byte: usize| byte - was + line.start;
            let spans = self.facts.tokens.iter_mut().map(|token| &mut token.span);
            let spans = spans.chain(&mut self.facts.asides);
            spans.for_each(|span| *span = Span::new(moved(span.start), moved(span.end)));
        }
    }
}

impl Differs {
    /// Whether the words of a strip are as they were.
    pub fn is_same(&self, strip: usize) -> bool {
        !self.strips.contains(&strip)
    }

    /// Whether the ways to cut a strip that are worth a look are as they were.
    pub fn cuts_stand(&self, strip: usize) -> bool {
        self.is_same(strip) && !self.gains.contains(&strip)
    }

    /// Whether a strip and those around it, as far as any cue looks, are as they were.
    pub fn looks_same(&self, strip: usize) -> bool {
        /// The cues of a line outside and of the start of columns look at six strips above and six below.
        const AROUND: usize = 6;
        let (above, below) = (strip.saturating_sub(AROUND), strip + AROUND);
        let apart = |range: &Range<usize>| range.is_empty() || range.end <= above || below < range.start;
        apart(&self.strips) && apart(&self.gains)
    }

    /// Whether the last word of a piece and the first of another stand side by side as often as they did.
    pub fn meet_as_often(&self, sheet: &Sheet, from: Option<Piece>, to: Option<Piece>) -> bool {
        let (Some(from), Some(to), false) = (from, to, self.seen.is_empty()) else { return true };
        let left = &sheet.facts(from).tokens[from.end() - 1].word;
        let right = &sheet.facts(to).tokens[to.start()].word;
        let changed = |number: u64| self.seen.contains(&number);
        !(changed(left.beside(right)) || left.is_broken() && changed(left.joined(right)))
    }

    /// Whether the words of a strip stand side by side elsewhere as often as they did, and as many wide gaps end where its
    /// own do.
    pub fn is_alike_inside(&self, sheet: &Sheet, strip: usize) -> bool {
        let tokens = &sheet.strips[strip].facts.tokens;
        let piece = |word: usize| Some(Piece::new(strip, word..word + 1));
        let gap = |at: usize| tokens[at].spaces >= WIDE || at == 0 && tokens[at].spaces > 0;
        let aligned = |column: u32| sheet.aligned(column).to_bits() == sheet.aligned_in(&self.gaps, column).to_bits();
        (1..tokens.len()).all(|word| self.meet_as_often(sheet, piece(word - 1), piece(word)))
            && (self.gaps == sheet.gaps || (0..tokens.len()).all(|at| !gap(at) || aligned(tokens[at].column)))
    }
}
