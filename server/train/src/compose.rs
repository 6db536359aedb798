//! Makes a page of prose: takes a run of paragraphs, puts headings, lists, running headers and lines over the whole
//! width among them, has them set in columns and flattened.

use crate::figures::{self, capital, names, scrap};
use crate::flatten::Manner;
use crate::page::{Page, PageLine};
use crate::plain;
use crate::prose::Source;
use crate::setter::{Piece, Style};
use fastrand::Rng;
use std::collections::BTreeMap;

/// A page from a source, in so many columns; none for a plain page.
pub(crate) fn page(id: String, source: &Source, columns: usize, rng: &mut Rng) -> Page {
    stretched(id, source, columns, 1.0, rng)
}

/// The same with columns so many times as wide.
pub(crate) fn stretched(id: String, source: &Source, columns: usize, by: f32, rng: &mut Rng) -> Page {
    if columns < 2 && rng.f32() < 0.6 {
        let lines = plain::lines(source, rng).into_iter().map(outside).collect();
        return Page { id, lang: source.language.clone(), lines };
    }
    let mut style = Style::any(rng, columns.max(1));
    style.measure *= by;
    let manner = Manner::any(rng);
    let mut start = rng.usize(..source.paragraphs.len());
    let mut lines = Vec::new();
    // In a whole text, or on a page of which a part is of one column, columns stand among prose.
    let among = columns > 1 && rng.f32() < AMONG;
    if among {
        style.depth *= 0.1 + 0.9 * rng.f32();
    }
    let (above, below) = (among && rng.f32() < 0.7, among && rng.f32() < 0.7);
    if above {
        prose(source, &style, rng, &mut lines);
    } else {
        header(source, rng, &mut lines);
    }
    let blocks = if columns > 1 && rng.f32() < 0.16 { 2 } else { 1 };
    // Above or below what stands across the page, at times there is but the left column.
    let alone = if blocks > 1 && rng.f32() < 0.5 { [1, 1, 0][rng.usize(..3)] } else { blocks };
    for block in 0..blocks {
        if among && block > 0 {
            prose(source, &style, rng, &mut lines);
        } else if columns > 1 && block > 0 {
            across(source, &style, rng, &mut lines);
        } else if columns > 1 && rng.f32() < 0.36 {
            full_width(source, &style, rng, &mut lines);
        }
        let mut style = style.clone();
        if columns < 2 {
            style.measure *= 1.2 + rng.f32();
        }
        style.depth /= blocks as f32;
        if block == alone {
            style.columns = 1;
        }
        let mut pieces = pieces(source, start, &style, rng);
        if rng.f32() < 0.12 {
            // A chapter ends: the columns stay short, or but one of them has any text.
            pieces.truncate(1 + rng.usize(..pieces.len()));
        }
        start += pieces.len();
        let set = style.set(&pieces, rng);
        let mut flat = manner.flatten(set, rng);
        if columns < 2 {
            flat.iter_mut().for_each(|line| line.cells = None);
        }
        trim(&mut flat);
        lines.append(&mut flat);
    }
    leave_out_one_column(&mut lines);
    if below {
        prose(source, &style, rng, &mut lines);
    } else if columns > 1 && rng.f32() < 0.06 {
        across(source, &style, rng, &mut lines);
    }
    if rng.f32() < 0.3 {
        lines.push(outside(format!("{}", 1 + rng.usize(..300))));
    }
    Page { id, lang: source.language.clone(), lines }
}

fn outside(text: String) -> PageLine {
    PageLine { text, cells: None, score: true }
}

/// The share of pages whose columns stand among prose of one column.
const AMONG: f32 = 0.12;

/// How wide a letter is, more or less, in thousandths of the type size.
const LETTER: f32 = 500.0;

/// Paragraphs of one column: broken as a typesetter does over the whole width or as a person does who types, or a line each.
fn prose(source: &Source, style: &Style, rng: &mut Rng, lines: &mut Vec<PageLine>) {
    let start = rng.usize(..source.paragraphs.len());
    let most = lines.len() + 1 + rng.usize(..60);
    // Wider than a column: lines as wide as one are of a column that stands alone.
    let whole = style.whole() * (0.75 + 0.35 * rng.f32());
    let (letters, ragged) = ((style.measure / LETTER) as usize + 12 + rng.usize(..50), rng.usize(..10));
    let (kind, headings, gap) = (rng.usize(..10), rng.f32() * 0.3, rng.f32() < 0.8);
    if gap && !lines.is_empty() {
        lines.push(outside(String::new()));
    }
    for paragraph in 0..1 + rng.usize(..12) {
        if lines.len() > most {
            break;
        }
        if rng.f32() < headings {
            let mark = if rng.bool() { "## " } else { "" };
            lines
                .extend([outside(format!("{mark}{}", scrap(source, 1 + rng.usize(..7), rng))), outside(String::new())]);
        }
        let text = &source.paragraphs[(start + paragraph) % source.paragraphs.len()];
        match kind {
            ..4 => lines.extend(style.broken(text, whole, 0.0).into_iter().map(outside)),
            4..8 => lines.extend(plain::typed(text, letters, ragged, rng).into_iter().map(outside)),
            _ => lines.push(outside(text.clone())),
        }
        if gap {
            lines.push(outside(String::new()));
        }
    }
}

/// A running header with its folio, on most pages.
fn header(source: &Source, rng: &mut Rng, lines: &mut Vec<PageLine>) {
    let title = scrap(source, 2 + rng.usize(..5), rng);
    let title = if rng.bool() { capital(&title) } else { title };
    let folio = 1 + rng.usize(..300);
    match rng.usize(..4) {
        0 => lines.push(outside(format!("{title} {folio}"))),
        1 => lines.push(outside(format!("{folio} {title}"))),
        2 => lines.push(outside(title)),
        _ => {}
    }
}

/// A title, an abstract or a caption over the whole width.
fn full_width(source: &Source, style: &Style, rng: &mut Rng, lines: &mut Vec<PageLine>) {
    let measure = style.whole();
    if rng.f32() < 0.6 {
        let title = match rng.f32() < 0.4 {
            true => Titles::any(rng).next(source, rng),
            false => scrap(source, 2 + rng.usize(..16), rng),
        };
        lines.extend(style.broken(&title, measure / (1.0 + rng.f32()), 0.0).into_iter().map(outside));
    }
    if rng.f32() < 0.45 {
        lines.extend((0..1 + rng.usize(..10)).map(|_| outside(author(source, style, rng))));
    }
    if rng.bool() {
        let text = rng.choice(&source.paragraphs).cloned().unwrap_or_default();
        let measure = if rng.f32() < 0.2 { measure * 0.85 } else { measure };
        // Of a chapter a line or two says what is in it.
        let most = if rng.f32() < 0.4 { 1 + rng.usize(..2) } else { 8 };
        let words: Vec<&str> = text.split_whitespace().take(14 * most).collect();
        lines.extend(style.broken(&words.join(" "), measure, 0.0).into_iter().take(most).map(outside));
    }
}

/// A line of names, of the institutes that they are of, or of their addresses.
fn author(source: &Source, style: &Style, rng: &mut Rng) -> String {
    let line = match rng.usize(..6) {
        0..3 => names(source, rng),
        3 => scrap(source, 2 + rng.usize(..6), rng),
        _ => {
            let short = scrap(source, 1 + rng.usize(..6), rng).to_lowercase().replace(' ', [",", "."][rng.usize(..2)]);
            let host = scrap(source, 1, rng).to_lowercase();
            if rng.bool() { format!("{{{short}}}@{host}.com") } else { format!("{short}@{host}.edu") }
        }
    };
    style.broken(&line, style.whole(), 0.0).into_iter().next().unwrap_or_default()
}

/// Lines over the whole width between the columns of a page, or below them: they are rare, and wide but for their last.
fn across(source: &Source, style: &Style, rng: &mut Rng, lines: &mut Vec<PageLine>) {
    let text = rng.choice(&source.paragraphs).cloned().unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().take(12 + rng.usize(..50)).collect();
    let name = if rng.bool() { figures::number_of_figure(rng) } else { String::new() };
    lines.extend(style.broken(&(name + &words.join(" ")), style.whole(), 0.0).into_iter().map(outside));
}

/// What the page says, from a paragraph on: enough to fill it.
fn pieces(source: &Source, start: usize, style: &Style, rng: &mut Rng) -> Vec<Piece> {
    let letters = style.depth * style.columns as f32 * style.measure / 420.0;
    let (mut pieces, mut written) = (Vec::new(), 0.0);
    let (headings, lists) = (rng.f32() * 0.25, rng.f32() * 0.12);
    let others = if rng.f32() < 0.55 { rng.f32() * 0.35 } else { 0.0 };
    let notes = if rng.f32() < 0.3 { rng.f32() * 0.2 } else { 0.0 };
    let pictures = if rng.f32() < 0.25 { rng.f32() * 0.15 } else { 0.0 };
    let beside = if rng.f32() < 0.15 { rng.f32() * 0.3 } else { 0.0 };
    let mut titles = Titles::any(rng);
    let mut at = start;
    // A page begins with a figure as often as not where it has some at all.
    if others > 0.0 && rng.f32() < 0.4 {
        pieces.extend(figures::any(source, rng));
    }
    while written < letters {
        let text = &source.paragraphs[at % source.paragraphs.len()];
        at += 1;
        written += text.len() as f32;
        if rng.f32() < headings {
            pieces.push(Piece::Heading(titles.next(source, rng)));
        }
        if rng.f32() < pictures {
            pieces.push(Piece::Picture(3.0 + (rng.f32() * 14.0).floor() + rng.f32()));
        }
        if rng.f32() < others {
            let figure = figures::any(source, rng);
            written += figure.iter().map(|piece| piece.text().len().max(30) as f32).sum::<f32>();
            pieces.extend(figure);
        }
        if rng.f32() < notes {
            pieces.push(Piece::Note(format!("{} {text}", 1 + rng.usize(..40))));
        } else if rng.f32() < lists {
            let mark = *rng.choice(&["•", "–", "-", "*", "a)", "1."]).unwrap_or(&"•");
            let entries = 2 + rng.usize(..4);
            let words: Vec<&str> = text.split_whitespace().collect();
            let size = (words.len() / entries).max(3);
            pieces.extend(words.chunks(size).map(|entry| Piece::Item(format!("{mark} {}", entry.join(" ")))));
        } else if rng.f32() < beside {
            pieces.push(Piece::Beside(text.clone()));
        } else {
            pieces.push(Piece::Paragraph(text.clone()));
        }
    }
    pieces
}

/// How the sections of a page are numbered and their titles written, and how far the numbers have come.
struct Titles {
    numbers: Numbers,
    capitals: Capitals,
    chapter: usize,
    section: usize,
}

/// How sections are numbered.
#[derive(Clone, Copy)]
enum Numbers {
    None,
    Plain,
    Stopped,
    Roman,
    Within,
}

/// Which letters of a title are capitals.
#[derive(Clone, Copy)]
enum Capitals {
    First,
    EachWord,
    All,
}

impl Titles {
    fn any(rng: &mut Rng) -> Titles {
        use Numbers::{None, Plain, Roman, Stopped, Within};
        let numbers = [None, None, None, Plain, Stopped, Roman, Within, Within][rng.usize(..8)];
        let capitals = [Capitals::First, Capitals::First, Capitals::EachWord, Capitals::All][rng.usize(..4)];
        Titles { numbers, capitals, chapter: 1 + rng.usize(..9), section: rng.usize(..5) }
    }

    /// The heading of the next section.
    fn next(&mut self, source: &Source, rng: &mut Rng) -> String {
        const ROMAN: [&str; 13] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"];
        self.section += 1;
        let (chapter, section) = (self.chapter, self.section);
        let number = match self.numbers {
            Numbers::None => String::new(),
            Numbers::Plain => format!("{section} "),
            Numbers::Stopped => format!("{section}. "),
            Numbers::Roman => format!("{}. ", ROMAN[section.min(ROMAN.len()) - 1]),
            Numbers::Within if rng.f32() < 0.2 => format!("{chapter}.{section}.{} ", 1 + rng.usize(..4)),
            Numbers::Within => format!("{chapter}.{section} "),
        };
        let title = scrap(source, 1 + rng.usize(..7), rng);
        let words = title.split(' ').enumerate();
        let words = words.map(|(at, word)| match self.capitals {
            Capitals::All => word.to_uppercase(),
            Capitals::EachWord if at == 0 || word.chars().count() > 3 => capital(word),
            Capitals::First if at == 0 => capital(word),
            _ => word.to_owned(),
        });
        number + &words.collect::<Vec<_>>().join(" ")
    }
}

/// A block neither starts nor ends with a blank line.
fn trim(lines: &mut Vec<PageLine>) {
    let blank = |line: &PageLine| line.text.trim().is_empty();
    while lines.last().is_some_and(blank) {
        lines.pop();
    }
}

/// A page without a merged line has no columns that anybody could see, unless their lines lie between one another.
fn leave_out_one_column(lines: &mut [PageLine]) {
    let cells = |line: &PageLine| line.cells.clone().unwrap_or_default();
    let columns: Vec<i32> = lines.iter().filter_map(|line| cells(line).first().map(|cell| cell.0)).collect();
    let changes = columns.windows(2).filter(|pair| pair[0] != pair[1]).count();
    if changes < 4 && !lines.iter().any(|line| cells(line).len() > 1) {
        lines.iter_mut().for_each(|line| line.cells = None);
    }
}

/// So many pages of each language, from its sources in proportion to the root of their lengths.
pub(crate) fn set_pages(sources: &[Source], pages: usize, columns: usize, seed: u64) -> Vec<Page> {
    let mut rng = Rng::with_seed(seed);
    let mut all = Vec::new();
    let mut languages: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
    sources.iter().for_each(|source| languages.entry(&source.language).or_default().push(source));
    for (language, sources) in languages {
        let weights: Vec<f32> = sources.iter().map(|source| (source.paragraphs.len() as f32).sqrt()).collect();
        for at in 0..pages {
            let mut drawn = rng.f32() * weights.iter().sum::<f32>();
            let chosen = weights.iter().position(|weight| {
                drawn -= weight;
                drawn <= 0.0
            });
            let source = sources[chosen.unwrap_or(0)];
            all.push(page(format!("{language}-{at}"), source, columns, &mut rng));
        }
    }
    all
}

/// Sets the pages to measure on apart from those to learn from.
pub(crate) const HELD: u64 = 0x6865_6c64;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn source() -> Source {
        let sentence = |at: usize| {
            format!("Sentence {at} tells of things that well-kept reports (some {at} of them) contain, and ends.")
        };
        let paragraph = |at: usize| (0..5).map(|part| sentence(at * 5 + part)).collect::<Vec<_>>().join(" ");
        Source { language: "en".to_owned(), paragraphs: (0..40).map(paragraph).collect() }
    }

    proptest! {
        #[test]
        fn labels_cover_every_word_in_order(seed in 0u64..2000, columns in 1usize..4) {
            let page = page("x".to_owned(), &source(), columns, &mut Rng::with_seed(seed));
            for line in &page.lines {
                let Some(words) = line.words() else { continue };
                let said: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
                prop_assert_eq!(&said, &line.text.split_whitespace().collect::<Vec<_>>());
                let places: Vec<i32> = words.iter().map(|(column, _)| *column).filter(|column| *column >= 0).collect();
                prop_assert!(places.is_sorted() && places.iter().all(|column| *column < columns as i32));
            }
            prop_assert!(columns > 1 || page.lines.iter().all(|line| line.cells.is_none()));
        }

        #[test]
        fn the_same_seed_gives_the_same_page(seed in 0u64..100) {
            let make = || page("x".to_owned(), &source(), 2, &mut Rng::with_seed(seed));
            prop_assert_eq!(make(), make());
        }
    }
}
