//! What is worked out after an edit with the help of what was known before it equals what is worked out from scratch,
//! whatever the edits.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use columnist_transcript::analysis::{Analysis, Memo};
use columnist_transcript::columns::judge::Judge;
use columnist_transcript::columns::said::{Said, Saying};
use columnist_transcript::columns::{self, Model};
use columnist_transcript::lines::{Format, Lines};
use columnist_transcript::span::Span;
use columnist_transcript::text::Text;
use proptest::prelude::*;

/// What has been learnt, where it is at hand; else a judge that has learnt nothing, whose blocks are as good for this.
fn model() -> Model {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let junctions = std::fs::read(data.join("junctions.bin")).expect("the junctions are in the repository");
    let judge = std::fs::read(data.join("judge.bin")).ok();
    let learnt = judge.and_then(|judge| Model::from_bytes(junctions.clone(), &judge).ok());
    learnt.unwrap_or_else(|| {
        Model::from_bytes(junctions, &Judge::new().to_bytes()).expect("what was written just now can be read")
    })
}

static MODEL: LazyLock<Model> = LazyLock::new(model);

/// Pieces that texts and edits are made of: headings, references, merged lines, pages, notes, and their halves.
const PIECES: &[&str] = &[
    "1.2 De kade\n",
    "Hoofdstuk 3 Water\n",
    "# 2.1 Sluis\n",
    "Zie hoofdstuk 1.2 (De kade) en de paragrafen 2, 3.1 en 4.\n",
    "zie ook hoofd-\nstuk 3 hier",
    "De haven was in het jaar drukker dan    De dienst heeft de kade in het\nooit tevoren, want de schepen waren    voorjaar laten nameten, en vond\ngroter en het water was hoger dan in    dat zij lager lag dan gedacht\neerdere jaren, zo bleek uit metingen    werd toen zij werd gebouwd.\n",
    "\u{c}",
    "\n",
    "\n\n17\n",
    "12 Een noot onder aan de bladzijde.\n",
    "The see chapter 4 of the report was in the water and it is of no use.\n",
    "Inhoud\n1.2 De kade ...... 3\n2.1 Sluis ........ 9\n3 Water ......... 12\n",
    "\u{1F600} é ",
    "3",
    ".",
    "```\n",
    "<!-- columnist-off -->\n",
];

/// Prose as reports have it, line by line, with what may be taken for something else among it.
const PROSE: &[&str] = &[
    "De dienst heeft in het najaar langs de hele kade gemeten hoe diep het water\n",
    "daar nog is, want de schepen die er aanleggen worden met elk jaar groter en\n",
    "de sluis laat er niet meer door dan twaalf in een uur. Zie hoofdstuk 3 en de\n",
    "bijlage A voor de metingen van 2019 en 2020, die ook in paragraaf 1.2 staan.\n",
    "12 schepen lagen er toen. In de zomer bleef het stil, zoals in andere jaren\n",
    "Maatregelen en kosten\n",
    "tot aan de brug.\n\n",
    "gemeten.12 Daarna\n",
    "(zie noot 12) en\n",
    "DE HAVEN EN HAAR KADE\n",
    "\n",
    "\n\n",
    "- een lijst\n- met twee\n\n",
    "> een aanhaling\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "<!-- een opmerking\n",
    "-->\n",
    "<!-- columnist-off-next -->\n",
    "zie [hoofdstuk 2][a] en [de sluis](2.md#sluis) en `code` hier\n",
    "[a]: 2.md\n",
    "~~~\n",
    "---\n",
    "    ingesprongen\n\n",
    "<div>\n",
    "Een kop\n=======\n",
    "[^1]: een noot\n",
    "gemeten[^1]\n",
    "1.2 De kade\n",
    "1.3 De sluis\n\n",
    "Hoofdstuk 3 Water\n\n",
    "Figuur 2 De haven\n",
    "\n13 Een noot onder aan de bladzijde.\n14 En nog een.\n",
    "Noten\n",
    "Inhoud\n1.2 De kade ...... 3\n",
    "2.1 Sluis 9\n",
    "* met drie\n",
    "gemeten13 en ook14\n",
];

/// Prose in paragraphs, with pieces among it.
fn prose(most: usize) -> impl Strategy<Value = String> {
    let line = (0..PROSE.len()).prop_map(|index| PROSE[index]);
    let lines = prop::collection::vec(line, 4..16).prop_map(|lines| lines.concat() + "\n");
    let part = prop_oneof![4 => lines, 1 => pieces(3)];
    prop::collection::vec(part, 1..most).prop_map(|parts| parts.concat())
}

/// What one types: a letter, a word, a line, a stop; or a little is taken away. At times on a blank line, which may be what
/// parts a title from what follows.
fn typing(most: usize) -> impl Strategy<Value = Vec<(f64, f64, String)>> {
    let typed = prop::sample::select(vec![
        "e",
        " kade",
        "\n",
        "\n\n",
        ".",
        "-",
        "A",
        "7",
        " hoofdstuk ",
        "",
        "",
        "zie ",
        "`",
        "[",
        "# ",
        "> ",
        "    ",
        "~~~\n",
        "1",
        "12 ",
        "1.4 ",
        "- ",
    ]);
    let place = prop_oneof![5 => 0.0..1.0f64, 1 => BLANK..BLANK + 1.0];
    let length = prop_oneof![3 => Just(0.0), 1 => 0.0..0.004f64];
    prop::collection::vec((place, length, typed.prop_map(str::to_owned)), 1..most)
}

/// Lines of a page that ran together, and lines that go on in one another.
const BORDER: &[&str] = &[
    "The council met eleven times in the course of the The third matter was the bridge over the old canal,",
    "year. Most of its time went to the budget, which which had been closed to lorries since the autumn.",
    "was adopted in the last week of November after a Engineers found that two of its piers had settled by",
    "long debate about the price of water. more than was thought. It will have to be rebuilt,",
    "The harbour was busier in the spring than it had been in any year before, and so the",
    "harbour was busier in the spring than it had been in any year before, and so the",
    "council asked for a plan of the harbour and of the town, which it had not seen in the",
    "spring of the year before, when the harbour was as busy as it had been in the",
];

/// Sentences that a report may say in any order.
const SENTENCES: &[&str] = &[
    "De gemeente heeft de kade in het voorjaar laten meten en daarbij geen verzakking gevonden.",
    "Voor het onderhoud van de sluis is minder uitgegeven dan in de begroting stond.",
    "Bewoners van de oude haven klaagden over het lawaai van de schepen die in de nacht werden geladen.",
    "In dat verslag staat dat het toezicht op de werk- zaamheden beter moet worden geregeld.",
    "Dat was nodig omdat de regels daarvoor in de zomer waren veranderd (zie noot 12).",
    "Daardoor liepen de inkomsten in het derde kwartaal terug.",
    "De polder achter de dijk is bij de storm van februari niet onder water gelopen.",
    "3.1 De Dijk",
];

/// The lines of a column.
fn column(sentences: &[usize]) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in sentences.iter().flat_map(|&at| SENTENCES[at].split(' ')) {
        match lines.last_mut().filter(|line| line.len() + word.len() < 44) {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => *line = format!("{line} {word}"),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A page of columns that ran together: two or three of them, a space or more between, some lines of one column alone, a
/// blank line here and there; on some pages the numbers of every fifth line between the columns.
fn page() -> impl Strategy<Value = String> {
    let sentences = || prop::collection::vec(0..SENTENCES.len(), 6..24);
    let columns = |count: usize| prop::collection::vec(sentences(), count);
    let columns = prop_oneof![5 => columns(2), 1 => columns(3)];
    let gap = prop_oneof![3 => Just(" "), 1 => Just("   "), 1 => Just("\t")];
    let odd = prop::collection::vec(0..12usize, 40);
    let numbered = prop_oneof![3 => Just(false), 1 => Just(true)];
    (columns, gap, odd, numbered).prop_map(|(columns, gap, odd, numbered)| {
        let columns: Vec<Vec<String>> = columns.iter().map(|sentences| column(sentences)).collect();
        let longest = columns.iter().map(Vec::len).max().unwrap_or(0);
        let line = |at: usize| {
            let cells: Vec<&str> = columns.iter().filter_map(|column| Some(column.get(at)?.as_str())).collect();
            if numbered && at % 5 == 4 {
                return cells.join(&format!(" {} ", at + 1));
            }
            match odd[at % odd.len()] {
                0 => cells.join("\n"),
                1 => cells.join(gap) + "\n",
                2 => cells.join(gap) + " ",
                _ => cells.join(gap),
            }
        };
        (0..longest).map(|at| line(at) + "\n").collect()
    })
}

/// Typing that stays near one place for a while: a share of the text, and how far from it.
fn typing_near(most: usize) -> impl Strategy<Value = Vec<(f64, f64, String)>> {
    let near = (0.0..1.0f64, prop::collection::vec(-0.03..0.03f64, 1..8), typing(9));
    let moved = |(place, near, typed): (f64, Vec<f64>, Vec<(f64, f64, String)>)| -> Vec<(f64, f64, String)> {
        let typed = typed.into_iter().zip(near.into_iter().cycle());
        typed.map(|((_, length, typed), near)| ((place + near).clamp(0.0, 1.0), length, typed)).collect()
    };
    prop::collection::vec(near.prop_map(moved), 1..most).prop_map(|runs| runs.concat())
}

fn pieces(most: usize) -> impl Strategy<Value = String> {
    let piece = (0..PIECES.len()).prop_map(|index| PIECES[index]);
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// A share of a text from here on means the first blank line after that share of it, counted from here.
const BLANK: f64 = 2.0;

/// The nearest border of characters at or before a share of a text, or a blank line.
fn border(text: &str, share: f64) -> usize {
    let is_blank = share >= BLANK;
    let at = (text.len() as f64 * if is_blank { share - BLANK } else { share }) as usize;
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let blank = text[at..].find("\n\n").filter(|_| is_blank);
    blank.map_or(at, |blank| at + blank + 1)
}

fn same(one: &Analysis, other: &Analysis) -> bool {
    let code = |analysis: &Analysis| analysis.survey.plan.language.map(|language| language.code.clone());
    one.columns == other.columns
        && one.survey.plan.pages == other.survey.plan.pages
        && one.survey.plan.outline == other.survey.plan.outline
        && one.survey.references == other.survey.references
        && one.survey.plan.markup == other.survey.plan.markup
        && code(one) == code(other)
}

/// Whether the numbers that lines open with are the same, and where checks are switched off; asked each time, both are moved on.
fn answers_alike(text: &str, format: Format, one: &Analysis, other: &Analysis) -> bool {
    let lines = Lines::new(text);
    one.openings(&lines) == other.openings(&lines)
        && one.suppressions(&lines, format) == other.suppressions(&lines, format)
}

/// Edits a text again and again, and holds what is worked out with the help of what was known against what is worked out
/// from scratch.
fn check(model: &Model, start: &str, edits: &[(f64, f64, String)], format: Format) -> Result<(), TestCaseError> {
    check_with_words(model, &Said::default(), start, edits, format)
}

fn check_with_words(
    model: &Model,
    said: &Said,
    start: &str,
    edits: &[(f64, f64, String)],
    format: Format,
) -> Result<(), TestCaseError> {
    let (mut memo, mut edited) = (Memo::default(), Text::new(start));
    let mut text = Arc::new(start.to_owned());
    let begun = Analysis::begin(&text, format, model, said, None, &mut memo);
    let (first, lines) = (Analysis::finish(&begun, (&edited, &text), &mut memo), Lines::new(&text));
    drop((first.openings(&lines), first.suppressions(&lines, format)));
    prop_assert!(same(&first, &Analysis::with_words(&text, format, model, said)), "begun and finished:\n{text}");
    for (from, length, new) in edits {
        let (start, end) = (border(&text, *from), border(&text, from + length));
        edited.edit(Span::new(start, end), new);
        text = Arc::new(edited.whole());
        let piecemeal = Analysis::again((&edited, &text), format, model, said, None, &mut memo);
        let from_scratch = Analysis::with_words(&text, format, model, said);
        prop_assert!(answers_alike(&text, format, &piecemeal, &from_scratch), "other answers in:\n{text}");
        if !same(&piecemeal, &from_scratch) {
            let (one, other) = (format!("{piecemeal:#?}"), format!("{from_scratch:#?}"));
            let differ = one.lines().zip(other.lines()).find(|(one, other)| one != other);
            prop_assert!(false, "{differ:?} in:\n{text}");
        }
    }
    Ok(())
}

fn edits(most: usize) -> impl Strategy<Value = Vec<(f64, f64, String)>> {
    prop::collection::vec((0.0..1.0f64, 0.0..0.1f64, pieces(3)), 1..most)
}

fn format() -> impl Strategy<Value = Format> {
    any::<bool>().prop_map(|markdown| if markdown { Format::Markdown } else { Format::Plain })
}

#[test]
fn a_block_may_reach_over_the_start_of_a_page_with_a_note() {
    let prose = PROSE[2].repeat(2) + &PROSE[0].repeat(2);
    let (text, mut said) = (prose + "(zie noot 12) en\n\n\u{c}\u{1F600} é ", Said::default());
    said.say(&Lines::new(&text), 0..7, &Saying::Columns(2));
    let edits = [(0.6, 0.0, "e".to_owned()), (0.79, 0.0, "e".to_owned()), (0.0, 0.0, ".".to_owned())];
    check_with_words(&Model::default(), &said, &text, &edits, Format::Plain).expect("they are the same");
}

#[test]
fn a_column_at_the_end_of_a_page_may_open_as_a_note_does() {
    let paragraphs = (PROSE[0].repeat(4) + "\n").repeat(3);
    let (text, mut said) = (paragraphs + "(zie noot 12) en\ntot aan de brug.\n", Said::default());
    said.say(&Lines::new(&text), 15..17, &Saying::Columns(2));
    let inside_a_word = text[text.len() / 3..].find("ienst").expect("it is there") + text.len() / 3;
    let edits = [((inside_a_word as f64 + 0.5) / text.len() as f64, 0.0, "12 ".to_owned())];
    check_with_words(&Model::default(), &said, &text, &edits, Format::Plain).expect("they are the same");
}

#[test]
fn the_pages_under_a_block_are_read_in_one_another() {
    let notes = "\n\n13 Een noot onder aan de bladzijde.\n14 En nog een.\nMaatregelen en kosten\n-->\n\n";
    let above = format!("{}gemeten.12 Daarna\n    ingesprongen\n\nMaatregelen en kosten\n[a]: 2.md\n", PROSE[0]);
    let prose = format!("Maatregelen en kosten\n1.3 De sluis\n{notes}Maatregelen en kosten\n{}\n", PROSE[0]);
    let text = format!("{above}{prose}Hoofdstuk 3 Water\n\u{c}\n1.2 De kade\n{}", PIECES[5]);
    let (lines, mut said) = (Lines::new(&text), Said::default());
    said.say(&lines, 3..lines.len().min(26), &Saying::Columns(2));
    let typed = [(0.67, "."), (0.84, "zie "), (0.696, "e"), (0.98, "e"), (BLANK, "\n\n"), (0.799, "\n\n")];
    let edits = typed.map(|(place, typed)| (place, 0.0, typed.to_owned()));
    check_with_words(&Model::default(), &said, &text, &edits, Format::Plain).expect("they are the same");
}

#[test]
fn what_becomes_a_note_leaves_the_sentence_before_it_open() {
    let (prose, notes) = (PROSE[0], "13 Een noot onder aan de bladzijde.\n14 En nog een.\n");
    let foot = format!("gemeten13 en ook14\n{prose}\n\n{notes}{}\n{notes}{prose}\n", PROSE[2]);
    let below =
        format!("Een kop\n=======\nHoofdstuk 3 Water\n\n{prose}{prose}\n{}", (prose.repeat(4) + "\n").repeat(3));
    let text = format!("Maatregelen en kosten\nMaatregelen en kosten\n{foot}\u{c}{below}");
    let between = text.rfind("\n13 ").expect("it is there") as f64 + 0.5;
    let edits = [(between / text.len() as f64, 0.0, "A".to_owned())];
    check(&Model::default(), &text, &edits, Format::Markdown).expect("they are the same");
}

#[test]
fn a_paragraph_may_come_to_an_end_below_a_marked_heading() {
    let text = "# 2. é\n1.2 De kade ..\n é ....... 9\n3 Wa.... 12\n1 Sluis\n";
    let share = text.find("..\n").expect("it is there") as f64 + 3.5;
    let edits = [(share / text.len() as f64, 0.0, "\n".to_owned())];
    check(&Model::default(), text, &edits, Format::Markdown).expect("they are the same");
}

#[test]
fn a_heading_may_lose_its_number_with_the_prose_above() {
    let text = format!("{}{}\nHoofdstuk 3\nWater en wegen\n\n{}", PROSE[0], PROSE[1], PROSE[2]);
    let (start, end) = (text.find("daar nog").expect("it is there") + 4, text.find("\nWater").expect("it is there"));
    let share = |at: usize| (at as f64 + 0.5) / text.len() as f64;
    let edits = [(share(start), share(end) - share(start), String::new())];
    check(&Model::default(), &text, &edits, Format::Plain).expect("they are the same");
}

/// A long prose is read in parts, in whatever order those are done.
#[test]
fn the_references_of_a_long_prose_come_in_its_order() {
    let paragraph =
        |number: usize| format!("De sluis (zie hoofdstuk {number}) was dicht en de kade lag er leeg bij.\n\n");
    let asked = || (0..2000).map(|at| 1 + at % 400);
    let text: String = asked().map(paragraph).collect();
    let mut memo = Memo::new(|count, task| (0..count).rev().for_each(task));
    let (edited, whole) = (Text::new(&text), Arc::new(text.clone()));
    let said = (&Model::default(), &Said::default());
    let found = Analysis::again((&edited, &whole), Format::Plain, said.0, said.1, None, &mut memo);
    let numbers = found.survey.references.iter().map(|reference| &text[reference.span.range()]);
    assert!(numbers.eq(asked().map(|number: usize| number.to_string())));
}

/// An answer to what was asked of an older text may come late: what is remembered stays that of the newer one.
#[test]
fn a_text_that_is_finished_after_a_newer_one_leaves_what_is_remembered_alone() {
    let older = "1 Haven\n\nZie hoofdstuk 2.\n\nDe kade (zie hoofdstuk 1) was oud.\n\n2 Sluis\n\nDe sluis.\n".repeat(9);
    let (model, said, mut memo) = (Model::default(), Said::default(), Memo::default());
    let begun = Analysis::begin(&older, Format::Plain, &model, &said, None, &mut memo);
    let mut text = Text::new(&older);
    let mut type_in = |at: usize, new: &str, text: &mut Text| {
        text.edit(Span::new(at, at), new);
        let whole = Arc::new(text.whole());
        let found = Analysis::again((text, &whole), Format::Plain, &model, &said, None, &mut memo);
        assert!(same(&found, &Analysis::new(&whole, Format::Plain, &model)), "{whole}");
        let (old, late) = (Text::new(&older), Arc::new(older.clone()));
        let finished = Analysis::finish(&begun, (&old, &late), &mut memo);
        assert!(same(&finished, &Analysis::new(&older, Format::Plain, &model)));
    };
    type_in(0, "Een regel ervoor.\n\n", &mut text);
    type_in(text.len(), "En zie hoofdstuk 2.\n", &mut text);
    type_in(30, "x", &mut text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    // Some three thousand edits.
    #[test]
    fn piecemeal_equals_from_scratch(start in pieces(40), edits in edits(50), format in format()) {
        check(&Model::default(), &start, &edits, format)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    // Nearly all of them within prose, where the survey is not made from scratch.
    #[test]
    fn typing_piecemeal_equals_from_scratch(start in prose(12), edits in typing(50), format in format()) {
        check(&Model::default(), &start, &edits, format)?;
    }

    // The same where a person said of some lines that they are columns.
    #[test]
    fn typing_in_columns_equals_from_scratch(
        start in prose(12), edits in typing(50), format in format(), from in 0.0..1.0f64, count in 2..30usize,
    ) {
        let (lines, mut said) = (Lines::new(&start), Said::default());
        let first = (lines.len() as f64 * from) as usize;
        said.say(&lines, first..(first + count).min(lines.len()), &Saying::Columns(2));
        check_with_words(&Model::default(), &said, &start, &edits, format)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn piecemeal_equals_from_scratch_with_the_columns(start in pieces(16), edits in edits(12), format in format()) {
        check(&MODEL, &start, &edits, format)?;
    }

    // Line by line a page turns into one of which nothing speaks for columns, and back.
    #[test]
    fn a_page_that_turns_plain_and_back_equals_one_from_scratch(
        start in prop::collection::vec(0..BORDER.len(), 8..20),
        edits in prop::collection::vec((0..20usize, 0..BORDER.len()), 1..40),
    ) {
        let mut page = start;
        for (at, line) in edits {
            let at = at % page.len();
            page[at] = line;
            let text: String = page.iter().map(|&line| BORDER[line].to_owned() + "\n").collect();
            let lines = Lines::new(&text);
            let again = columns::find_again(&lines, &[], &MODEL);
            prop_assert_eq!(again, columns::find(&lines, &[], &MODEL), "{}", text);
        }
    }

    // What was worked out of a page in columns is taken over where it stands.
    #[test]
    fn typing_in_merged_pages_equals_from_scratch(pages in prop::collection::vec(page(), 1..3), edits in typing_near(4)) {
        check(&MODEL, &pages.join("\u{c}"), &edits, Format::Plain)?;
    }
}
