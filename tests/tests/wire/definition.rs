//! References followed over the wire: text in, the place that the answer leads to drawn out. Each case is played in all
//! three encodings, for a client that takes links and for one that takes places only.

use std::collections::BTreeMap;

use columnist_tests::client::Client;
use columnist_tests::drawing::{Encoding, cursor, drawn, files};
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use expect_test::{Expect, expect};
use serde_json::{Value, json};

/// A case, ready to be asked about: its files on the disk, the one with the cursor open.
struct Case {
    client: Client,
    encoding: Encoding,
    folder: Folder,
    texts: BTreeMap<String, String>,
    at: Value,
}

impl Case {
    fn new(case: &str, encoding: Encoding, links: bool) -> Self {
        let folder = Folder::new(case);
        let mut profile = Profile::rich(encoding).in_folder(&folder);
        profile.capabilities["textDocument"]["definition"] = json!({ "linkSupport": links });
        let client = Client::start(&profile);
        let files = files(case);
        let (name, marked) = files.iter().find(|(_, text)| text.contains("$0")).expect("a cursor");
        let (text, byte) = cursor(marked);
        let uri = folder.uri(name);
        client.open(&uri, 1, &text);
        let position = encoding.position(&text, byte.expect("a cursor"));
        let at = json!({ "textDocument": { "uri": uri }, "position": position });
        let texts = files.iter().map(|(name, text)| (name.clone(), cursor(text).0)).collect();
        Self { client, encoding, folder, texts, at }
    }

    /// A place in one of the files.
    fn drawn(&self, uri: &Value, range: &Value) -> String {
        let name = self.texts.keys().find(|name| self.folder.uri(name) == *uri);
        let name = name.unwrap_or_else(|| panic!("{uri} is none of the files"));
        let text = &self.texts[name];
        format!("{name}\n{}", drawn(text, self.encoding.bytes(text, range)))
    }
}

/// Where the reference at the cursor leads, with what was asked about and all of the target for clients that take it.
fn check(case: &str, expected: &Expect) {
    expected.assert_eq(&Encoding::in_all(|encoding| {
        let linked = links(case, encoding);
        let mut play = Case::new(case, encoding, false);
        let places = play.client.request("textDocument/definition", play.at.clone());
        let places = places.as_array().expect("a list of places");
        assert_eq!(places.len(), linked.len());
        for (place, link) in places.iter().zip(&linked) {
            let place = play.drawn(&place["uri"], &place["range"]);
            assert!(link.contains(&format!("to {place}")), "the place\n{place}is not that of\n{link}");
        }
        assert_eq!(play.client.leave(), Some(0));
        linked.concat()
    }));
}

/// The links, each drawn.
fn links(case: &str, encoding: Encoding) -> Vec<String> {
    let mut play = Case::new(case, encoding, true);
    let links = play.client.request("textDocument/definition", play.at.clone());
    let draw = |link: &Value| {
        let from = play.drawn(&play.at["textDocument"]["uri"], &link["originSelectionRange"]);
        let to = play.drawn(&link["targetUri"], &link["targetSelectionRange"]);
        format!("from {from}to {to}all of {}", play.drawn(&link["targetUri"], &link["targetRange"]))
    };
    let drawn = links.as_array().expect("a list of links").iter().map(draw).collect();
    assert_eq!(play.client.leave(), Some(0));
    drawn
}

#[test]
fn a_reference_leads_to_a_chapter_of_the_same_text() {
    check(
        "
//- verslag.md
# 1 Inleiding

De 😀 vertelt: 𝕏 𝕐, zie hoofdstuk $02.

# Hoofdstuk 2 𝕆nderzoek en é

Alles.
",
        &expect![[r#"
            from verslag.md
            3 | De 😀 vertelt: 𝕏 𝕐, zie ⟦hoofdstuk 2⟧.
            to verslag.md
            5 | # ⟦Hoofdstuk 2 𝕆nderzoek en é⟧
            all of verslag.md
            5 | # ⟦Hoofdstuk 2 𝕆nderzoek en é
            …
            8 | ⟧
        "#]],
    );
}

#[test]
fn a_reference_leads_to_a_section_of_another_file() {
    check(
        "
//- deel/een.txt
1 Begin

😀 Zie paragraaf$0 2.1 en verder.
//- deel/twee.md
# 2 Vervolg

Een 😀 regel.

## 2.1 Het 😀 slot

Zo.
",
        &expect![[r#"
            from deel/een.txt
            3 | 😀 Zie ⟦paragraaf 2.1⟧ en verder.
            to deel/twee.md
            5 | ## ⟦2.1 Het 😀 slot⟧
            all of deel/twee.md
            5 | ## ⟦2.1 Het 😀 slot
            …
            8 | ⟧
        "#]],
    );
}

#[test]
fn a_reference_that_leads_nowhere_is_answered_with_nothing() {
    check(
        "
//- een.txt
1 Begin

Zie hoofdstuk $09.
",
        &expect![""],
    );
}

#[test]
fn all_references_to_a_chapter_are_found_from_its_heading() {
    let case = "
//- een.txt
1 Begin

😀😀 zie hoofdstuk 2, en nog eens: hoofdstuk 2.
//- twee.md
# Hoofdstuk 2: Het $0vervolg
";
    let found = Encoding::in_all(|encoding| {
        let mut play = Case::new(case, encoding, true);
        let mut asked = play.at.clone();
        asked["context"] = json!({ "includeDeclaration": true });
        let places = play.client.request("textDocument/references", asked);
        let places = places.as_array().expect("a list of places");
        places.iter().map(|place| play.drawn(&place["uri"], &place["range"])).collect()
    });
    expect![[r#"
        twee.md
        1 | # ⟦Hoofdstuk 2: Het vervolg⟧
        een.txt
        3 | 😀😀 zie hoofdstuk ⟦2⟧, en nog eens: hoofdstuk 2.
        een.txt
        3 | 😀😀 zie hoofdstuk 2, en nog eens: hoofdstuk ⟦2⟧.
    "#]]
    .assert_eq(&found);
}

#[test]
fn hover_shows_the_heading_and_its_first_lines_as_the_client_renders_them() {
    let case = "
//- een.txt
1 Begin

😀😀 zie hoofdstuk $02.
//- twee.md
# Hoofdstuk 2: Het *vervolg*

Hier staat het.
";
    let mut play = Case::new(case, Encoding::Utf16, true);
    let hover = play.client.request("textDocument/hover", play.at.clone());
    expect![[r#""**Hoofdstuk 2: Het \\*vervolg\\***  \ntwee.md:1\n\nHier staat het.""#]]
        .assert_eq(&hover["contents"]["value"].to_string());
    assert_eq!(hover["contents"]["kind"], "markdown");
    expect![[r#"
        een.txt
        3 | 😀😀 zie ⟦hoofdstuk 2⟧.
    "#]]
    .assert_eq(&play.drawn(&play.at["textDocument"]["uri"], &hover["range"]));

    let mut client = Client::start(&Profile::plain().in_folder(&play.folder));
    let hover = client.request("textDocument/hover", play.at.clone());
    assert_eq!(hover["contents"]["kind"], "plaintext", "the disk answers for what is not open");
    client.open(&play.folder.uri("een.txt"), 1, &play.texts["een.txt"]);
    let hover = client.request("textDocument/hover", play.at.clone());
    assert_eq!(hover["contents"]["kind"], "plaintext");
    expect![[r#""Hoofdstuk 2: Het *vervolg*\ntwee.md:1\n\nHier staat het.""#]]
        .assert_eq(&hover["contents"]["value"].to_string());
}

#[test]
fn headings_of_all_files_are_found_by_a_part_of_their_text() {
    let case = "
//- een.txt
1 Begin$0

Tekst.
//- b/twee.md
# 2 😀 Het vervolg

## 2.1 Een begin
";
    let found = Encoding::in_all(|encoding| {
        let mut play = Case::new(case, encoding, true);
        let found = play.client.request("workspace/symbol", json!({ "query": "begin" }));
        let nothing = play.client.request("workspace/symbol", json!({ "query": "zzzz" }));
        assert_eq!(nothing, json!([]));
        let found = found.as_array().expect("a list of headings");
        found
            .iter()
            .map(|symbol| {
                let place = play.drawn(&symbol["location"]["uri"], &symbol["location"]["range"]);
                format!("{} in {place}", symbol["name"].as_str().expect("a name"))
            })
            .collect()
    });
    expect![[r#"
        2.1 Een begin in b/twee.md
        3 | ## ⟦2.1 Een begin⟧
    "#]]
    .assert_eq(&found);
}
