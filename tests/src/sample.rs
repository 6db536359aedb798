//! Reports made up for measuring: as long as is asked for, of chapters, sections and pages with all that a page has, and
//! the same every time. No two pages read alike, and of their lines only some of merged columns may: nothing is found
//! again that was not kept.

use std::fmt::Write;

use crate::chance::Chance;

/// The words of the made-up report. Little ones come often, as they do.
const WORDS: [&str; 72] = [
    "de",
    "het",
    "een",
    "van",
    "in",
    "is",
    "dat",
    "op",
    "te",
    "en",
    "voor",
    "met",
    "zijn",
    "die",
    "niet",
    "aan",
    "er",
    "om",
    "bij",
    "door",
    "naar",
    "uit",
    "ook",
    "over",
    "haven",
    "dienst",
    "water",
    "kade",
    "schepen",
    "onderzoek",
    "jaar",
    "gemeente",
    "rapport",
    "metingen",
    "toezicht",
    "planning",
    "kosten",
    "uitgaven",
    "inkomsten",
    "sluis",
    "brug",
    "dijk",
    "polder",
    "bestuur",
    "commissie",
    "aanbeveling",
    "conclusie",
    "periode",
    "begroting",
    "overzicht",
    "veiligheid",
    "beheer",
    "onderhoud",
    "werkzaamheden",
    "medewerkers",
    "organisatie",
    "afspraken",
    "resultaten",
    "risico",
    "maatregelen",
    "bewoners",
    "omgeving",
    "verkeer",
    "vervoer",
    "goederen",
    "bedrijven",
    "samenwerking",
    "ontwikkeling",
    "verwachting",
    "vooruitzicht",
    "stroming",
    "waterstand",
];

/// How a page of a sample is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// One column, 90 characters wide.
    Whole,
    /// One page in ten with two columns that ran together.
    SomeMerged,
}

/// A report of at least so many bytes, in plain text with form feeds, running headers and folios.
pub fn report(bytes: usize, setting: Setting) -> String {
    let mut chance = Chance::new(6);
    let mut text = String::with_capacity(bytes + 8192);
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        let page = page(&mut chance, number, setting);
        text.push_str(&page);
    }
    text
}

/// A page of a report, the form feed before it included but for the first.
pub fn page(chance: &mut Chance, number: usize, setting: Setting) -> String {
    let mut text = String::with_capacity(4096);
    if number > 1 {
        text.push('\u{c}');
    }
    let (chapter, section) = (number / 20 + 1, number % 20);
    text.push_str("Jaarverslag van de haven\n\n");
    let title = title(chance);
    text.push_str(&match section {
        0 => format!("Hoofdstuk {chapter} {title}\n\n"),
        _ => format!("{chapter}.{section} {title}\n\n"),
    });
    for paragraph in 0..6 {
        let words = prose(chance, 60, number);
        match setting == Setting::SomeMerged && number % 10 == 3 && paragraph == 2 {
            true => merged(chance, number, &mut text),
            false => text.extend(broken(&words, 90).into_iter().map(|line| line + "\n")),
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{number}");
    text
}

/// So many words of prose, a reference among them.
fn prose(chance: &mut Chance, words: usize, page: usize) -> Vec<String> {
    let mut prose: Vec<String> = (0..words).map(|_| (*chance.of(&WORDS)).to_owned()).collect();
    prose[chance.below(words / 2)] = format!("(zie paragraaf {}.{})", page / 20 + 1, 1 + chance.below(19));
    prose[words / 2 + chance.below(words / 3)].push('.');
    if let Some(last) = prose.last_mut() {
        last.push('.');
    }
    capital(&mut prose[0]);
    prose
}

fn title(chance: &mut Chance) -> String {
    let mut words: Vec<String> = (0..3).map(|_| (*chance.of(&WORDS[24..])).to_owned()).collect();
    capital(&mut words[0]);
    words.join(" ")
}

fn capital(word: &mut String) {
    if let Some(first) = word.get(..1).map(str::to_uppercase) {
        word.replace_range(..1, &first);
    }
}

/// Words broken into lines as a typesetter does.
fn broken(words: &[String], width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words {
        let last = lines.len() - 1;
        match lines[last].len() + 1 + word.len() > width {
            _ if lines[last].is_empty() => lines[last].push_str(word),
            true => lines.push(word.clone()),
            false => {
                lines[last].push(' ');
                lines[last].push_str(word);
            }
        }
    }
    lines
}

/// Sentences that a report may say in any order: what ran together is only found where it is prose.
const SENTENCES: [&str; 24] = [
    "De gemeente heeft de kade in het voorjaar laten meten en daarbij geen verzakking gevonden.",
    "Voor het onderhoud van de sluis is minder uitgegeven dan in de begroting stond.",
    "Het bestuur heeft besloten om de brug pas in het volgende jaar te vervangen.",
    "Bewoners van de oude haven klaagden over het lawaai van de schepen die in de nacht werden geladen.",
    "Uit de metingen blijkt dat het water op de meeste plaatsen schoner is geworden.",
    "De dienst verwacht dat het vervoer over het water de komende jaren zal toenemen.",
    "Een deel van de kosten wordt gedragen door de bedrijven die aan de kade liggen.",
    "Over de verdeling van het geld is lang overlegd, maar er is nog geen akkoord bereikt.",
    "De commissie heeft twee keer vergaderd en daarna haar verslag aan de raad gestuurd.",
    "In dat verslag staat dat het toezicht op de werkzaamheden beter moet worden geregeld.",
    "Wie een vergunning wil hebben, moet voortaan laten zien hoe het afval wordt afgevoerd.",
    "De medewerkers van de haven kregen een opleiding in het werken met gevaarlijke stoffen.",
    "Dat was nodig omdat de regels daarvoor in de zomer waren veranderd.",
    "Het aantal schepen dat de haven aandeed, bleef ongeveer gelijk aan dat van het jaar daarvoor.",
    "Wel waren de schepen gemiddeld groter, zodat er meer goederen werden overgeslagen.",
    "De waterstand was in september zo laag dat de grootste schepen moesten wachten.",
    "Daardoor liepen de inkomsten in het derde kwartaal terug.",
    "Tegen het einde van het jaar was dat verlies weer grotendeels goedgemaakt.",
    "De polder achter de dijk is bij de storm van februari niet onder water gelopen.",
    "Toch wil het waterschap de dijk over een lengte van drie kilometer verhogen.",
    "Daarover wordt nu gesproken met de eigenaren van het land langs de dijk.",
    "Zij vragen een vergoeding die hoger is dan de dienst had verwacht.",
    "Een onderzoek naar de oorzaak van de vervuiling is nog niet afgerond.",
    "De eerste resultaten daarvan worden in de loop van het voorjaar bekendgemaakt.",
];

/// Some sixty lines of two columns side by side, a space between them.
fn merged(chance: &mut Chance, page: usize, text: &mut String) {
    let mut column = || {
        let mut words: Vec<String> =
            format!("Zie paragraaf {}.1.", page / 20 + 1).split(' ').map(str::to_owned).collect();
        while words.len() < 420 {
            words.extend(chance.of(&SENTENCES).split(' ').map(str::to_owned));
        }
        broken(&words, 45)
    };
    let (left, right) = (column(), column());
    for (left, right) in left.iter().zip(&right) {
        let _ = writeln!(text, "{left} {right}");
    }
}
