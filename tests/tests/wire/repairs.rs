//! Repairs over the wire: a merged page opened, the repair taken from the light bulb, and the page in reading order; the
//! edits for the version that was seen, no larger than they need be.

use std::fs;

use columnist_tests::client::Client;
use columnist_tests::drawing::Encoding;
use columnist_tests::profile::Profile;
use columnist_tests::repository;
use serde_json::{Value, json};

const BUFFER: &str = "untitled:blad.txt";

/// A merged page, with characters of four bytes before the gutter and on the line above.
fn page() -> String {
    let page = fs::read_to_string(repository().join("examples/report/1-haven.txt")).expect("the example is there");
    format!("😀 𝔻eel\n{}", page.replacen("haven binnen,", "h😀ven binnen,", 1))
}

/// What the light bulb offers on the first line of the block.
fn actions(client: &mut Client, encoding: Encoding, text: &str, only: Value) -> Vec<Value> {
    let at = encoding.position(text, text.find("h😀ven").expect("it is in the block"));
    let mut context = json!({ "diagnostics": [] });
    if !only.is_null() {
        context["only"] = only;
    }
    let asked = json!({
        "textDocument": { "uri": BUFFER }, "range": { "start": at, "end": at }, "context": context,
    });
    client.request("textDocument/codeAction", asked).as_array().expect("a list").clone()
}

/// A client with a page open, whose user lets so many lines be repaired wrongly unasked.
fn lenient(page: &str, expected_wrong: u32) -> Client {
    let mut profile = Profile::rich(Encoding::Utf16);
    profile.options = json!({ "columns": { "expected-wrong": expected_wrong } });
    let client = Client::start(&profile);
    client.open(BUFFER, 1, page);
    client
}

/// The edits of an action, which are for a version of the buffer where the client can tell.
fn edits(action: &Value, version: Option<i32>) -> Vec<Value> {
    let edit = &action["edit"];
    match version {
        Some(version) => {
            let [change] = &edit["documentChanges"].as_array().expect("versioned changes")[..] else {
                panic!("{edit}")
            };
            assert_eq!(change["textDocument"], json!({ "uri": BUFFER, "version": version }));
            change["edits"].as_array().expect("edits").clone()
        }
        None => edit["changes"][BUFFER].as_array().expect("edits").clone(),
    }
}

fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<_> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}

fn has_line(text: &str, wanted: &str) -> bool {
    text.lines().any(|line| line.trim() == wanted)
}

#[test]
fn the_repair_of_a_block_puts_the_page_in_reading_order() {
    let before = page();
    let after = Encoding::in_all(|encoding| {
        let mut client = Client::start(&Profile::rich(encoding));
        client.open(BUFFER, 7, &before);
        let findings = client.pushed(BUFFER, Some(7));
        let block = findings.iter().find(|finding| finding["code"] == "merged-columns").expect("the block");
        let actions = actions(&mut client, encoding, &before, json!(["quickfix"]));
        let action = actions.iter().find(|action| action["isPreferred"] == true).expect("the best repair");
        assert_eq!((&action["kind"], &action["diagnostics"][0]), (&json!("quickfix"), block));
        encoding.edited(&before, &edits(action, Some(7)))
    });
    assert_eq!(words(&before), words(&after));
    assert!(!has_line(&before, "1.3 Veiligheid op de kade") && has_line(&after, "1.3 Veiligheid op de kade"));
}

#[test]
fn all_that_is_sure_is_repaired_in_one_action() {
    let before = page();
    let mut client = lenient(&before, 0);
    let offered = actions(&mut client, Encoding::Utf16, &before, json!(["source.fixAll"]));
    assert_eq!(offered, Vec::<Value>::new(), "nothing is as sure as that");

    let mut client = lenient(&before, 5);
    let offered = actions(&mut client, Encoding::Utf16, &before, json!(["source.fixAll"]));
    let [action] = &offered[..] else { panic!("{offered:?}") };
    assert_eq!(action["kind"], "source.fixAll.columnist");
    let after = Encoding::Utf16.edited(&before, &edits(action, Some(1)));
    assert!(has_line(&after, "1.3 Veiligheid op de kade"));
    // Once it is done, it is no longer offered.
    client.change(BUFFER, 2, json!([{ "text": after }]));
    let again = actions(&mut client, Encoding::Utf16, &after, json!(["source.fixAll"]));
    assert_eq!(again, Vec::<Value>::new());
}

#[test]
fn a_light_bulb_that_nobody_asked_for_carries_no_edits_of_the_whole_text() {
    let before = page();
    let mut client = lenient(&before, 5);
    let at = Encoding::Utf16.position(&before, before.find("h😀ven").expect("it is in the block"));
    let mut kinds = |trigger: u32| -> Vec<Value> {
        let asked = json!({
            "textDocument": { "uri": BUFFER }, "range": { "start": at, "end": at },
            "context": { "diagnostics": [], "triggerKind": trigger },
        });
        let offered = client.request("textDocument/codeAction", asked);
        let offered = offered.as_array().expect("a list").iter().map(|action| action["kind"].clone());
        offered.filter(|kind| kind != "refactor.rewrite").collect()
    };
    const INVOKED: u32 = 1;
    const AUTOMATIC: u32 = 2;
    assert_eq!(kinds(AUTOMATIC), ["quickfix"]);
    assert_eq!(kinds(INVOKED), ["quickfix", "source.fixAll.columnist"]);
}

#[test]
fn edits_move_lines_and_leave_the_rest_of_the_file_alone() {
    let before = page();
    let mut client = Client::start(&Profile::rich(Encoding::Utf8));
    client.open(BUFFER, 1, &before);
    let offered = actions(&mut client, Encoding::Utf8, &before, json!(["quickfix"]));
    let edits = edits(&offered[0], Some(1));
    let ranges: Vec<_> = edits.iter().map(|edit| Encoding::Utf8.bytes(&before, &edit["range"])).collect();
    let (first, last) =
        (before.find("1.1 Schepen en lading").expect("text"), before.find("1.4 Vooruitblik").expect("text"));
    assert!(ranges.iter().all(|range| first <= range.start && range.end <= last), "outside of the block: {ranges:?}");
    let removed: usize = ranges.iter().map(std::ops::Range::len).sum();
    let block = last - first;
    assert!(removed < block * 2 / 3, "{removed} bytes of a block of {block} are replaced");
}

#[test]
fn a_client_that_knows_no_versions_gets_none() {
    let before = page();
    let mut profile = Profile::rich(Encoding::Utf16);
    profile.capabilities["workspace"]["workspaceEdit"] = json!({});
    let mut client = Client::start(&profile);
    client.open(BUFFER, 1, &before);
    let offered = actions(&mut client, Encoding::Utf16, &before, json!(["quickfix"]));
    let after = Encoding::Utf16.edited(&before, &edits(&offered[0], None));
    assert!(has_line(&after, "1.3 Veiligheid op de kade"));
}

#[test]
fn typing_inside_of_a_block_moves_its_finding_along() {
    for encoding in Encoding::ALL {
        let mut client = Client::start(&Profile::rich(encoding));
        let mut text = page();
        client.open(BUFFER, 1, &text);
        let block = |findings: &[Value]| {
            let block = findings.iter().find(|finding| finding["code"] == "merged-columns").expect("the block");
            (
                block["range"]["start"]["line"].as_u64().expect("a line"),
                block["range"]["end"]["line"].as_u64().expect("a line"),
            )
        };
        let (first, last) = block(&client.pushed(BUFFER, Some(1)));
        // A line more above, then letters inside.
        let top = json!({ "line": 0, "character": 0 });
        client.change(BUFFER, 2, json!([{ "range": { "start": top, "end": top }, "text": "Nog een regel.\n" }]));
        text.insert_str(0, "Nog een regel.\n");
        assert_eq!(block(&client.pushed(BUFFER, Some(2))), (first + 1, last + 1));
        let at = text.find("h😀ven").expect("it is in the block");
        let place = encoding.position(&text, at);
        client.change(BUFFER, 3, json!([{ "range": { "start": place, "end": place }, "text": "de " }]));
        text.insert_str(at, "de ");
        assert_eq!(block(&client.pushed(BUFFER, Some(3))), (first + 1, last + 1));
        let offered = actions(&mut client, encoding, &text, json!(["quickfix"]));
        assert_eq!(words(&encoding.edited(&text, &edits(&offered[0], Some(3)))), words(&text));
    }
}
