//! Mentions of chapters, sections, figures, tables, annexes, pages and notes, with what each asks for. They are looked
//! for in the prose of a text, word by word: a noun of one of the languages, then numbers as the grammar has them, or a
//! title in their stead, or a word for the side on which the thing stands.

mod around;
mod joined;
mod members;
mod named;
mod ordinal;
mod titled;
mod toward;

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::each::Each;
use crate::flow::Flow;
use crate::heading::gap;
use crate::language::{self, Language, Noun, PlainWord};
use crate::number::{Kind, Number, Part};
use crate::span::Span;

pub use toward::Toward;

/// A mention of another place in the report. A list or a range ("hoofdstukken 2, 3 en 5") is one a member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// What is asked for.
    pub kind: Kind,
    /// The number asked for; none where a title stands instead, or nothing but the side ("the table below").
    pub number: Option<Number>,
    /// The bytes of the number; without one those of the title, or of the noun.
    pub span: Span,
    /// The bytes of the whole mention, noun and all; for a member of a list those of its number alone. Where a line
    /// or a gutter breaks the mention, the number's.
    pub mention: Span,
    /// The title given with the number or instead of it, in brackets or quotes.
    pub title: Option<String>,
    /// Words after the number that may be its title, neither in brackets nor in quotes: "note 11, Goodwill".
    pub called: Option<String>,
    /// The side of the sentence on which the target is said to stand.
    pub toward: Option<Toward>,
    /// What the sentence says of the report that the target is in.
    pub whereabouts: Whereabouts,
    /// Whether it is a reference even where it leads nowhere: what merely follows a noun by chance is none.
    pub sure: bool,
}

/// What a sentence says of the report that a reference leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Whereabouts {
    /// Nothing: this one, most likely.
    #[default]
    Unsaid,
    /// This very report: "van dit jaarverslag".
    Inside,
    /// The report of another year: "van het jaarverslag 2021".
    Edition(u16),
    /// Something else: "van de Wet", "of the 2017 annual report of the council".
    Outside,
}

impl Whereabouts {
    /// Whether the target is in this report, as far as is said.
    pub fn is_here(self) -> bool {
        matches!(self, Self::Unsaid | Self::Inside)
    }
}

/// Finds the references in the prose of a text, in the order of the prose. `language` is that of the text; nouns of
/// another count only in a paragraph in that language. `notes` tells whether a note with this number stands on the page
/// that holds a byte of the text. A paragraph is read by itself: those of a long prose are read as `each` does things.
pub fn find(
    flow: &Flow,
    language: Option<&'static Language>,
    notes: &(dyn Fn(usize, u32) -> bool + Sync),
    each: Each,
) -> Vec<Reference> {
    let parts = parts(flow.text());
    let found: Vec<OnceLock<Vec<Reference>>> = parts.iter().map(|_| OnceLock::new()).collect();
    each(parts.len(), &|part| {
        found[part].get_or_init(|| {
            let (mut found, mut at) = (Vec::new(), parts[part].start);
            for paragraph in flow.text()[parts[part].clone()].split_inclusive('\n') {
                mentions(paragraph, language).iter().for_each(|mention| push(flow, at, mention, notes, &mut found));
                at += paragraph.len();
            }
            found
        });
    });
    found.into_iter().filter_map(OnceLock::into_inner).flatten().collect()
}

/// A prose in parts of whole paragraphs.
fn parts(prose: &str) -> Vec<Range<usize>> {
    /// So many bytes, or a paragraph: to hand one to another core takes some microseconds, to read it some hundred.
    const LEAST: usize = 16 << 10;
    let mut parts = Vec::new();
    let mut start = 0;
    while start < prose.len() {
        let from = (start + LEAST).min(prose.len());
        let end = memchr::memchr(b'\n', &prose.as_bytes()[from..]).map_or(prose.len(), |end| from + end + 1);
        parts.push(start..end);
        start = end;
    }
    parts
}

/// What a paragraph mentions.
fn mentions(text: &str, language: Option<&'static Language>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut lower = String::new();
    let mut at = 0;
    let mut sided = false;
    while let Some((start, end, passed)) = next_telling(text, at) {
        at = end;
        sided &= !passed;
        let led = std::mem::take(&mut sided) || follows_number(&text[..start]);
        if !led && !may_be_followed(&text[end..]) && !text[start..].starts_with('§') {
            continue;
        }
        language::lower_into(&text[start..end], &mut lower);
        let side = language::is_side(&lower);
        sided = side || language::is_number_word(&lower);
        let whole = mention(text, start, end, &lower, language);
        let whole = whole.or_else(|| glued(text, start, end, language));
        let Some(mention) = whole.or_else(|| language.filter(|_| side).and_then(|own| seen(text, end, own))) else {
            continue;
        };
        at = mention.end.max(end);
        found.push(mention);
    }
    joined::told(text, language, &mut found);
    found
}

/// A noun and what is asked for by it; its places are those of its paragraph.
#[derive(Debug)]
struct Mention {
    start: usize,
    end: usize,
    kind: Kind,
    members: Members,
    title: Option<String>,
    called: Option<String>,
    toward: Option<Toward>,
    whereabouts: Whereabouts,
    sure: bool,
}

/// Each thing asked for and where it is named.
type Members = Vec<(Asked, usize, usize)>;

/// By what a thing is asked for.
#[derive(Debug)]
enum Asked {
    Number(Number),
    Title(String),
    Side,
}

/// Reads the mention that the word at `start..end` opens.
fn mention(text: &str, start: usize, end: usize, lower: &str, own: Option<&'static Language>) -> Option<Mention> {
    let sent =
        counts_parts(&text[end..]) && own.is_some_and(|own| own.see.iter().any(|see| ends_with(&text[..end], see)));
    let sign = [Noun {
        kind: Kind::Section,
        one: false,
        many: true,
        short: sent && text[end..].starts_with('.'),
        rest: Vec::new(),
        language: own.map_or("en", |own| &own.code),
    }];
    let nouns = if lower.starts_with('§') || sent { &sign[..] } else { language::nouns(lower) };
    let ours = |noun: &&Noun| own.is_none_or(|own| own.code == noun.language);
    let candidates = nouns.iter().filter(ours).chain(nouns.iter().filter(|noun| !ours(noun) && !noun.short));
    for noun in candidates {
        let Some(after) = crate::heading::tail(noun, text, end) else { continue };
        let Some(by) = language::by_code(noun.language) else { continue };
        let after_it = members::read(text, after, noun, by);
        let Some((start, (members, end))) =
            after_it.map(|read| (start, read)).or_else(|| ordinal::before(text, start, after, noun, by))
        else {
            let spoken = || foreign(text, start, own).is_some_and(|spoken| spoken.code == noun.language);
            match unnumbered(text, (start, after), noun, by, nouns).filter(|_| ours(&noun) || spoken()) {
                Some(mention) => return Some(mention),
                None => continue,
            }
        };
        // A noun of another language counts in a paragraph of that language, or where no other word is like it.
        let plain = lower.chars().count() >= 5 && members[0].0.parts.len() > 1;
        if !ours(&noun) && !plain && foreign(text, start, own).is_none_or(|spoken| spoken.code != noun.language) {
            continue;
        }
        if is_english_i(text, start, noun, &members) || is_hint(lower, noun) && !is_hinted(&text[..start], by) {
            continue;
        }
        let called = around::called(text, end, by);
        let (title, end) = around::title(text, end);
        let whereabouts = around::whereabouts(text, start, end, noun.kind, by);
        let toward = toward::after(text, end, by).map(|(toward, _)| toward);
        // An abbreviation without its stop may be another word.
        let stopped = !noun.short || text[..members[0].1].trim_end().ends_with('.') || lower.chars().count() < 3;
        let sure = stopped && !is_hint(lower, noun) && !around::points_to_file(&text[end..]);
        let members = members.into_iter().map(|(number, start, end)| (Asked::Number(number), start, end)).collect();
        return Some(Mention { start, end, kind: noun.kind, members, title, called, toward, whereabouts, sure });
    }
    None
}

/// A mention without a number: a title stands in its place, or a word for the side on which the one thing meant stands.
fn unnumbered(
    text: &str,
    (start, after): (usize, usize),
    noun: &Noun,
    language: &Language,
    nouns: &[Noun],
) -> Option<Mention> {
    if matches!(noun.kind, Kind::Page | Kind::Note) {
        return None;
    }
    let kind = noun.kind;
    if let Some((members, end)) = titled::read(text, after, noun, language) {
        let whereabouts = around::whereabouts(text, start, end, kind, language);
        let languages: Vec<&Language> = nouns.iter().filter_map(|noun| language::by_code(noun.language)).collect();
        // "See the box “Enable”" is a thing on a screen.
        let headed = matches!(kind, Kind::Part | Kind::Chapter | Kind::Section | Kind::Annex);
        let told = |asked: &Asked| matches!(asked, Asked::Title(title) if titled::is_sure(text, (start, end), title, &languages));
        let sure = headed && members.iter().all(|(asked, ..)| told(asked));
        let (title, called) = (None, None);
        return Some(Mention { start, end, kind, members, title, called, toward: None, whereabouts, sure });
    }
    let (toward, end) = toward::of_noun(text, (start, after), noun, language)?;
    let (members, whereabouts) = (vec![(Asked::Side, start, after)], Whereabouts::Unsaid);
    let (title, called, toward) = (None, None, Some(toward));
    Some(Mention { start, end, kind, members, title, called, toward, whereabouts, sure: false })
}

/// "See below" at the end of a sentence that names one thing: "The sums are in a table, see below."
fn seen(text: &str, end: usize, language: &Language) -> Option<Mention> {
    let (start, toward) = toward::sent(text, end, language)?;
    let sentence = text[..start].rfind(['.', '!', '?', ';', '\n']).map_or(0, |at| at + 1);
    let mut at = sentence;
    let mut kind = None;
    while let Some((word, after)) = next_word(text, at).filter(|(_, after)| *after <= start) {
        at = after;
        let numbered = text[after..].trim_start().starts_with(|sign: char| sign.is_ascii_digit());
        let nouns = language::nouns(&text[word..after].to_lowercase()).iter();
        let one = |noun: &&Noun| noun.language == language.code && noun.one && !noun.short && noun.rest.is_empty();
        let shown = |noun: &&Noun| matches!(noun.kind, Kind::Figure | Kind::Table | Kind::Box) && !numbered;
        kind = nouns.filter(one).find(shown).map(|noun| noun.kind).or(kind);
    }
    let (kind, members) = (kind?, vec![(Asked::Side, start, end)]);
    let (title, called, toward, whereabouts) = (None, None, Some(toward), Whereabouts::Unsaid);
    Some(Mention { start, end, kind, members, title, called, toward, whereabouts, sure: false })
}

/// Whether a text ends with some words, case and a full stop after them aside.
fn ends_with(text: &str, words: &str) -> bool {
    let mut signs = text.chars();
    let mut words = words.trim_end_matches('.').chars().rev();
    words.all(|word| signs.next_back().is_some_and(|sign| language::is_alike(sign, word)))
        && !signs.as_str().ends_with(char::is_alphanumeric)
}

/// Whether a number of several parts follows, a full stop before it perhaps: "zie 1.3", "vgl. 2.1.4".
fn counts_parts(rest: &str) -> bool {
    // Nearly always a word follows.
    if let [b' ', next, ..] = rest.as_bytes()
        && next.is_ascii_alphabetic()
    {
        return false;
    }
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let space = gap(rest);
    space > 0
        && rest[space..].starts_with(|sign: char| sign.is_ascii_digit())
        && Number::scan(&rest[space..]).is_some_and(|(number, _)| number.parts.len() > 1)
}

/// A mention whose noun was glued to the word before it: "tambiénSección 2".
fn glued(text: &str, start: usize, end: usize, language: Option<&'static Language>) -> Option<Mention> {
    let word = &text[start..end];
    if !is_glued(word) {
        return None;
    }
    let (hump, _) = word.char_indices().rfind(|(at, sign)| *at > 0 && sign.is_uppercase())?;
    let before = word[..hump].chars().next_back()?;
    let parted = before.is_lowercase() && word.len() - hump > 4;
    parted.then(|| mention(text, start + hump, end, &word[hump..].to_lowercase(), language)).flatten()
}

/// A quick look at whether a word may be two.
fn is_glued(word: &str) -> bool {
    !word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
}

/// The language of the paragraph around a byte, where it can be told and is not the text's own.
fn foreign(text: &str, at: usize, own: Option<&'static Language>) -> Option<&'static Language> {
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..].find('\n').map_or(text.len(), |after| at + after);
    language::recognise(&text[start..end]).or(own)
}

/// "n." is short for note and for number: it is the former where the reader is sent there.
fn is_hint(lower: &str, noun: &Noun) -> bool {
    noun.kind == Kind::Note && lower == "n"
}

/// Whether a text ends with a word that sends the reader elsewhere, or with a page: "voir n. 5", "p. 12, n. 4".
fn is_hinted(before: &str, language: &Language) -> bool {
    let before = before.trim_end_matches([' ', ',', '\u{a0}']);
    let page = before.trim_end_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '–'));
    let paged = |short: &String| ends_with(page.trim_end_matches([' ', '\u{a0}']).trim_end_matches('.'), short);
    language.see.iter().any(|see| ends_with(before.trim_end_matches('.'), see))
        || page.len() < before.len() && language.shorts(Kind::Page).iter().any(paged)
}

/// "In part I agree": the English pronoun is no numeral.
fn is_english_i(text: &str, start: usize, noun: &Noun, members: &[(Number, usize, usize)]) -> bool {
    noun.language == "en"
        && matches!(members, [(number, at, end)] if number.parts[..] == [Part::Roman(1)] && &text[*at..*end] == "I")
        && text[start..].starts_with(char::is_lowercase)
        && text[..start].trim_end().to_lowercase().ends_with(" in")
}

/// Adds the members of a mention in the paragraph that starts at `from`, their places led back to the text.
fn push(flow: &Flow, from: usize, mention: &Mention, notes: &dyn Fn(usize, u32) -> bool, found: &mut Vec<Reference>) {
    let alone = mention.members.len() == 1;
    let last = mention.members.len() - 1;
    for (index, (asked, start, end)) in mention.members.iter().enumerate() {
        let (start, end) = (from + start, from + end);
        let (number, end) = match asked {
            Asked::Number(number) => {
                let (number, end) = without_mark(flow, number, start, end, mention.kind, notes);
                (Some(number), end)
            }
            Asked::Title(_) | Asked::Side => (None, end),
        };
        let title = match asked {
            Asked::Title(title) => Some(title.clone()),
            _ => mention.title.clone().filter(|_| index == last),
        };
        // "0: notes", "1: warnings": the number on the next line opens an item there.
        let bare = mention.title.is_none() && number.as_ref().is_some_and(|number| number.parts.len() == 1);
        let opens = bare && flow.text()[end..].starts_with(':') && flow.span(from + mention.start, end).is_none();
        if opens && alone {
            continue;
        }
        let Some(span) = flow.span(start, end).or_else(|| opening_word(flow, asked, start, end)) else { continue };
        let whole = alone.then(|| flow.span(from + mention.start, end.max(from + mention.end))).flatten();
        let whole = whole.or_else(|| alone.then(|| flow.span(from + mention.start, end)).flatten());
        found.push(Reference {
            kind: mention.kind,
            number,
            span,
            mention: whole.unwrap_or(span),
            title,
            called: mention.called.clone().filter(|_| index == last),
            toward: mention.toward,
            whereabouts: mention.whereabouts,
            sure: mention.sure,
        });
    }
}

/// The first word of a title that is broken over a line's end or a gutter.
fn opening_word(flow: &Flow, asked: &Asked, start: usize, end: usize) -> Option<Span> {
    let title = &flow.text()[start..end];
    let word = title.find(char::is_whitespace).unwrap_or(title.len());
    matches!(asked, Asked::Title(_)).then(|| flow.span(start, start + word)).flatten()
}

/// A number less the mark of a footnote that was printed close upon the full stop: "noot 51.53", "hoofdstuk 5.38".
/// Pages are never counted in parts, notes hardly ever; otherwise the note has to stand on the page, and the sentence
/// to have ended.
fn without_mark(
    flow: &Flow,
    number: &Number,
    start: usize,
    end: usize,
    kind: Kind,
    notes: &dyn Fn(usize, u32) -> bool,
) -> (Number, usize) {
    let Some((Part::Arabic(mark, None), shorter)) = number.parts.split_last() else { return (number.clone(), end) };
    let after = &flow.text()[end..];
    let ended = after.trim_start_matches([' ', '\u{a0}']).starts_with(|sign: char| sign == '\n' || sign.is_uppercase())
        || after.trim().is_empty();
    let marked = ended && notes(flow.source(start), *mark);
    if shorter.is_empty() || !(marked || kind == Kind::Page) {
        return (number.clone(), end);
    }
    let digits = flow.text()[start..end].rfind('.').map_or(end, |dot| start + dot);
    (Number { parts: shorter.into() }, digits)
}

/// The next word at or after `from` that may have a part in a mention, and whether others were passed over that have none.
fn next_telling(text: &str, mut from: usize) -> Option<(usize, usize, bool)> {
    let bytes = text.as_bytes();
    let mut passed = false;
    loop {
        let start = from + bytes[from..].iter().position(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())?;
        // Nearly every word is of plain letters to its end, and nearly none tells anything.
        let word = PlainWord::opening(&bytes[start..]);
        let end = start + word.length;
        let plain = end > start && bytes.get(end).is_none_or(|next| next.is_ascii() && !matches!(next, b'\'' | b'-'));
        let (start, end) = if plain { (start, end) } else { next_word(text, start)? };
        let tells = match plain {
            true => word.humped || word.may_tell(),
            false => is_glued(&text[start..end]) || language::may_tell(&text[start..end]),
        };
        if tells || counts_parts(&text[end..]) {
            return Some((start, end, passed));
        }
        (from, passed) = (end, true);
    }
}

/// The next word at or after `from`: letters with apostrophes and hyphens inside, or section signs. What stands before
/// an apostrophe counts as a word of its own ("l'annexe").
fn next_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let plain = from + text[from..].bytes().position(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())?;
    let start = plain + text[plain..].find(|sign: char| sign.is_alphabetic() || sign == '§')?;
    if text[start..].starts_with('§') {
        let signs = text[start..].chars().take_while(|sign| *sign == '§').count();
        return Some((start, start + signs * '§'.len_utf8()));
    }
    let mut end = start + crate::heading::word(&text[start..]);
    let word = &text[start..end];
    // An elided article is no part of the noun; "pagina's" keeps its tail.
    if let Some(at) = word.find(['\'', '’']).filter(|at| word[*at..].chars().count() > 2) {
        end = start + at;
    }
    Some((start, end.max(start + 1)))
}

/// A quick look at whether a number or an ordinal of digits stands before a word: "2nd", "II.".
fn follows_number(before: &str) -> bool {
    const LONGEST: usize = 7;
    let word = before.trim_end_matches([' ', '\n', '\u{a0}']);
    let near = word.bytes().rev().take(LONGEST).take_while(|byte| !byte.is_ascii_whitespace());
    before.len() > word.len()
        && (near.into_iter().any(|byte| byte.is_ascii_digit())
            || ["I.", "V.", "X."].iter().any(|end| word.ends_with(end)))
}

/// A quick look at what follows a word, which spares nearly every word of a text the look into the tables: a number, a
/// capital, a title, or a little word that may lead to one.
fn may_be_followed(rest: &str) -> bool {
    if let [b' ', next, ..] = rest.as_bytes()
        && next.is_ascii_alphanumeric()
    {
        return true;
    }
    let stop = usize::from(rest.starts_with('.'));
    let space = gap(&rest[stop..]);
    // A paragraph may end with "see above".
    let Some(next) = rest[stop + space..].chars().next() else { return true };
    // "(see above)"
    if rest.starts_with([')', ';']) {
        return true;
    }
    if next.is_ascii_digit() {
        return true;
    }
    space > 0 && (next.is_alphabetic() || around::opens_title(next))
}
