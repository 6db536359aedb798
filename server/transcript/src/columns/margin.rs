//! Marks that stand on the lines of a page but in none of its columns: the letters that name the quarters of a page of
//! minutes, the numbers of every fifth line, an archive's stamp up the left edge. Whoever reads the page skips them, so
//! they are set aside before the lines are judged. Each is known by its fellows on the page alone: a letter or a number
//! by itself is a word like any other.

use rustc_hash::FxHashMap;

/// A word of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    line: usize,
    word: usize,
}

/// Which of the first words of a line are marks; a line of columns has fewer words than this can tell of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u128);

impl Marks {
    /// Whether a word is one.
    pub fn holds(self, word: usize) -> bool {
        word < u128::BITS as usize && self.0 >> word & 1 == 1
    }

    fn add(&mut self, word: usize) {
        if word < u128::BITS as usize {
            self.0 |= 1 << word;
        }
    }
}

/// Where on its line a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Left,
    Right,
    /// Neither: numbers of lines may stand between the columns.
    Between,
}

/// The marks on each line of a page. A line of nothing else has none.
pub fn marks(lines: &[&str]) -> Vec<Marks> {
    let words: Vec<Vec<&str>> = lines.iter().map(|line| line.split_whitespace().collect()).collect();
    let mut marks = vec![Marks::default(); lines.len()];
    for mark in quarters(&words).into_iter().chain(numbers(&words)).chain(stamp(&words)) {
        marks[mark.line].add(mark.word);
    }
    for (marks, words) in marks.iter_mut().zip(&words) {
        if marks.0.count_ones() as usize >= words.len() {
            *marks = Marks::default();
        }
    }
    marks
}

/// The letters `(A)` and `(B)` at the left edge, `(C)` and `(D)` at the right one, as minutes of parliaments have them.
/// An entry of a list starts with such a letter too, but no line ends with one.
fn quarters(words: &[Vec<&str>]) -> Vec<Mark> {
    let first = |line: usize| words[line].first().is_some_and(|word| matches!(*word, "(A)" | "(B)"));
    let last = |line: usize| words[line].last().is_some_and(|word| matches!(*word, "(C)" | "(D)"));
    let left: Vec<usize> = (0..words.len()).filter(|&line| first(line)).collect();
    let right: Vec<usize> = (0..words.len()).filter(|&line| last(line)).collect();
    if !(1..=2).contains(&left.len()) || !(1..=2).contains(&right.len()) {
        return Vec::new();
    }
    let at_left = left.into_iter().map(|line| Mark { line, word: 0 });
    at_left.chain(right.into_iter().map(|line| Mark { line, word: words[line].len() - 1 })).collect()
}

/// The numbers of every fifth line: at one edge, or all of them between the columns.
fn numbers(words: &[Vec<&str>]) -> Vec<Mark> {
    /// So many such numbers one after the other are no chance.
    const FEWEST: usize = 4;
    [Edge::Left, Edge::Right, Edge::Between]
        .into_iter()
        .map(|edge| longest_count(words, edge))
        .find(|marks| marks.len() >= FEWEST)
        .unwrap_or_default()
}

/// A number that may count lines, as the end of the longest run that comes to it.
struct Count {
    mark: Mark,
    length: usize,
    before: Option<usize>,
}

/// The longest run of numbers at an edge that grow by five from about every fifth line to the next. Where the columns are
/// not on one grid there are up to twice as many lines between.
fn longest_count(words: &[Vec<&str>], edge: Edge) -> Vec<Mark> {
    const EVERY: usize = 5;
    let mut counts: Vec<Count> = Vec::new();
    // Where each number stands, once a line, the lowest line last.
    let mut places: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (line, words) in words.iter().enumerate() {
        for (word, number) in numbers_at(words, edge) {
            let apart = |at: &usize| line - counts[*at].mark.line;
            let known = |number: usize| places.get(&number).into_iter().flatten().rev().copied();
            if known(number).next().is_some_and(|last| apart(&last) == 0) {
                continue;
            }
            let near = known(number - EVERY).take_while(|at| apart(at) <= 2 * EVERY);
            let before = near.filter(|at| apart(at) + 1 >= EVERY).max_by_key(|at| counts[*at].length);
            let length = 1 + before.map_or(0, |before| counts[before].length);
            places.entry(number).or_default().push(counts.len());
            counts.push(Count { mark: Mark { line, word }, length, before });
        }
    }
    let last = (0..counts.len()).max_by_key(|at| counts[*at].length);
    std::iter::successors(last, |&at| counts[at].before).map(|at| counts[at].mark).collect()
}

/// The numbers that stand at an edge of a line and may count lines: fives, with no sign beside them.
fn numbers_at<'w>(words: &'w [&str], edge: Edge) -> impl Iterator<Item = (usize, usize)> + 'w {
    const MOST: usize = 200;
    let at_edge = move |word: usize| match edge {
        Edge::Left => word == 0,
        Edge::Right => word + 1 == words.len(),
        Edge::Between => 0 < word && word + 1 < words.len(),
    };
    let number = |text: &str| text.parse().ok().filter(|number| number % 5 == 0 && (5..=MOST).contains(number));
    words
        .iter()
        .enumerate()
        .filter(move |(word, _)| at_edge(*word))
        .filter_map(move |(word, text)| Some((word, number(text)?)))
}

/// What the archive puts on a paper, up its left edge: `arXiv:` number `[`field`]` day month year. Flattened, lines begin
/// with a part of it written backwards, the year first.
fn stamp(words: &[Vec<&str>]) -> Vec<Mark> {
    let at_name = |words: &Vec<&str>| words.first().is_some_and(|word| word.ends_with(":viXra"));
    match words.iter().position(at_name) {
        Some(name) => stamp_in_words(words, name),
        None => stamp_in_letters(words),
    }
}

/// The stamp where each of its words begins a line, the last one this.
fn stamp_in_words(words: &[Vec<&str>], name: usize) -> Vec<Mark> {
    const MONTHS: [&str; 12] = ["naJ", "beF", "raM", "rpA", "yaM", "nuJ", "luJ", "guA", "peS", "tcO", "voN", "ceD"];
    const PARTS: [fn(&str) -> bool; 4] = [
        |word| word.starts_with(']') && word.ends_with('['),
        |word| word.len() <= 2 && is_number(word),
        |word| MONTHS.contains(&word),
        |word| word.len() == 4 && is_number(word),
    ];
    let mut marks = vec![Mark { line: name, word: 0 }];
    let mut next = 0;
    for line in (0..name).rev() {
        let first = words[line].first().copied().unwrap_or_default();
        if let Some(part) = (next..PARTS.len()).find(|part| PARTS[*part](first)) {
            marks.push(Mark { line, word: 0 });
            next = part + 1;
        }
    }
    marks
}

/// The stamp where one letter of it or a few begin each line.
fn stamp_in_letters(words: &[Vec<&str>]) -> Vec<Mark> {
    const FEW: usize = 3;
    let piece = |line: usize| {
        let first = words[line].first().copied().unwrap_or_default();
        if first.chars().count() <= FEW && words[line].len() > 1 { first } else { "" }
    };
    let mut letters = String::new();
    let ends: Vec<usize> = (0..words.len())
        .map(|line| {
            letters.push_str(piece(line));
            letters.len()
        })
        .collect();
    const NAME: &str = ":viXra";
    let Some(found) = letters.find(NAME) else { return Vec::new() };
    let last = ends.partition_point(|&to| to < found + NAME.len());
    let mut read = String::new();
    let mut marks: Vec<Mark> = Vec::new();
    for line in (0..=last).rev() {
        // A line between two letters may have none; two of them end the stamp.
        if marks.last().is_some_and(|below| below.line > line + 2)
            || read.split_once(']').is_some_and(|(_, day)| is_day(day))
        {
            break;
        }
        if !piece(line).is_empty() {
            read.extend(piece(line).chars().rev());
            marks.push(Mark { line, word: 0 });
        }
    }
    marks
}

/// Whether a text is a day written down without spaces: `6Dec2017`.
fn is_day(text: &str) -> bool {
    let month = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let year = month.trim_start_matches(char::is_alphabetic);
    month.len() < text.len() && year.len() < month.len() && year.len() == 4 && is_number(year)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marks of a page are drawn in brackets of their own: `‹5›`.
    fn check(page: &str) {
        let text = page.replace(['‹', '›'], "");
        let lines: Vec<&str> = text.lines().collect();
        let drawn: Vec<String> = lines
            .iter()
            .zip(marks(&lines))
            .map(|(line, marks)| {
                let words = line.split_whitespace().enumerate();
                let words = words.map(|(at, word)| if marks.holds(at) { format!("‹{word}›") } else { word.to_owned() });
                words.collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(drawn.join("\n") + "\n", page);
    }

    #[test]
    fn letters_name_the_quarters_of_a_page() {
        check("‹(A)› Das Haus hat dem Haushalt ‹(C)›\nzugestimmt und geht nun\n‹(B)› in die Pause bis ‹(D)›\n");
        check("(A) first the boats\n(B) then the nets\n");
        check("(A) first the boats\n(B) then the nets\n(C) and the quay\nas in plan (C)\n(A) again\n");
    }

    #[test]
    fn every_fifth_line_has_its_number() {
        let line = |number: usize, mark: &str| match number % 5 {
            0 => format!("the pump is driven by ‹{number}›{mark} a shaft of steel\n"),
            _ => "the pump is driven by a shaft of steel\n".to_owned(),
        };
        check(&(1..=22).map(|number| line(number, "")).collect::<String>());
        // Three are too few.
        check(&(1..=17).map(|number| line(number, "")).collect::<String>().replace(['‹', '›'], ""));
        // However many numbers there are, a line counts once.
        let all = "5 5 5 10 10 15 15 20 20 25 25 30 30 ".repeat(6) + "end\n";
        check(&all.repeat(4));
        // Numbers that count nothing.
        check("a 5 b\nc 10 d\ne 15 f\ng 20 h\n");
    }

    #[test]
    fn the_stamp_of_an_archive_stands_on_its_side() {
        let stamp = ["71", "02", "ceD", "6", "]", "LC", ".sc", "[", "v5", "267", "30.", "607", "1:v", "iX", "ra"];
        let page: String = stamp.iter().map(|part| format!("‹{part}› the model is taught on a corpus\n")).collect();
        check(&format!("a title stands here\n{page}and the text goes on\n"));
        check(
            "\
a title stands here
‹0202› ciently with an index and can be seen
as a sparse vector of many numbers
‹peS› retrieval can be built of it and
used for a lookup in the other one
‹03› that is, of the words of all of them
‹]LC.sc[› what is asked of the index
in one word of the other two
‹3v60940.4002:viXra› a dense one would be better
",
        );
    }
}
