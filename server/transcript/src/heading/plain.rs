//! Headings that no mark shows: they are known by how they open, by standing alone, and by fitting the numbering that
//! the text itself has.

use rustc_hash::{FxHashMap, FxHashSet};

use super::title::{is_title, unnumbered};
use super::{Heading, Headings, Marks, Opening, Role, Row, marked, opening};
use crate::language;
use crate::letters::small;
use crate::lines::{Format, Lines};
use crate::number::{Kind, Number, Part, Parts};
use crate::span::Span;

/// A line that may be a heading, and the lines after it that go on with it.
pub(super) struct Candidate {
    pub(super) row: usize,
    pub(super) last: usize,
    pub(super) opening: Opening,
    /// Whether it stands apart from the paragraphs around it.
    pub(super) alone: bool,
}

/// Finds the headings and captions among the rows that are nothing else.
pub(super) fn find(lines: &Lines, rows: &[Row], format: Format, roles: &mut [Role], found: &mut Headings) {
    let marked = format == Format::Markdown;
    if !marked {
        marks(lines, rows, roles, found);
        marked::number(lines, &mut found.sections);
    }
    let candidates = candidates(rows, marked, roles, found);
    let numbering = Numbering::new(&candidates, found);
    let keep: Vec<bool> =
        (0..candidates.len()).map(|index| fits(&candidates, index, rows, marked, &numbering)).collect();
    for (candidate, _) in candidates.iter().zip(keep).filter(|(_, keep)| *keep) {
        let text = lines.slice(rows[candidate.row].span.join(rows[candidate.last].span));
        let whole = rows[candidate.row].span.join(rows[candidate.last].span);
        let (text, span) = if rows[candidate.row].cell && candidate.last > candidate.row {
            (rows[candidate.row].text, rows[candidate.row].span)
        } else {
            (text, whole)
        };
        roles[candidate.row..=candidate.last].fill(Role::Section);
        let title = &text[candidate.opening.title.min(text.len())..];
        found.sections.push((Heading::of(&candidate.opening, title.trim_end_matches(['*', '_']), span), Marks::Words));
    }
    if !marked {
        loose(rows, roles, found);
        unnumbered(rows, roles, found);
    }
}

/// The rows that may be headings because of how they open; captions are taken at once.
pub(super) fn candidates(rows: &[Row], marked: bool, roles: &mut [Role], found: &mut Headings) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for index in 0..rows.len() {
        let row = &rows[index];
        if row.silent || roles[index] != Role::Text || marked && row.text.starts_with(['#', '|', '>', '-', '+', '!']) {
            continue;
        }
        let Some(opening) = opening(row.text) else { continue };
        match opening.kind {
            Some(Kind::Figure | Kind::Table | Kind::Box) => caption(rows, index, &opening, roles, found),
            Some(Kind::Page) => {}
            _ => candidates.extend(judge(rows, index, opening, roles, marked)),
        }
    }
    candidates
}

/// Keeps the lines that open as a heading with a number of one part does, whatever stands around them.
fn loose(rows: &[Row], roles: &[Role], found: &mut Headings) {
    const LONGEST: usize = 80;
    for (row, _) in rows.iter().zip(roles).filter(|(row, role)| !row.silent && **role == Role::Text) {
        if !row.text.starts_with(|sign: char| sign.is_ascii_digit()) {
            continue;
        }
        let Some(opening) = opening(row.text).filter(|opening| opening.loose) else { continue };
        let title = &row.text[opening.title..];
        let counted = matches!(opening.number.parts[..], [Part::Arabic(value, None)] if value < 100);
        if counted && title.starts_with(char::is_uppercase) {
            let title: String = title.chars().take(LONGEST).collect();
            found.loose.push(Heading::of(&opening, &title, row.span));
        }
    }
}

/// Whether a line opens as a heading does and ends as one; how far it goes.
fn judge(rows: &[Row], index: usize, opening: Opening, roles: &[Role], marked: bool) -> Option<Candidate> {
    let row = &rows[index];
    let title = row.text[opening.title..].trim_end_matches(['*', '_']);
    let named = opening.kind.is_some();
    if matches!(opening.sign, Some(',' | ';' | ')' | ']')) || row.text.ends_with([',', ';']) {
        return None;
    }
    let mut first = title.trim_start_matches(['“', '"', '«', '‘', '(', '\'', '„', '¿', '¡']).chars();
    match first.next() {
        None if !named && opening.loose => return None,
        None if !named => return None,
        None => {}
        Some(sign) if sign.is_uppercase() => {}
        Some(sign) if sign.is_ascii_digit() => {
            let letters = title.chars().filter(|sign| sign.is_alphabetic()).count();
            if letters * 2 < title.chars().filter(|sign| !sign.is_whitespace()).count() || title.contains("  ") {
                return None;
            }
        }
        Some(_) if named && matches!(opening.sign, Some(':' | '–' | '—' | '-')) => {}
        // "6.3.1. apt instellen": three parts and a stop are no amount.
        Some(_) if opening.number.parts.len() > 2 && opening.sign == Some('.') && !named => {}
        Some(_) => return None,
    }
    if title.chars().count() > 160 || !title.is_empty() && !title.contains(|sign: char| sign.is_alphabetic()) {
        return None;
    }
    if named && is_sentence(title) {
        return None;
    }
    let silent = |at: usize| rows[at].silent || roles[at] != Role::Text;
    let above = row.opens || index == 0 || silent(index - 1);
    if index > 0 && !row.opens && sends_on(rows[index - 1].text) {
        return None;
    }
    let bare = title.is_empty() && !marked && matches!(opening.kind, Some(Kind::Part | Kind::Chapter | Kind::Annex));
    let apart = bare.then(|| title_below(rows, roles, index)).flatten();
    let last = apart.map_or_else(|| extent(rows, index, title, marked), Some)?;
    let below = rows[last].closes || last + 1 >= rows.len() || silent(last + 1);
    let after = rows.get(last + 1);
    let broken = after.is_some_and(|next| rows[last].breaks_before(next));
    let alone = above && below;
    // Without blank lines around it: the line before ended a sentence, and this one ended before it was full.
    let apart =
        (above || rows[index - 1].ends_sentence() || broken && rows[index - 1].breaks_before(row)) && (below || broken);
    // A chapter's number of one part has to open a page or a paragraph; `fits` asks for its sections besides.
    let bare = opening.loose && !(above && broken);
    if !alone && (!apart || marked || bare || rows[last].text.ends_with('.')) {
        return None;
    }
    if rows[last].text.ends_with('.') && (opening.loose || !named && last > index) {
        return None;
    }
    Some(Candidate { row: index, last, opening, alone })
}

/// Whether what follows noun and number is no title but the rest of a sentence: the mark of a note stands behind its stop
/// ("Hoofdstuk 2 Wm is van toepassing.13"), or all of it stands in brackets ("Kapitel IV (S. 16–18).").
fn is_sentence(title: &str) -> bool {
    let words = title.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let stopped = words.strip_suffix('.');
    let noted = words.len() < title.len() && stopped.is_some_and(|words| words.ends_with(char::is_alphabetic));
    noted || title.starts_with('(') && title.ends_with(").")
}

/// Whether a line leaves a reference open that the next line's number closes: "zie ook paragraaf", "see kap.", "1.1,".
fn sends_on(line: &str) -> bool {
    let last = small(line.rsplit(char::is_whitespace).next().unwrap_or(""));
    let word = last.rsplit(['\'', '’', '(']).next().unwrap_or("").trim_end_matches('.');
    let heads = |opening: Opening| line[opening.title..].starts_with(char::is_uppercase);
    let prose = line.split_whitespace().nth(2).is_some() && !opening(line).is_some_and(heads);
    let sees = |see: &String| see.trim_end_matches('.') == word;
    prose
        && (last.ends_with([',', '§'])
            || !language::nouns(word).is_empty()
            || language::all().iter().any(|language| language.see.iter().any(sees)))
}

/// The row of a chapter's title that stands by itself under "Hoofdstuk 3", blank lines between them.
fn title_below(rows: &[Row], roles: &[Role], index: usize) -> Option<usize> {
    let blank = |row: &Row| row.text.is_empty();
    let at = index + 1 + rows[index + 1..].iter().position(|row| !blank(row))?;
    let (row, title) = (&rows[index], &rows[at]);
    let free = roles[at] == Role::Text && !title.silent && title.page == row.page;
    let parted = at > index + 1 && row.opens && title.closes && !row.cell && !title.cell;
    (parted && free && is_title(title) && opening(title.text).is_none()).then_some(at)
}

/// The last row of a heading that starts at `index`: it may be broken over lines, or have its title on the next. None
/// where it goes on as prose does.
fn extent(rows: &[Row], index: usize, title: &str, marked: bool) -> Option<usize> {
    let row = &rows[index];
    let next = (index + 1 < rows.len() && !row.closes && !marked).then(|| &rows[index + 1]);
    let Some(next) = next else { return (!marked || row.closes).then_some(index) };
    if title.is_empty() {
        let fits = next.text.starts_with(char::is_uppercase)
            && !next.text.ends_with(['.', ',', ';'])
            && opening(next.text).is_none();
        return Some(if fits && next.closes { index + 1 } else { index });
    }
    // "3.1 Metingen in het veld en bij de oude", "sluis", and a blank line.
    let tail = next.text.starts_with(char::is_lowercase) && next.closes && !next.text.ends_with(['.', ';', ',', ':']);
    if tail && next.width * 2 < next.full && row.width * 3 > next.full * 2 {
        return Some(index + 1);
    }
    if row.breaks_before(next) || opening(next.text).is_some_and(|opening| !opening.loose || opening.kind.is_some()) {
        return Some(index);
    }
    // The line is full: either a title of two lines, or the first of a paragraph.
    (next.closes && !next.text.ends_with(['.', ';', ',']) && next.width * 10 < next.full * 9).then_some(index + 1)
}

/// The numbers of all candidates, by which each finds those that belong with it.
struct Numbering {
    /// The candidates of a number less its last part, by the kind and value of that.
    counted: FxHashMap<(Parts, u8, i64), Vec<usize>>,
    /// The last candidate inside of a number.
    inside: FxHashMap<Parts, usize>,
    /// The numbers that enclose a heading found already.
    around: FxHashSet<Parts>,
    numbers: FxHashSet<Parts>,
    /// Whether chapters go by a noun.
    named: bool,
}

impl Numbering {
    fn new(candidates: &[Candidate], found: &Headings) -> Self {
        let mut numbering = Self {
            counted: FxHashMap::default(),
            inside: FxHashMap::default(),
            around: FxHashSet::default(),
            numbers: FxHashSet::default(),
            named: candidates.iter().any(|other| matches!(other.opening.kind, Some(Kind::Chapter))),
        };
        for (index, candidate) in candidates.iter().enumerate() {
            let parts = &candidate.opening.number.parts;
            numbering.counted.entry(place(parts, 0)).or_default().push(index);
            for length in 1..parts.len() {
                numbering.inside.insert(parts[..length].into(), index);
            }
            numbering.numbers.insert(parts.clone());
        }
        for number in found.sections.iter().filter_map(|(heading, _)| heading.number.as_ref()) {
            numbering.around.extend((1..number.parts.len()).map(|length| number.parts[..length].into()));
        }
        numbering
    }

    /// The candidates whose number differs by one in the last part.
    fn beside(&self, number: &Number) -> impl Iterator<Item = usize> {
        let near = [-1, 1].map(|by| self.counted.get(&place(&number.parts, by)));
        near.into_iter().flatten().flatten().copied()
    }
}

/// Where in its row a number stands: the parts before the last, what that is, and its value, `by` more.
fn place(parts: &[Part], by: i64) -> (Parts, u8, i64) {
    let (last, head) = parts.split_last().map_or((Part::Arabic(0, None), &[][..]), |(last, head)| (*last, head));
    let (kind, value) = match last {
        Part::Arabic(value, _) => (0, i64::from(value)),
        Part::Roman(value) => (1, i64::from(value)),
        Part::Letter(letter) => (2, letter as i64),
    };
    (head.into(), kind, value + by)
}

/// Whether a candidate fits what the text's own headings are like.
fn fits(candidates: &[Candidate], index: usize, rows: &[Row], marked: bool, numbering: &Numbering) -> bool {
    let candidate = &candidates[index];
    let number = &candidate.opening.number;
    if candidate.opening.kind == Some(Kind::Note) {
        return candidate.alone;
    }
    if candidate.opening.kind.is_some() {
        return true;
    }
    if let Some(Part::Arabic(value, _)) = number.parts.first()
        && *value >= 100
    {
        return false;
    }
    let inside = numbering.inside.get(&number.parts);
    if !candidate.opening.loose {
        let outer = |length: usize| numbering.numbers.contains(&number.parts[..length]);
        return candidate.alone
            || numbering.beside(number).next().is_some()
            || inside.is_some()
            || (1..number.parts.len()).any(outer);
    }
    // One part alone is a list's item, unless sections are counted inside it or prose stands between it and the next.
    if inside.is_some_and(|last| *last > index) || numbering.around.contains(&number.parts) {
        return true;
    }
    let digit = matches!(number.parts[0], Part::Arabic(..) | Part::Roman(_));
    let full = |row: &&Row| !row.silent && row.width > 30;
    let prose = |from: usize, to: usize| rows[from..to].iter().filter(full).take(4).count() == 4;
    if !digit || marked || numbering.named || !candidate.alone {
        return false;
    }
    // Of numbers that come again and again the nearest are looked at.
    let mut near: Vec<usize> = numbering.beside(number).filter(|other| candidates[*other].opening.loose).collect();
    near.sort_unstable_by_key(|other| other.abs_diff(index));
    near.truncate(4);
    // What opens the text and is counted on by nothing close is the heading of all of it: a file a chapter.
    let first = || {
        rows[..candidate.row].iter().all(|row| row.silent) && rows[candidate.last + 1..].iter().any(|row| full(&row))
    };
    (!near.is_empty() || first())
        && near.iter().map(|other| &candidates[*other]).all(|other| {
            let (one, two) = (candidate.last.min(other.last), candidate.row.max(other.row));
            prose((one + 1).min(two), two)
        })
}

/// Takes a caption: "Figuur 3: …" anywhere at a line's start, "Figuur 3 Titel" where a paragraph starts.
fn caption(rows: &[Row], index: usize, opening: &Opening, roles: &mut [Role], found: &mut Headings) {
    let row = &rows[index];
    let title = row.text[opening.title..].trim_end_matches(['*', '_']);
    let signed = matches!(opening.sign, Some(':' | '.' | '–' | '—' | '|'));
    let starts = title.chars().next().is_none_or(|sign| !sign.is_lowercase() && !matches!(sign, ',' | ';' | ')'));
    let apart = row.opens || index == 0 || roles[index - 1] != Role::Text || rows[index - 1].ends_sentence();
    if matches!(opening.sign, Some(',' | ';' | ')' | ']'))
        || !starts
        || !(row.opens || signed && apart)
        || title.is_empty() && !row.closes
    {
        return;
    }
    // "Figuur 9 Meldingen …" at the start of a paragraph that goes on for lines is prose.
    if !signed && !row.closes && rows.get(index + 1).is_some_and(|next| !next.closes || next.ends_sentence()) {
        return;
    }
    roles[index] = Role::Other;
    found.others.push(Heading {
        kind: opening.kind,
        number: Some(opening.number.clone()),
        title: super::one_line(title),
        span: row.span,
        depth: 1,
    });
}

/// Headings that plain text marks as Markdown does: `#` before, or a line of `=` or `-` beneath.
pub(super) fn marks(lines: &Lines, rows: &[Row], roles: &mut [Role], found: &mut Headings) {
    for index in 0..rows.len() {
        let row = &rows[index];
        if row.silent || roles[index] != Role::Text {
            continue;
        }
        // Indented, or closed like a sentence, it is a remark in somebody's code.
        let flush = lines.span(row.line).start == row.span.start;
        let hashes = row.text.bytes().take_while(|byte| *byte == b'#').count();
        let space = row.text[hashes..].len() - row.text[hashes..].trim_start().len();
        let prose = row.text.ends_with(['.', ':', ',', ';']);
        if (1..=6).contains(&hashes) && space > 0 && row.text.len() > hashes + space && flush && row.opens && !prose {
            let span = Span::new(row.span.start + hashes + space, row.span.end);
            roles[index] = Role::Section;
            found.sections.push((Heading::read(lines.slice(span), span, hashes as u8), Marks::Level(hashes as u8)));
        }
        let rule = |row: &Row, sign: char| row.width >= 3 && row.text.chars().all(|other| other == sign);
        let counted = || opening(row.text).is_some_and(|opening| !opening.loose);
        let under = |next: &&Row| !row.closes && next.closes || rule(next, '=') || rule(next, '-') && counted();
        let Some(next) = rows.get(index + 1).filter(under) else { continue };
        let level = if rule(next, '=') { 1 } else { 2 };
        let titled =
            row.opens && row.text.chars().any(char::is_alphabetic) && row.width < 100 && !row.text.contains("  ");
        if titled && (rule(next, '=') || rule(next, '-') || rule(next, '~')) && next.width * 2 > row.width {
            (roles[index], roles[index + 1]) = (Role::Section, Role::Section);
            found.sections.push((Heading::read(row.text, row.span, level), Marks::Level(level)));
        }
    }
}
