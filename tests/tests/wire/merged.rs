//! Merged blocks over the wire: what is drawn of them, what the person says of lines, and the commands. The blocks are
//! ones that the person said to be some, so these tests need no model.

use columnist_tests::client::Client;
use columnist_tests::drawing::Encoding;
use columnist_tests::profile::Profile;
use serde_json::{Value, json};

const PAGE: &str = "😀  bb\ncc  dd\nee  ff\n";
const BUFFER: &str = "untitled:Untitled-1";

/// A client with the page open, all lines of which were said to be two columns.
fn client(encoding: Encoding) -> Client {
    let mut client = Client::start(&Profile::rich(encoding));
    client.open(BUFFER, 1, PAGE);
    say(&mut client, lines(0, 2), json!({ "word": "columns", "number": 2 }));
    client
}

/// The range of whole lines.
fn lines(first: u32, last: u32) -> Value {
    json!({ "start": { "line": first, "character": 0 }, "end": { "line": last, "character": 1 } })
}

fn execute(client: &mut Client, command: &str, argument: Value) -> Value {
    client.request("workspace/executeCommand", json!({ "command": command, "arguments": [argument] }))
}

fn say(client: &mut Client, range: Value, word: Value) {
    let mut argument = json!({ "uri": BUFFER, "range": range });
    argument.as_object_mut().expect("an object").extend(word.as_object().expect("an object").clone());
    execute(client, "columnist/say", argument);
}

/// The text that each piece of the reading view shows.
fn reading(client: &mut Client) -> Vec<String> {
    let answer = client.request("columnist/readingOrder", json!({ "textDocument": { "uri": BUFFER } }));
    let pieces = answer["paragraphs"].as_array().expect("paragraphs").iter().flat_map(|paragraph| {
        paragraph["pieces"].as_array().expect("pieces").iter().map(|piece| piece["text"].as_str().expect("a text"))
    });
    pieces.map(|text| text.trim().to_owned()).collect()
}

/// The page after the change that the server asks for next.
fn changed(client: &mut Client, encoding: Encoding) -> String {
    let asked = client.wait_for("a change", |message| message["method"] == "workspace/applyEdit");
    let edit = &asked["params"]["edit"];
    let edits = edit["documentChanges"][0]["edits"].as_array().or(edit["changes"][BUFFER].as_array());
    encoding.edited(PAGE, edits.expect("edits"))
}

#[test]
fn every_cell_is_a_token_of_its_column() {
    let data = Encoding::in_all(|encoding| {
        let mut client = client(encoding);
        let range = lines(1, 1);
        let params = json!({ "textDocument": { "uri": BUFFER }, "range": range });
        client.request("textDocument/semanticTokens/range", params)["data"].to_string()
    });
    assert_eq!(data, "[1,0,2,0,0,0,4,2,1,0]");
}

#[test]
fn a_token_is_as_long_as_the_encoding_counts_it() {
    for (encoding, length, start) in [(Encoding::Utf8, 4, 6), (Encoding::Utf16, 2, 4), (Encoding::Utf32, 1, 3)] {
        let mut client = client(encoding);
        let tokens = client.request("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": BUFFER } }));
        assert_eq!(
            tokens["data"].as_array().expect("numbers")[..10],
            json!([0, 0, length, 0, 0, 0, start, 2, 1, 0]).as_array().expect("numbers")[..]
        );
    }
}

#[test]
fn the_gutter_is_drawn_where_lines_split() {
    let mut client = client(Encoding::Utf16);
    let params = json!({ "textDocument": { "uri": BUFFER }, "range": lines(1, 2) });
    let hints = client.request("textDocument/inlayHint", params);
    let drawn: Vec<(&str, &Value)> = hints
        .as_array()
        .expect("hints")
        .iter()
        .map(|hint| (hint["label"].as_str().expect("a label"), &hint["position"]["line"]))
        .collect();
    assert_eq!(drawn, [("│", &json!(1)), ("│", &json!(2))]);
}

#[test]
fn a_block_is_repaired_by_command_lens_and_position() {
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        let mut client = client(encoding);
        let lenses = client.request("textDocument/codeLens", json!({ "textDocument": { "uri": BUFFER } }));
        let command = &lenses[0]["command"];
        assert_eq!(command["command"], "columnist/repair");
        let answer = execute(&mut client, "columnist/repair", command["arguments"][0].clone());
        assert_eq!(answer, json!({ "blocks": 1, "documents": 1 }));
        assert_eq!(changed(&mut client, encoding), "😀\ncc\nee\nbb\ndd\nff\n");
    }
}

#[test]
fn a_preview_changes_nothing_and_takes_blocks_whole() {
    let mut client = client(Encoding::Utf8);
    let answer = execute(&mut client, "columnist/repair", json!({ "preview": true, "doubtful": true }));
    let edits = answer["edit"]["documentChanges"][0]["edits"].as_array().expect("edits");
    assert_eq!(edits.len(), 1);
    assert_eq!(Encoding::Utf8.edited(PAGE, edits), "😀\ncc\nee\nbb\ndd\nff\n");
    assert!(client.rest().iter().all(|message| message["method"] != "workspace/applyEdit"));
}

#[test]
fn a_line_is_read_where_the_person_says_that_it_stands() {
    let mut client = client(Encoding::Utf8);
    assert_eq!(reading(&mut client), ["😀", "cc", "ee", "bb", "dd", "ff"]);
    say(&mut client, lines(1, 1), json!({ "word": "right" }));
    assert_eq!(reading(&mut client), ["😀", "ee", "bb", "cc  dd", "ff"]);
    say(&mut client, lines(1, 1), json!({ "word": "nothing" }));
    say(&mut client, lines(1, 1), json!({ "word": "fullWidth" }));
    assert_eq!(reading(&mut client), ["😀", "bb", "cc  dd", "ee", "ff"]);
}

#[test]
fn a_split_moves_by_a_word_and_no_further_than_the_line() {
    let mut client = client(Encoding::Utf8);
    let argument = |by: i32| json!({ "uri": BUFFER, "position": { "line": 2, "character": 0 }, "by": by });
    execute(&mut client, "columnist/moveSplit", argument(1));
    assert_eq!(reading(&mut client), ["😀", "cc", "ee  ff", "bb", "dd"]);
    execute(&mut client, "columnist/moveSplit", argument(1));
    let told = client.wait_for("a word to the person", |message| message["method"] == "window/showMessage");
    assert!(told["params"]["message"].as_str().expect("a text").contains("cannot be moved"), "{told}");
}

#[test]
fn a_repair_is_merged_back() {
    let mut client = client(Encoding::Utf8);
    let at = json!({ "uri": BUFFER, "position": { "line": 1, "character": 0 } });
    execute(&mut client, "columnist/repair", at.clone());
    let repaired = changed(&mut client, Encoding::Utf8);
    client.change(BUFFER, 2, json!([{ "text": repaired }]));
    execute(&mut client, "columnist/mergeBack", at);
    let asked = client.wait_for("a change", |message| message["method"] == "workspace/applyEdit");
    let edits = asked["params"]["edit"]["documentChanges"][0]["edits"].as_array().expect("edits").clone();
    assert_eq!(Encoding::Utf8.edited(&repaired, &edits), PAGE);
}

#[test]
fn what_is_no_merge_is_marked_in_markdown_itself() {
    let mut client = Client::start(&Profile::rich(Encoding::Utf8));
    let document = json!({ "uri": BUFFER, "languageId": "markdown", "version": 1, "text": PAGE });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
    say(&mut client, lines(0, 2), json!({ "word": "columns", "number": 2 }));
    let at = json!({ "uri": BUFFER, "position": { "line": 1, "character": 0 } });
    execute(&mut client, "columnist/notMerged", at);
    let marked = changed(&mut client, Encoding::Utf8);
    assert_eq!(marked, format!("<!-- columnist-off-next merged-columns -->\n{PAGE}"));
    client.change(BUFFER, 2, json!([{ "text": marked }]));
    let status = execute(&mut client, "columnist/status", json!({}));
    assert_eq!(status["work"], json!([]));
}

#[test]
fn the_worklist_tells_what_is_merged_and_a_command_that_there_is_not_is_refused() {
    let mut client = client(Encoding::Utf16);
    let status = execute(&mut client, "columnist/status", json!({ "uri": BUFFER }));
    assert_eq!(status["summary"], "1 of 1 page still merged");
    assert_eq!(status["work"][0]["range"]["end"]["line"], 2);
    assert_eq!(status["document"]["findings"], 1);
    let refusal = client.refusal("workspace/executeCommand", json!({ "command": "columnist/dance" }));
    assert!(refusal["message"].as_str().expect("a text").contains("columnist/repair"), "{refusal}");
}
