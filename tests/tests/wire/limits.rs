//! What happens when a limit is met: the person is told, and all else goes on.

use columnist_tests::client::Client;
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use serde_json::{Value, json};

const BUFFER: &str = "untitled:lang.md";

/// A text whose analysis takes a while, for a client whose settings allow none.
fn in_a_hurry(mut profile: Profile) -> (Client, String) {
    profile.options = json!({ "files": { "max-seconds": 0 } });
    let client = Client::start(&profile);
    let text = "# Kop\n\nZie hoofdstuk 7 van dit verslag en wat er verder nog over te zeggen is.\n".repeat(20_000);
    client.open(BUFFER, 1, &text);
    (client, text)
}

fn messages(findings: &[Value]) -> Vec<&str> {
    findings.iter().map(|finding| finding["message"].as_str().expect("a message")).collect()
}

#[test]
fn an_analysis_that_takes_too_long_is_told_of_and_its_findings_come_when_they_are_there() {
    let (mut client, _) = in_a_hurry(Profile::plain());
    let late = client.pushed(BUFFER, Some(1));
    let [mark] = &messages(&late)[..] else { panic!("{late:?}") };
    assert!(mark.contains("takes longer than 0 seconds") && mark.contains("files.max-seconds"), "{mark}");
    let told = client.wait_for("a word", |message| message["method"] == "window/showMessage");
    assert!(told["params"]["message"].to_string().contains("the analysis of untitled:lang.md takes longer"), "{told}");
    let found = client.pushed(BUFFER, Some(1));
    assert!(
        !messages(&found).iter().any(|message| message.contains("takes longer")),
        "{:.300}",
        messages(&found).concat()
    );
    // Once for as long as it is open.
    client.change(BUFFER, 2, json!([{ "text": "# Kop\n" }]));
    client.pushed(BUFFER, Some(2));
    let more = client.arrived();
    assert!(more.iter().all(|message| message["method"] != "window/showMessage"), "{more:?}");
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_request_that_takes_too_long_is_refused_and_a_client_that_asks_is_told() {
    let (mut client, _) = in_a_hurry(Profile::rich(Encoding::Utf8).pulling());
    let document = json!({ "textDocument": { "uri": BUFFER } });
    let refused = client.refusal("textDocument/documentSymbol", document.clone());
    assert_eq!(refused["code"], -32803, "{refused}");
    assert!(refused["message"].to_string().contains("takes longer than 0 seconds"), "{refused}");
    let late = client.request("textDocument/diagnostic", document)["items"].clone();
    assert!(late.to_string().contains("files.max-seconds"), "{late:.300}");
    // The wire is free all the while.
    client.open("untitled:b.md", 1, "Kort.\n");
    let at = json!({ "textDocument": { "uri": "untitled:b.md" }, "position": { "line": 0, "character": 2 } });
    assert_eq!(client.request("textDocument/completion", at), Value::Null);
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn folders_with_more_files_than_are_read_are_told_of() {
    let folder = Folder::new("//- columnist.toml\n[files]\nmax-count = 2\n");
    (0..5).for_each(|number| folder.write(&format!("{number}.md"), "# Kop\n"));
    let mut client = Client::start(&Profile::plain().in_folder(&folder));
    let told = client.wait_for("a word", |message| message["method"] == "window/showMessage");
    let words = told["params"]["message"].to_string();
    assert!(words.contains("there are 5 transcriptions, and the settings allow 2"), "{words}");
    assert!(words.contains("files.max-count"), "{words}");
    let symbols = client.request("workspace/symbol", json!({ "query": "kop" }));
    assert_eq!(symbols.as_array().map(Vec::len), Some(2));
    assert_eq!(client.leave(), Some(0));
}
