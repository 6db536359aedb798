//! Sets prose in columns: breaks paragraphs into lines as a typesetter does, each line as full as it gets, fills the
//! columns of a page one after the other, and knows at which height each line stands.

use crate::face::Face;
use crate::hyphen;
use fastrand::Rng;

/// How a page is set; drawn at random for each page.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) face: Face,
    /// How many columns.
    pub(crate) columns: usize,
    /// The width of a column, in thousandths of the type size; the left one's where they differ.
    pub(crate) measure: f32,
    /// The width of the other columns, as a share of it.
    pub(crate) others: f32,
    /// Whether words are spaced out to an even edge; then they may also be squeezed by this share of their spaces.
    pub(crate) squeeze: f32,
    /// The mark that ends a word cut at the line's end; none where words are kept whole.
    pub(crate) hyphen: Option<char>,
    /// Whether a line may end after a hyphen that the word has anyway.
    pub(crate) compounds: bool,
    /// Whether all columns share their baselines.
    pub(crate) grid: bool,
    /// Space between paragraphs, in lines.
    pub(crate) gap: f32,
    /// The first line of a paragraph starts so much further in, in thousandths of the type size.
    pub(crate) indent: f32,
    /// How many lines a full column has.
    pub(crate) depth: f32,
    /// The size of small type, as a share of the body's.
    pub(crate) small: f32,
    /// How much narrower text beside a picture is, as a share of the column.
    pub(crate) beside: f32,
}

/// What stands on a page one after the other.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// Running text.
    Paragraph(String),
    /// A heading inside a column.
    Heading(String),
    /// One entry of a list, its mark included.
    Item(String),
    /// A note or a source, in smaller type.
    Note(String),
    /// Running text that is set narrower, beside a picture.
    Beside(String),
    /// A row of a table or a scrap of a figure: a line of its own, however short, so high in lines of the body text.
    Row { text: String, height: f32 },
    /// A picture so many lines high, of which no text is left.
    Picture(f32),
}

impl Piece {
    /// What it says.
    pub(crate) fn text(&self) -> &str {
        match self {
            Piece::Paragraph(text) | Piece::Heading(text) | Piece::Item(text) | Piece::Note(text) => text,
            Piece::Beside(text) | Piece::Row { text, .. } => text,
            Piece::Picture(_) => "",
        }
    }
}

/// A line of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its column, from zero.
    pub(crate) column: usize,
    /// How far down its baseline stands, in lines of the body text.
    pub(crate) height: f32,
    /// Its text, with a hyphen where a word was cut.
    pub(crate) text: String,
    /// Whether the paragraph goes on in the next line.
    pub(crate) wrapped: bool,
}

impl Style {
    /// A style drawn at random for so many columns.
    pub(crate) fn any(rng: &mut Rng, columns: usize) -> Style {
        let grid = rng.f32() < 0.5;
        let gap =
            *rng.choice(if grid { &[0.0, 0.0, 1.0, 1.0][..] } else { &[0.0, 0.3, 0.5, 0.6, 1.0][..] }).unwrap_or(&0.0);
        let ems = if columns == 2 { 20.0 + rng.f32() * 13.0 } else { 14.0 + rng.f32() * 7.0 };
        Style {
            face: Face::any(rng),
            columns,
            measure: ems * 1000.0,
            others: if columns == 2 && rng.f32() < 0.08 { 0.5 + rng.f32() * 1.2 } else { 1.0 },
            squeeze: if rng.bool() { rng.f32() * 0.25 } else { 0.0 },
            hyphen: *rng
                .choice(&[None, None, None, Some('-'), Some('-'), Some('-'), Some('\u{ad}'), Some('\u{2010}')])
                .unwrap_or(&None),
            compounds: rng.f32() < 0.7,
            grid,
            gap,
            indent: if gap < 0.2 || rng.f32() < 0.2 { 1000.0 + rng.f32() * 800.0 } else { 0.0 },
            depth: 12.0 + rng.f32() * 44.0,
            small: 0.7 + rng.f32() * 0.22,
            beside: 0.15 + rng.f32() * 0.4,
        }
    }

    /// Breaks a text into lines of at most `measure`, the first one `indent` shorter.
    pub(crate) fn broken(&self, text: &str, measure: f32, indent: f32) -> Vec<String> {
        let space = self.face.width(" ");
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut room = measure - indent;
        let mut spaces = 0.0;
        let mut cuts = 0;
        for word in text.split_whitespace() {
            let mut rest = word.to_owned();
            loop {
                let slack = room + self.squeeze * space * spaces;
                let lead = if line.is_empty() { 0.0 } else { space };
                if lead + self.face.width(&rest) <= slack {
                    room -= lead + self.face.width(&rest);
                    if !line.is_empty() {
                        line.push(' ');
                        spaces += 1.0;
                    }
                    line.push_str(&rest);
                    break;
                }
                let fits = |head: &str| lead + self.face.width(head) <= slack;
                if let Some((head, tail, cut)) = self.cut(&rest, cuts, &fits) {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    line.push_str(&head);
                    rest = tail;
                    cuts = if cut { cuts + 1 } else { 0 };
                } else if line.is_empty() {
                    line = std::mem::take(&mut rest); // wider than the column: it stands out
                } else {
                    cuts = 0;
                }
                lines.push(std::mem::take(&mut line));
                (room, spaces) = (measure, 0.0);
                if rest.is_empty() {
                    break;
                }
            }
        }
        lines.extend(Some(line).filter(|line| !line.is_empty()));
        lines
    }

    /// The longest beginning of a word that still fits, with its hyphen, the rest, and whether the hyphen is new.
    fn cut(&self, word: &str, cuts: usize, fits: &dyn Fn(&str) -> bool) -> Option<(String, String, bool)> {
        let own = word.match_indices(['-', '–', '/']).map(|(at, mark)| (at + mark.len(), false));
        let own = own.filter(|&(at, _)| self.compounds && at > 1 && at + 1 < word.len());
        let new = self.hyphen.filter(|_| cuts < 3).map(|_| hyphen::points(word)).unwrap_or_default();
        let mut points: Vec<(usize, bool)> = own.chain(new.into_iter().map(|at| (at, true))).collect();
        points.sort_unstable();
        points.into_iter().rev().find_map(|(at, new)| {
            let mark = self.hyphen.filter(|_| new).map(String::from).unwrap_or_default();
            let head = format!("{}{mark}", &word[..at]);
            fits(&head).then(|| (head, word[at..].to_owned(), new))
        })
    }

    /// How wide all columns are with what lies between them.
    pub(crate) fn whole(&self) -> f32 {
        self.measure * (1.0 + self.others * (self.columns as f32 - 1.0) + 0.06)
    }

    /// The width of a column.
    fn width_of(&self, column: usize) -> f32 {
        if column == 0 { self.measure } else { self.measure * self.others }
    }

    /// The text that was broken into some lines.
    fn joined(&self, lines: &[String]) -> String {
        let mut text = String::new();
        for line in lines {
            match self.hyphen.and_then(|hyphen| line.strip_suffix(hyphen)) {
                Some(cut) => text.push_str(cut),
                None => text.extend([line, " "]),
            }
        }
        text
    }

    /// Fills the columns with the pieces, one column after the other, until the pieces or the page end.
    pub(crate) fn set(&self, pieces: &[Piece], rng: &mut Rng) -> Vec<Line> {
        let headings = Headings::any(self.grid, rng);
        let mut page = Filled::new(self, rng);
        for piece in pieces {
            // How much stands above and below, how high a line is, how large its type, and how far it is set in.
            let (before, after, advance, size, indent, inset) = match piece {
                Piece::Paragraph(_) => (0.0, self.gap, 1.0, 1.0, self.indent, 0.0),
                Piece::Heading(_) => (headings.before, headings.after, headings.size, headings.size, 0.0, 0.0),
                Piece::Item(_) => (0.0, self.gap / 2.0, 1.0, 1.0, 0.0, 1500.0),
                Piece::Note(_) => (0.0, 0.0, if self.grid { 1.0 } else { self.small }, self.small, 0.0, 0.0),
                Piece::Beside(_) => (0.0, self.gap, 1.0, 1.0, self.indent, self.beside * self.measure),
                Piece::Row { height, .. } => (0.0, 0.0, *height, height.min(1.0), 0.0, 0.0),
                Piece::Picture(lines) => {
                    page.leave(*lines);
                    continue;
                }
            };
            let text = piece.text();
            let is_row = matches!(piece, Piece::Row { .. });
            if !is_row {
                page.leave(0.0);
            }
            page.leave_above(before);
            let mut broken = self.broken(text, (self.width_of(page.column) - inset) / size, indent);
            let mut at = 0;
            while at < broken.len() {
                let column = page.column;
                if !page.put(std::mem::take(&mut broken[at]), at + 1 < broken.len(), advance) {
                    return page.lines;
                }
                at += 1;
                if page.column != column && self.others != 1.0 {
                    // What is left of the paragraph is broken anew for a column of another width.
                    let rest = self.joined(&broken.split_off(at));
                    broken.extend(self.broken(&rest, (self.width_of(page.column) - inset) / size, 0.0));
                }
            }
            if !is_row {
                page.leave(after);
            }
        }
        page.lines
    }
}

/// How headings are set.
struct Headings {
    before: f32,
    after: f32,
    size: f32,
}

impl Headings {
    fn any(grid: bool, rng: &mut Rng) -> Headings {
        if grid {
            let after = if rng.bool() { 1.0 } else { 0.0 };
            return Headings { before: 1.0, after, size: 1.0 };
        }
        Headings { before: 0.4 + rng.f32() * 1.4, after: rng.f32() * 0.9, size: 1.0 + rng.f32() * 0.4 }
    }
}

/// A page as far as it is filled.
struct Filled {
    lines: Vec<Line>,
    column: usize,
    height: f32,
    starts: Vec<f32>,
    ends: Vec<f32>,
    grid: bool,
}

impl Filled {
    fn new(style: &Style, rng: &mut Rng) -> Filled {
        // Off a common grid the columns may also start at heights that no line of the other shares.
        let apart = !style.grid && rng.f32() < 0.4;
        let starts: Vec<f32> = (0..style.columns)
            .map(|_| {
                let lines = match rng.usize(..100) {
                    ..15 => rng.f32() * 8.0,
                    15..20 => rng.f32() * 0.6 * style.depth,
                    _ => 0.0,
                };
                lines.floor() + if apart { rng.f32() } else { 0.0 }
            })
            .collect();
        let ends = (0..style.columns).map(|_| {
            let share = match rng.usize(..100) {
                ..25 => 0.5 + rng.f32() * 0.5,
                25..32 => 0.15 + rng.f32() * 0.35,
                _ => 1.0,
            };
            style.depth * share
        });
        Filled { lines: Vec::new(), column: 0, height: starts[0], ends: ends.collect(), starts, grid: style.grid }
    }

    /// Leaves so much free, but not at the top of a column.
    fn leave_above(&mut self, lines: f32) {
        self.height += if self.height > self.starts[self.column] { lines } else { 0.0 };
    }

    fn leave(&mut self, lines: f32) {
        self.height += lines;
        if self.grid {
            self.height = self.height.ceil();
        }
    }

    /// Puts a line where there is room, in the next column if need be; tells whether there was.
    fn put(&mut self, text: String, wrapped: bool, advance: f32) -> bool {
        if self.height + advance > self.ends[self.column] {
            self.column += 1;
            if self.column == self.starts.len() {
                return false;
            }
            self.height = self.starts[self.column];
        }
        self.lines.push(Line { column: self.column, height: self.height, text, wrapped });
        self.height += advance;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop, prop_assert, prop_assert_eq, proptest};

    /// A text without white space and without the hyphens that breaking lines may add.
    fn letters(text: &str) -> String {
        text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{2010}').collect()
    }

    fn style(seed: u64) -> Style {
        let mut style = Style::any(&mut Rng::with_seed(seed), 2);
        style.hyphen = style.hyphen.map(|_| '\u{2010}');
        style
    }

    #[test]
    fn a_line_ends_where_the_next_word_does_not_fit() {
        let mut style = Style::any(&mut Rng::with_seed(1), 2);
        (style.hyphen, style.squeeze) = (None, 0.0);
        let measure = style.face.width("the width of") + 1.0;
        let lines = style.broken("the width of every word counts", measure, 0.0);
        assert_eq!(lines, ["the width of", "every word", "counts"]);
    }

    #[test]
    fn columns_are_filled_one_after_the_other() {
        let mut style = Style::any(&mut Rng::with_seed(2), 2);
        (style.depth, style.grid) = (40.0, true);
        let pieces = vec![Piece::Paragraph("one two three four five six seven eight nine ten ".repeat(200))];
        let lines = style.set(&pieces, &mut Rng::with_seed(2));
        let columns: Vec<usize> = lines.iter().map(|line| line.column).collect();
        assert!(columns.is_sorted() && columns.last() == Some(&1), "{columns:?}");
    }

    proptest! {
        #[test]
        fn breaking_lines_keeps_every_letter(text in "[\\PC ]{0,200}", seed in 0u64..500, measure in 500f32..9000.0) {
            let lines = style(seed).broken(&text, measure, 0.0);
            prop_assert_eq!(letters(&lines.join(" ")), letters(&text));
            prop_assert!(lines.iter().all(|line| !line.trim().is_empty()));
        }

        #[test]
        fn a_page_with_room_keeps_every_letter(texts in prop::collection::vec("[a-zé,. -]{1,90}", 1..6), seed in 0u64..500) {
            let style = Style { depth: 400.0, ..style(seed) };
            let pieces: Vec<Piece> = texts.iter().cloned().map(Piece::Paragraph).collect();
            let lines = style.set(&pieces, &mut Rng::with_seed(seed));
            let set: String = lines.iter().map(|line| letters(&line.text)).collect();
            prop_assert_eq!(set, letters(&texts.concat()));
        }
    }
}
