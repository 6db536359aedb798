//! Flattens a set page as extractors do: lines of about the same height become one physical line, whatever column they
//! stand in, with one space, some spaces or a wide gap between them.

use crate::page::PageLine;
use crate::setter::Line;
use fastrand::Rng;

/// How an extractor writes a page down; drawn at random for each page.
#[derive(Clone, Debug)]
pub(crate) struct Manner {
    /// Lines closer than this become one physical line, in lines of the body text.
    tolerance: f32,
    /// What stands between the columns.
    gutter: Gutter,
    /// Whether a line that goes on keeps the space at its end.
    trailing: bool,
    /// Whether gaps between paragraphs come out as blank lines.
    blanks: bool,
    /// How often a blank line follows that means nothing.
    idle: f32,
    /// How often a word is misread.
    misread: f32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Gutter {
    /// One space.
    One,
    /// One space, at times two or three.
    Few,
    /// As many as put the columns under each other, at least two.
    Wide,
}

impl Manner {
    /// A manner drawn at random: most often a single space, which is the hard case.
    pub(crate) fn any(rng: &mut Rng) -> Manner {
        Manner {
            tolerance: 0.2 + rng.f32() * 0.25,
            gutter: *rng
                .choice(&[Gutter::One, Gutter::One, Gutter::One, Gutter::One, Gutter::Few, Gutter::Wide])
                .unwrap_or(&Gutter::One),
            trailing: rng.f32() < 0.2,
            blanks: rng.f32() < 0.3,
            idle: if rng.f32() < 0.1 { rng.f32() * 0.9 } else { 0.0 },
            misread: if rng.f32() < 0.12 { rng.f32() * 0.08 } else { 0.0 },
        }
    }

    /// The physical lines of a page.
    pub(crate) fn flatten(&self, mut lines: Vec<Line>, rng: &mut Rng) -> Vec<PageLine> {
        lines.iter_mut().for_each(|line| line.text = self.read(&line.text, rng));
        lines.sort_by(|one, other| one.height.total_cmp(&other.height).then(one.column.cmp(&other.column)));
        let widest = |column: usize| {
            lines.iter().filter(|line| line.column < column).map(|line| line.text.chars().count()).max()
        };
        let edges: Vec<usize> = (0..4).map(|column| widest(column).unwrap_or(0) * column.min(1) + 3 * column).collect();
        let mut page: Vec<PageLine> = Vec::new();
        let mut rest = lines.as_slice();
        let mut above = rest.first().map_or(0.0, |line| line.height);
        while let Some(first) = rest.first() {
            let together = rest.iter().take_while(|line| line.height - first.height < self.tolerance);
            let (row, after) = rest.split_at(self.one_each(together));
            rest = after;
            if self.blanks && first.height - above > 1.35 && !page.is_empty() {
                page.push(PageLine { text: String::new(), cells: Some(Vec::new()), score: true });
            }
            above = first.height;
            let mut row = row.to_vec();
            row.sort_by_key(|line| line.column);
            page.push(self.joined(&row, &edges, rng));
            if rng.f32() < self.idle {
                page.push(PageLine { text: String::new(), cells: Some(Vec::new()), score: true });
            }
        }
        page
    }

    /// A line as recognition reads it: letters taken for others, words run together or torn apart.
    fn read(&self, text: &str, rng: &mut Rng) -> String {
        if self.misread == 0.0 {
            return text.to_owned();
        }
        let mut read = String::new();
        for word in text.split(' ') {
            let join = read.is_empty() || rng.f32() < self.misread / 8.0;
            read.push_str(if join { "" } else { " " });
            if rng.f32() >= self.misread {
                read.push_str(word);
                continue;
            }
            let torn = if rng.f32() < 0.15 { word.chars().count() / 2 } else { 0 };
            for (at, letter) in word.chars().enumerate() {
                if at > 0 && at == torn {
                    read.push(' ');
                }
                read.push(if rng.f32() < 0.2 { misread(letter) } else { letter });
            }
        }
        read
    }

    /// How many of the lines make one physical line: never two of the same column.
    fn one_each<'a>(&self, lines: impl Iterator<Item = &'a Line>) -> usize {
        let mut taken = Vec::new();
        for line in lines {
            if taken.contains(&line.column) {
                break;
            }
            taken.push(line.column);
        }
        taken.len()
    }

    fn joined(&self, row: &[Line], edges: &[usize], rng: &mut Rng) -> PageLine {
        let mut text = String::new();
        let mut cells = Vec::new();
        for line in row {
            let length = text.chars().count();
            let spaces = match self.gutter {
                Gutter::Wide => edges[line.column.min(3)].saturating_sub(length).max(if length == 0 { 0 } else { 2 }),
                _ if length == 0 => 0,
                Gutter::Few if rng.f32() < 0.4 => 2 + rng.usize(..2),
                Gutter::One | Gutter::Few => 1,
            };
            text.extend(std::iter::repeat_n(' ', spaces));
            let start = length + spaces;
            text.push_str(&line.text);
            cells.push((i32::try_from(line.column).unwrap_or(0), start, start + line.text.chars().count()));
        }
        if self.trailing
            && row.last().is_some_and(|line| line.wrapped && !line.text.ends_with(['-', '\u{ad}', '\u{2010}']))
        {
            text.push(' ');
        }
        PageLine { text, cells: Some(cells), score: true }
    }
}

/// What a letter is easily taken for.
fn misread(letter: char) -> char {
    match letter {
        'e' => 'c',
        'l' => '1',
        'o' | 'O' => '0',
        'i' => 'l',
        'S' => '5',
        'n' => 'u',
        'h' => 'b',
        't' => 'f',
        ',' => '.',
        other => other,
    }
}
