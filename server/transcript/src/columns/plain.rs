//! Whether lines plainly read on from one to the next, as those of most texts do: then nothing ran together there, and
//! nothing else has to be looked at. Two things tell. Where columns ran together, what ends a line does not go on in the
//! next; and the words inside a line follow one another far more naturally than those over its end, which in a table, a
//! list or a language that the model does not know they do not. Before either is asked: where the lines are as a text editor
//! breaks them, each as long as the next word allows, they are those of one column.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use memchr::memmem::Finder;

use super::junction::{Junctions, Known, tamed};
use super::texts::Words;

/// So many lines are judged together, and so few in a text that reads on for the most part.
const WINDOW: usize = 8;
const FEW: usize = 4;
/// The ends of that many lines are strange, and of few, where the junctions over them, each from -1 to 1, are no more than this
/// on average; and of many where they are [`HARDLY`] natural, and less so than the insides of their lines by [`STRANGER`]. Of 1,316
/// pages in columns, and texts with some lines of them, that are read rightly these leave out eight (25 did -0.4, -0.6 and no look
/// inside). Lines of one column, broken after some 60, 75, 95, 130 and 200 letters, come to 0.32, 0.30, 0.26, 0.16 and 0.02 all
/// together, and their lowest eight to -0.33.
const STRANGE: [f32; 2] = [-0.35, -0.55];
const HARDLY: f32 = -0.2;
const STRANGER: f32 = -0.7;
/// Plainly strange: where there are such, no others are judged.
const PLAINLY: [f32; 2] = [-0.4, -0.6];
/// Where the lines of a text do not read on for the most part, it may be one of which the model knows nothing: then the ends
/// of lines have to be strange, and by so much stranger than their insides.
const UNKNOWN: f32 = -0.6;
/// Inside a line so many junctions are looked at.
const INSIDE: usize = 3;
/// Of fewer lines chance may make any go on in the next.
const FEWEST: usize = 24;
/// A line of fewer words tells nothing of this.
const TELLING: usize = 4;

/// Of fewer lines chance may make each as full as it can be where columns ran together: of 895 merged pages of the corpora, of
/// papers and set by the trainer, 49,000 lines, none has more than nine such in a row, nor fewer than five that are not.
const FULL: usize = 12;

/// A line and its words.
type Line = (usize, Vec<Arc<Known>>);

/// The parts of a sheet, as runs of its lines, in which columns may have run together: none where each line plainly goes on
/// in the next, and only where some do not, if the rest does.
pub fn parts(sheet: &[&str], junctions: &Junctions, (known, texts): &mut Words) -> Vec<Range<usize>> {
    if are_full(sheet) {
        return Vec::new();
    }
    // A mark before a line, as of a list, a comment or a quotation, is not what the line above goes on with.
    let mut words = |line: &str| {
        let words = line.split_whitespace().map(|text| texts.looked_up(text, known, junctions));
        let words = words.skip_while(|known| known.word().is_mark()).collect();
        known.line(words, junctions)
    };
    let lines = sheet.iter().enumerate().map(|(at, line)| (at, words(line)));
    let lines: Vec<Line> = lines.filter(|(_, words)| !words.is_empty()).collect();
    let pairs = lines.windows(2).filter_map(<[Line]>::first_chunk);
    let telling: Vec<&[Line; 2]> = pairs.filter(|[above, _]| above.1.len() >= TELLING).collect();
    let parts = strange_runs(&telling, junctions).map(|runs| around(&runs, sheet.len()));
    // A page of which so much is strange is judged as a whole: lines of one column read on between those of two.
    let some = parts.filter(|parts| parts.iter().map(Range::len).sum::<usize>() * 3 <= sheet.len());
    some.unwrap_or_else(|| std::iter::once(0..sheet.len()).collect())
}

/// The runs of lines whose ends are strange, of lines and those after them; nothing where that does not tell which part of them
/// is to be judged.
fn strange_runs(telling: &[&[Line; 2]], junctions: &Junctions) -> Option<Vec<Range<usize>>> {
    if telling.len() < FEWEST {
        return None;
    }
    let natural = |before: &[Arc<Known>], after: &[Arc<Known>]| {
        tamed(junctions.between(&junctions.left(before), &junctions.right(after)))
    };
    let ends: Vec<f32> = telling.iter().map(|[above, below]| natural(&above.1, &below.1)).collect();
    let inside = |at: usize| {
        let words = &telling[at][0].1;
        let places = (0..INSIDE).map(|nth| 1 + (words.len() - 2) * (nth + 1) / (INSIDE + 1));
        places.map(|place| natural(&words[..place], &words[place..])).sum::<f32>() / INSIDE as f32
    };
    let mut insides: Vec<Option<f32>> = vec![None; ends.len()];
    let mut inside = |at: usize| *insides[at].get_or_insert_with(|| inside(at));
    let mut against_inside = |window: &Range<usize>| {
        let inside = window.clone().map(&mut inside).sum::<f32>() / window.len() as f32;
        mean(&ends[window.clone()]) - inside
    };
    if mean(&ends) <= 0.0 {
        let mut is_strange =
            |window: &Range<usize>| mean(&ends[window.clone()]) <= STRANGE[0] && against_inside(window) <= UNKNOWN;
        return if windows(ends.len(), WINDOW).any(|window| is_strange(&window)) { None } else { Some(Vec::new()) };
    }
    let plainly =
        strange(telling, &mut |window| mean(&ends[window.clone()]) <= PLAINLY[usize::from(window.len() == FEW)]);
    let plainly = Some(plainly).filter(|runs| !runs.is_empty());
    Some(plainly.unwrap_or_else(|| {
        strange(telling, &mut |window| match (mean(&ends[window.clone()]), window.len()) {
            (natural, FEW) => natural <= STRANGE[1],
            (natural, _) => natural <= STRANGE[0] || natural <= HARDLY && against_inside(window) <= STRANGER,
        })
    }))
}

/// All runs of so many of some lines.
fn windows(lines: usize, length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..(lines + 1).saturating_sub(length)).map(move |start| start..start + length)
}

/// Whether no line had room for the word that the next one starts with, as long as the longest is: so an editor breaks lines.
/// Where columns ran together the next word is the left one's and the end of the line the right one's; but columns that were
/// filled with spaces to the last letter are full too, and those have wide gaps in them.
fn are_full(sheet: &[&str]) -> bool {
    let length = |line: &str| line.chars().count();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines: Vec<(&str, usize)> = sheet.iter().map(|line| line.trim_end()).map(|line| (line, length(line))).collect();
    let longest = lines.iter().map(|(_, length)| *length).max().unwrap_or(0);
    let mut told = 0;
    let full = lines.windows(2).all(|pair| {
        let [(above, width), (below, _)] = [pair[0], pair[1]];
        let Some(first) = below.split_whitespace().next().filter(|_| !above.is_empty()) else { return true };
        // What a paragraph ends with, or a point of a list, is as long as it happens to be.
        if indent(above) != indent(below) || !first.contains(char::is_alphanumeric) {
            return true;
        }
        told += 1;
        width + 1 + length(first) > longest
    });
    let is_wide = |line: &str| line.contains('\t') || WIDE.find(line.as_bytes()).is_some();
    full && told >= FULL && !lines.iter().any(|(line, _)| is_wide(line.trim_start()))
}

/// A gap that no editor leaves between words.
static WIDE: LazyLock<Finder> = LazyLock::new(|| Finder::new("   "));

/// The lines of each run of so many of them, and of few, that is strange.
fn strange(telling: &[&[Line; 2]], is_strange: &mut dyn FnMut(&Range<usize>) -> bool) -> Vec<Range<usize>> {
    let all = [WINDOW, FEW].into_iter().flat_map(|length| windows(telling.len(), length));
    let lines = |window: Range<usize>| telling[window.start][0].0..telling[window.end - 1][1].0 + 1;
    let mut runs: Vec<Range<usize>> = all.filter(|window| is_strange(window)).map(lines).collect();
    runs.sort_by_key(|run| run.start);
    runs
}

/// Runs of lines with some more on both sides, those that meet in one.
fn around(runs: &[Range<usize>], end: usize) -> Vec<Range<usize>> {
    /// Of four to twelve tried; with more the pages of the corpora come out no better.
    const MARGIN: usize = 6;
    let mut parts: Vec<Range<usize>> = Vec::new();
    for run in runs {
        let wide = run.start.saturating_sub(MARGIN)..(run.end + MARGIN).min(end);
        match parts.last_mut().filter(|part| wide.start <= part.end) {
            Some(part) => part.end = part.end.max(wide.end),
            None => parts.push(wide),
        }
    }
    parts
}

fn mean(numbers: &[f32]) -> f32 {
    numbers.iter().sum::<f32>() / numbers.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words in lines of so many letters at the most, each as long as the next word allows.
    fn broken(words: &[&str], width: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words {
            match lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= width) {
                Some(line) => *line = format!("{line} {word}"),
                None => lines.push((*word).to_owned()),
            }
        }
        lines
    }

    fn check(lines: &[String], expected: bool) {
        assert_eq!(are_full(&lines.iter().map(String::as_str).collect::<Vec<_>>()), expected, "{lines:#?}");
    }

    const WORDS: &str = "de haven van het één na grootste eiland was in dat jaar drukker dan ooit en er lag voor de sluis een rij schepen die er uren wachtten tot het water ver genoeg gezakt was om binnen te varen";

    #[test]
    fn lines_are_full_where_the_next_word_had_no_room() {
        let words = WORDS.repeat(3);
        let words: Vec<&str> = words.split(' ').collect();
        let lines = broken(&words, 38);
        check(&lines, true);
        check(&lines[..FULL], false);
        let loose = |at: usize| {
            let mut lines = lines.clone();
            lines[at] = lines[at].chars().take(12).collect();
            lines
        };
        check(&loose(5), false);
        check(&loose(lines.len() - 1), true);
    }

    #[test]
    fn ends_of_paragraphs_and_points_of_lists_are_as_long_as_they_happen_to_be() {
        let words: Vec<&str> = WORDS.split(' ').collect();
        let points = ["", "- de kade", "- de sluis"].map(str::to_owned);
        let text = [broken(&words, 20), vec![String::new()], broken(&words, 20), points.to_vec()].concat();
        check(&text, true);
        let quoted = |width: usize| broken(&words, width).into_iter().map(|line| format!("    {line}")).collect();
        check(&[text.clone(), quoted(16)].concat(), true);
        check(&[text, quoted(20)].concat(), false);
    }

    #[test]
    fn lines_of_two_columns_end_where_the_right_one_does() {
        let words: Vec<&str> = WORDS.split(' ').collect();
        let backwards: Vec<&str> = words.iter().rev().copied().collect();
        let [left, right] = [&words, &backwards].map(|words| broken(&words.repeat(3), 32));
        let beside = |gap: &dyn Fn(&str, &str) -> String| {
            left.iter().zip(&right).map(|(left, right)| gap(left, right)).collect::<Vec<String>>()
        };
        check(&beside(&|left, right| format!("{left} {right}")), false);
        check(&beside(&|left, right| format!("{left:32}   {right:·<32}")), false);
    }

    proptest! {
        #[test]
        fn whatever_is_broken_by_an_editor_is_full(words in prop::collection::vec("[a-zé]{1,9}", 40..200), width in 9..60usize) {
            let lines = broken(&words.iter().map(String::as_str).collect::<Vec<_>>(), width);
            check(&lines, lines.len() > FULL);
        }
    }
}
