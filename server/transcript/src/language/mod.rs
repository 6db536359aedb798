//! The words of the languages that reports are written in, as data: one TOML file a language, read when the program is
//! built. Adding a language is adding a file here, its code in `build.rs`, and in [`CODES`].

mod sieve;

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::letters::{letters, spelt};
use crate::number::Kind;
use crate::span::border;

pub use sieve::PlainWord;
use sieve::Sieve;

/// The tables, as `build.rs` reads them.
const TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/languages.bin"));

/// A noun for a part of a report, in one of its forms.
#[derive(Clone, Debug, PartialEq)]
pub struct Noun {
    /// What it names.
    pub kind: Kind,
    /// Whether it is a singular, which a number word may follow.
    pub one: bool,
    /// Whether a list of numbers may follow without more ado.
    pub many: bool,
    /// Whether it is an abbreviation, which needs a number at once and counts only in a text of its language.
    pub short: bool,
    /// The words after the first: "de bas de page" of a "note de bas de page".
    pub rest: Vec<String>,
    /// The language that it belongs to.
    pub language: &'static str,
}

/// The words of one language. All in small letters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Its ISO 639-1 code.
    pub code: String,
    /// Words that send a reader elsewhere ("zie", "zie ook"), without what follows; a number of several parts after them
    /// needs no noun ("zie 1.3").
    pub see: Vec<String>,
    /// What is said of a thing that stands before the sentence, after or before the thing's noun: "hierboven".
    pub above: Vec<String>,
    /// Likewise of one that follows.
    pub below: Vec<String>,
    /// Frequent little words by which a text in it is recognised.
    common: Vec<String>,
    chapter: Forms,
    section: Forms,
    part: Forms,
    annex: Forms,
    figure: Forms,
    table: Forms,
    #[serde(rename = "box")]
    boxes: Forms,
    page: Forms,
    note: Forms,
    /// Words that may stand between noun and number ("nr.").
    pub numeral: Vec<String>,
    /// Between the last two members of a list.
    pub and: Vec<String>,
    /// Between the ends of a range.
    pub to: Vec<String>,
    /// Before the first end of a range.
    pub from: Vec<String>,
    /// Between a reference and what it lies in, its article with it ("van de").
    pub of_the: Vec<String>,
    /// The same without article, before a name ("van").
    pub of: Vec<String>,
    /// How adjectives end that stand before what a reference lies in, in languages that need no little word there:
    /// "rozdziału 2 rocznego raportu".
    #[serde(default)]
    pub adjective: Vec<String>,
    /// Other little words there, which lead out only to a law or a report of another year ("in the Act").
    #[serde(default, rename = "in")]
    pub within: Vec<String>,
    /// What stands there when it is this very report ("dit").
    pub own: Vec<String>,
    /// What a report calls itself, and another report too.
    pub report: Vec<String>,
    /// Whether what other languages put after a noun leads it: its number ("2 luvussa") and what it lies in ("vuoden 2017
    /// kertomuksen luvussa 1").
    #[serde(default)]
    pub leading: bool,
    /// Whether compounds are one word, so that the name of a report ends with the word for report.
    #[serde(default)]
    pub compounds: bool,
    /// What laws are called. With a hyphen before it, how a compound ends that is the name of one: "-wet".
    pub law: Vec<String>,
    /// Words that only end so.
    #[serde(default)]
    pub unlawful: Vec<String>,
    /// Parts of an article of law, which no report has.
    pub clause: Vec<String>,
    /// What is counted or measured: a number before it is no section.
    pub unit: Vec<String>,
    /// What stands for a work that was named before: "ibid.".
    #[serde(default)]
    pub cited: Vec<String>,
    /// Papers of parliament and gazettes, which are counted too.
    #[serde(default)]
    pub paper: Vec<String>,
    /// Titles of contents lists.
    pub contents: Vec<String>,
    /// Titles over a list of notes.
    pub notes: Vec<String>,
    /// The cardinal numbers from one on, the forms of one number parted by spaces.
    numbers: Vec<String>,
    /// The ordinal numbers, likewise.
    ordinals: Vec<String>,
    /// What makes an ordinal of digits ("2e", "2nd"); the full stop does of numerals too ("II. Kapitel").
    pub nth: Vec<String>,
}

/// The forms of a noun.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    #[serde(default)]
    one: Vec<String>,
    #[serde(default)]
    many: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
}

/// What is looked up by word, over all languages.
#[derive(Debug)]
struct Words {
    languages: Vec<Language>,
    nouns: FxHashMap<String, Vec<Noun>>,
    numbers: FxHashMap<String, Vec<(usize, u32)>>,
    common: FxHashMap<String, Vec<usize>>,
    sides: FxHashSet<String>,
    /// Lets nouns, number words and sides through.
    telling: Sieve,
    /// Lets the little words through.
    little: Sieve,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        // A table without what a language has fails every test of this crate, and so never reaches a user.
        let languages: Vec<Language> = rmp_serde::from_slice(TABLES).expect("language tables of our own");
        let (mut nouns, mut numbers, mut common) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        for (index, language) in languages.iter().enumerate() {
            for (kind, forms) in language.forms() {
                collect(&mut nouns, kind, forms, code(&language.code));
            }
            for list in [&language.numbers, &language.ordinals] {
                for (value, forms) in (1..).zip(list) {
                    for form in forms.split(' ') {
                        numbers.entry(form.to_owned()).or_insert_with(Vec::new).push((index, value));
                    }
                }
            }
            for word in &language.common {
                common.entry(word.clone()).or_insert_with(Vec::new).push(index);
            }
        }
        let sides = languages.iter().flat_map(|language| language.above.iter().chain(&language.below));
        let sides: FxHashSet<String> =
            sides.filter_map(|words| words.split(' ').next_back()).map(str::to_owned).collect();
        let telling = Sieve::new(nouns.keys().chain(numbers.keys()).chain(&sides));
        let little = Sieve::new(common.keys());
        Words { languages, nouns, numbers, common, sides, telling, little }
    })
}

const CODES: [&str; 13] = ["nl", "en", "de", "fr", "es", "it", "pt", "sv", "da", "nb", "fi", "pl", "cs"];

/// The code as it lives for ever.
fn code(code: &str) -> &'static str {
    CODES.into_iter().find(|known| *known == code).unwrap_or("")
}

/// Files every form of a noun under its first word, the longest forms first.
fn collect(nouns: &mut FxHashMap<String, Vec<Noun>>, kind: Kind, forms: &Forms, language: &'static str) {
    let long = forms.one.iter().map(|form| (form, forms.many.contains(form), false));
    let many = forms.many.iter().filter(|form| !forms.one.contains(form)).map(|form| (form, true, false));
    let short = forms.short.iter().map(|form| (form, true, true));
    for (form, many, short) in long.chain(many).chain(short) {
        let one = forms.one.contains(form) && !short;
        let mut parts = form.split(' ').map(str::to_owned);
        let first = parts.next().unwrap_or_default();
        let noun = Noun { kind, one, many, short, rest: parts.collect(), language };
        let entry = nouns.entry(first).or_default();
        let place = entry.partition_point(|other: &Noun| other.rest.len() >= noun.rest.len());
        entry.insert(place, noun);
    }
}

impl Language {
    fn forms(&self) -> [(Kind, &Forms); 9] {
        [
            (Kind::Chapter, &self.chapter),
            (Kind::Section, &self.section),
            (Kind::Part, &self.part),
            (Kind::Annex, &self.annex),
            (Kind::Figure, &self.figure),
            (Kind::Table, &self.table),
            (Kind::Box, &self.boxes),
            (Kind::Page, &self.page),
            (Kind::Note, &self.note),
        ]
    }

    /// The value of an ordinal number in full, in small letters: "tweede".
    pub fn ordinal(&self, word: &str) -> Option<u32> {
        let found = (1..).zip(&self.ordinals).find(|(_, forms)| forms.split(' ').any(|form| form == word));
        found.map(|(value, _)| value)
    }

    /// The abbreviations for a part of a report, without their full stops.
    pub fn shorts(&self, kind: Kind) -> &[String] {
        let forms = self.forms();
        let found = forms.into_iter().find(|(other, _)| *other == kind);
        found.map_or(&[], |(_, forms)| forms.short.as_slice())
    }

    /// The usual word for a part of a report, in small letters.
    pub fn name(&self, kind: Kind) -> &str {
        let forms = self.forms();
        let found = forms.iter().find(|(other, _)| *other == kind).and_then(|(_, forms)| forms.one.first());
        found.map_or("", String::as_str)
    }
}

/// Every language, in the order of preference.
pub fn all() -> &'static [Language] {
    &words().languages
}

/// The language with this ISO 639-1 code.
pub fn by_code(code: &str) -> Option<&'static Language> {
    all().iter().find(|language| language.code == code)
}

impl PlainWord {
    /// Whether the word may be a noun, a number word or one for a side. A quick look: "no" is certain.
    pub fn may_tell(self) -> bool {
        words().telling.holds(self)
    }
}

/// The same as [`PlainWord::may_tell`], of any word.
pub fn may_tell(word: &str) -> bool {
    words().telling.lets_through(word)
}

/// The nouns that start with this word (in small letters), those of more words first.
pub fn nouns(word: &str) -> &'static [Noun] {
    words().nouns.get(word).map_or(&[], Vec::as_slice)
}

/// Whether a word (in small letters) says on which side a thing stands, or is the last of several that do.
pub fn is_side(word: &str) -> bool {
    words().sides.contains(word)
}

/// Whether a word (in small letters) is a number word of some language.
pub fn is_number_word(word: &str) -> bool {
    words().numbers.contains_key(word)
}

/// The value of a number word (in small letters), cardinal or ordinal, in the language with this code.
pub fn number_word(word: &str, code: &str) -> Option<u32> {
    let words = words();
    let found = words.numbers.get(word)?;
    found.iter().find(|(language, _)| words.languages[*language].code == code).map(|(_, value)| *value)
}

/// Whether a word (in small letters) is what reports call themselves in some language.
pub fn names_report(word: &str) -> bool {
    all().iter().any(|language| {
        language.report.iter().any(|report| report == word || language.compounds && word.ends_with(report.as_str()))
    })
}

/// Whether two letters are the same, capital or not.
pub fn is_alike(one: char, other: char) -> bool {
    one.eq_ignore_ascii_case(&other)
        || !(one.is_ascii() && other.is_ascii()) && one.to_lowercase().eq(other.to_lowercase())
}

/// Puts a word in small letters, spelt, in place of what a string held: without allocating, for this is done with every word.
pub fn lower_into(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(letters(word).flat_map(|(letter, _)| letter.to_lowercase()));
    }
}

/// The language of a text, by the little words in it; none for a text too short to tell. A word that several languages
/// share counts for less. Of a long text some samples are read.
pub fn recognise(text: &str) -> Option<&'static Language> {
    const SAMPLE: usize = 700;
    let words = words();
    let mut scores = vec![0.0f32; words.languages.len()];
    let mut lower = String::new();
    let parts_words = |sign: char| sign.is_ascii() && !sign.is_ascii_alphabetic();
    for third in 0..3 {
        let start = border(text, text.len() / 3 * third);
        let end = border(text, text.len().min(start + SAMPLE));
        let sample = spelt(&text[start..end]);
        for run in sample.split(parts_words).filter(|run| words.little.lets_through(run)) {
            for word in run.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()) {
                lower_into(word, &mut lower);
                let Some(of) = words.common.get(&lower) else { continue };
                for language in of {
                    scores[*language] += 1.0 / of.len() as f32;
                }
            }
        }
        if text.len() <= SAMPLE {
            break;
        }
    }
    let (best, score) =
        scores.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1).then(other.0.cmp(&one.0)))?;
    (*score >= 3.0).then(|| &words.languages[best])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read_and_known_by_its_code() {
        assert_eq!(all().len(), CODES.len());
        for language in all() {
            assert!(!code(&language.code).is_empty(), "{} is missing from the codes", language.code);
            assert!(!language.name(Kind::Chapter).is_empty() && !language.contents.is_empty());
        }
    }

    #[test]
    fn no_word_of_the_tables_is_passed_over() {
        let words = words();
        let telling = words.nouns.keys().chain(words.numbers.keys()).chain(&words.sides);
        for word in telling {
            assert!(may_tell(word) && may_tell(&word.to_ascii_uppercase()), "{word}");
        }
        assert!(words.common.keys().all(|word| words.little.lets_through(word)));
        let passed = ["waterstand", "verslagjaar", "harbour", "Vorhaben"].map(may_tell);
        assert!(passed.contains(&false), "it spares nothing");
    }

    #[test]
    fn a_text_is_recognised_by_its_little_words() {
        let check = |text: &str, code: Option<&str>| {
            assert_eq!(recognise(text).map(|language| language.code.as_str()), code, "{text}");
        };
        check("Het water werd door de dienst naar het meer geleid, zie de kaart.", Some("nl"));
        check("The water was led by the office to the lake; see the map.", Some("en"));
        check("Das Wasser wurde von der Behörde zum See geleitet und nicht in den Fluss.", Some("de"));
        check("A água foi levada pelo serviço para o lago, não para o rio; veja também o mapa.", Some("pt"));
        check("Vattnet leddes av myndigheten till sjön och inte till ån, se även kartan.", Some("sv"));
        check("Vandet blev af myndigheden ledt til søen og ikke til åen, se også kortet.", Some("da"));
        check("Vannet ble av etaten ledet til innsjøen og ikke til elva, se også kartet.", Some("nb"));
        check(
            "Vesi johdettiin järveen ja se ei mennyt jokeen, sillä laitos oli kiinni, katso myös kartta.",
            Some("fi"),
        );
        check("Woda została przez urząd odprowadzona do jeziora, a nie do rzeki, zob. także mapę.", Some("pl"));
        check("Voda byla úřadem odvedena do jezera, a ne do řeky, viz také mapu v této zprávě.", Some("cs"));
        check("1.3 Rotterdam 438 876", None);
    }

    #[test]
    fn nouns_are_found_in_all_their_forms() {
        let kinds = |word: &str| nouns(word).iter().map(|noun| (noun.kind, noun.language)).collect::<Vec<_>>();
        assert_eq!(kinds("hoofdstukken"), [(Kind::Chapter, "nl")]);
        assert!(nouns("note")[0].rest.len() > 1, "the longest form comes first");
        assert_eq!(kinds("hoofdstukje"), []);
        assert_eq!(number_word("derde", "nl"), Some(3));
        assert_eq!((number_word("to", "da"), number_word("to", "en")), (Some(2), None));
    }
}
