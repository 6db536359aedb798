//! Outlines over the wire: a tree for clients that show one, a list for the others, in every encoding.

use columnist_tests::client::Client;
use columnist_tests::drawing::{Encoding, drawn};
use columnist_tests::profile::Profile;
use expect_test::expect;
use serde_json::{Value, json};

const REPORT: &str = "# 1 Een 😀 begin\n\n## 1.1 Eerst 𝕏\n\nTekst.\n\n# 2 Slot\n";
const BUFFER: &str = "untitled:Untitled-1";

fn outline(profile: &Profile) -> Vec<Value> {
    let mut client = Client::start(profile);
    let document = json!({ "uri": BUFFER, "languageId": "markdown", "version": 1, "text": REPORT });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": BUFFER } }));
    assert_eq!(client.leave(), Some(0));
    symbols.as_array().expect("a list").clone()
}

fn draw_tree(symbols: &[Value], encoding: Encoding, depth: usize, out: &mut String) {
    for symbol in symbols {
        *out += &format!("{}{}\n", "  ".repeat(depth), symbol["name"].as_str().expect("a name"));
        let (all, own) = (encoding.bytes(REPORT, &symbol["range"]), encoding.bytes(REPORT, &symbol["selectionRange"]));
        assert!(all.start <= own.start && own.end <= all.end, "the protocol wants the heading inside of its section");
        *out += &drawn(REPORT, own);
        *out += &drawn(REPORT, all);
        draw_tree(symbol["children"].as_array().map_or(&[], Vec::as_slice), encoding, depth + 1, out);
    }
}

#[test]
fn a_client_that_shows_trees_gets_one() {
    let tree = Encoding::in_all(|encoding| {
        let mut tree = String::new();
        draw_tree(&outline(&Profile::rich(encoding)), encoding, 0, &mut tree);
        tree
    });
    expect![[r#"
        1 Een 😀 begin
        1 | # ⟦1 Een 😀 begin⟧
        1 | # ⟦1 Een 😀 begin
        …
        7 | # ⟧2 Slot
          1.1 Eerst 𝕏
        3 | ## ⟦1.1 Eerst 𝕏⟧
        3 | ## ⟦1.1 Eerst 𝕏
        …
        7 | # ⟧2 Slot
        2 Slot
        7 | # ⟦2 Slot⟧
        7 | # ⟦2 Slot
        8 | ⟧
    "#]]
    .assert_eq(&tree);
}

#[test]
fn a_client_that_shows_lists_gets_one() {
    let list: String = outline(&Profile::plain())
        .iter()
        .map(|symbol| {
            assert_eq!(symbol["location"]["uri"], BUFFER);
            let name = symbol["name"].as_str().expect("a name");
            let container = symbol["containerName"].as_str().map(|name| format!(" of {name}")).unwrap_or_default();
            let range = Encoding::Utf16.bytes(REPORT, &symbol["location"]["range"]);
            format!("{name}{container}\n{}", drawn(REPORT, range))
        })
        .collect();
    expect![[r#"
        1 Een 😀 begin
        1 | # ⟦1 Een 😀 begin
        …
        7 | # ⟧2 Slot
        1.1 Eerst 𝕏 of 1 Een 😀 begin
        3 | ## ⟦1.1 Eerst 𝕏
        …
        7 | # ⟧2 Slot
        2 Slot
        7 | # ⟦2 Slot
        8 | ⟧
    "#]]
    .assert_eq(&list);
}

#[test]
fn the_outline_is_that_of_the_last_change_before_the_question() {
    let mut client = Client::start(&Profile::plain());
    let uri = "untitled:u.md";
    client.open(uri, 1, "# nul\n");
    for version in 2..=50 {
        client.change(uri, version, json!([{ "text": format!("# versie {version}\n") }]));
        let id = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
        client.change(uri, version, json!([{ "text": "# te laat\n" }]));
        let symbols = client.answer(id).expect("an outline");
        assert_eq!(symbols[0]["name"], format!("versie {version}"));
    }
}
