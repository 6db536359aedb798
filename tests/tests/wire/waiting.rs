//! While the folders are read: what is asked meanwhile waits and can be called off, and the user sees how far it is.

use columnist_tests::client::Client;
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use serde_json::{Value, json};

const REQUEST_CANCELLED: i64 = -32800;
const TEXT: &str = "Zie hoofdstuk 2 van dit verslag.\n";

/// A folder that takes a while to read, with the target in its last file, and a question asked the moment it is greeted.
fn asked_at_once() -> (Client, Folder, i64) {
    let folder = Folder::new("//- zzz.md\n# Hoofdstuk 2: Vervolg\n");
    let page =
        "Zo gaat het nog een tijd door, zie bladzijde 3 en paragraaf 12.4, regel na regel na regel.\n".repeat(60);
    (0..120).for_each(|number| folder.write(&format!("blad-{number:03}.txt"), &page));
    let mut client = Client::start(&Profile::rich(Encoding::Utf16).in_folder(&folder));
    let uri = folder.uri("aaa.txt");
    client.open(&uri, 1, TEXT);
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 14 } });
    let id = client.ask("textDocument/definition", at);
    (client, folder, id)
}

fn is_progress(message: &Value, kind: &str) -> bool {
    message["method"] == "$/progress" && message["params"]["value"]["kind"] == kind
}

#[test]
fn a_definition_waits_for_the_folders_rather_than_answering_nothing() {
    let (mut client, folder, id) = asked_at_once();
    let links = client.answer(id).expect("an answer");
    assert_eq!(links[0]["targetUri"], folder.uri("zzz.md"));
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_definition_that_waits_can_be_called_off() {
    let (mut client, _folder, id) = asked_at_once();
    client.notify("$/cancelRequest", json!({ "id": id }));
    let refusal = client.answer(id).expect_err("it was called off before the folders were read");
    assert_eq!(refusal["code"], REQUEST_CANCELLED);
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn what_needs_no_folder_does_not_wait_for_one() {
    let (mut client, folder, id) = asked_at_once();
    let asked = json!({ "textDocument": { "uri": folder.uri("aaa.txt") } });
    let outline = client.ask("textDocument/documentSymbol", asked);
    let is_answer = |message: &Value| message.get("method").is_none();
    let first = client.wait_for("an answer", is_answer);
    assert_eq!(first["id"], outline, "the definition, asked before with {id}, is still waited for");
}

#[test]
fn the_reading_of_the_folders_is_shown_from_its_beginning_to_its_end() {
    let (mut client, _folder, _) = asked_at_once();
    let created = client.wait_for("the progress", |message| message["method"] == "window/workDoneProgress/create");
    let begun = client.wait_for("its begin", |message| is_progress(message, "begin"));
    assert_eq!(begun["params"]["token"], created["params"]["token"]);
    let report = client.wait_for("a report", |message| is_progress(message, "report"));
    assert!(report["params"]["value"]["percentage"].as_u64().is_some_and(|percent| percent <= 100), "{report}");
    let end = client.wait_for("its end", |message| is_progress(message, "end"));
    assert_eq!(end["params"]["token"], created["params"]["token"]);
}

#[test]
fn findings_are_not_told_before_the_folders_are_read() {
    let (mut client, folder, _) = asked_at_once();
    assert_eq!(client.pushed(&folder.uri("aaa.txt"), Some(1)), Vec::<Value>::new(), "its target was not read yet");
}

#[test]
fn leaving_does_not_wait_for_the_folders() {
    let (client, _folder, _) = asked_at_once();
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn calling_off_what_nobody_asked_does_nothing() {
    let mut client = Client::start(&Profile::plain());
    client.notify("$/cancelRequest", json!({ "id": 4711 }));
    client.notify("$/cancelRequest", json!({ "id": "no number" }));
    client.open("untitled:a", 1, "");
    let asked = json!({ "textDocument": { "uri": "untitled:a" } });
    assert_eq!(client.request("textDocument/documentSymbol", asked), json!([]));
    assert_eq!(client.leave(), Some(0));
}
