//! Findings on their way to the client: pushed with versions, or pulled, never both; and gone when they should be.

use columnist_tests::client::{Client, is_publication};
use columnist_tests::drawing::{Encoding, drawn};
use columnist_tests::folder::Folder;
use columnist_tests::profile::Profile;
use expect_test::expect;
use serde_json::{Value, json};

const LOST: &str = "1 Begin 😀\n\n😀𝕏 Zie hoofdstuk 7 van dit verslag en verder.\n";
const BUFFER: &str = "untitled:lost.txt";

#[test]
fn a_finding_stands_where_it_belongs_in_every_encoding() {
    let place = Encoding::in_all(|encoding| {
        let mut client = Client::start(&Profile::rich(encoding));
        client.open(BUFFER, 3, LOST);
        let findings = client.pushed(BUFFER, Some(3));
        let [finding] = &findings[..] else { panic!("{findings:?}") };
        assert_eq!((&finding["source"], &finding["code"]), (&json!("columnist"), &json!("unresolved-reference")));
        let place = drawn(LOST, encoding.bytes(LOST, &finding["range"]));

        let mut client = Client::start(&Profile::rich(encoding).pulling());
        client.open(BUFFER, 3, LOST);
        assert_eq!(client.pulled(BUFFER), findings);
        place
    });
    expect![[r#"
        3 | 😀𝕏 Zie ⟦hoofdstuk 7⟧ van dit verslag en verder.
    "#]]
    .assert_eq(&place);
}

#[test]
fn a_client_that_pulls_is_never_pushed_to() {
    let mut client = Client::start(&Profile::rich(Encoding::Utf16).pulling());
    client.open(BUFFER, 1, LOST);
    assert_eq!(client.pulled(BUFFER).len(), 1);
    client.change(
        BUFFER,
        2,
        json!([{ "text": "Zie hoofdstuk 8 van dit verslag.\nZie hoofdstuk 9 van dit verslag.\n" }]),
    );
    assert_eq!(client.pulled(BUFFER).len(), 2);
    client.close(BUFFER);
    let pushed: Vec<_> = client.rest().into_iter().filter(|message| is_publication(message, BUFFER)).collect();
    assert_eq!(pushed, Vec::<Value>::new());
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn what_was_pulled_before_is_not_sent_again() {
    let mut client = Client::start(&Profile::rich(Encoding::Utf16).pulling());
    client.open(BUFFER, 1, LOST);
    let mut asked = json!({ "textDocument": { "uri": BUFFER } });
    let first = client.request("textDocument/diagnostic", asked.clone());
    asked["previousResultId"] = first["resultId"].clone();
    let again = client.request("textDocument/diagnostic", asked.clone());
    assert_eq!((&again["kind"], &again["resultId"]), (&json!("unchanged"), &first["resultId"]));
    client.change(BUFFER, 2, json!([{ "text": "Zie hoofdstuk 8 van dit verslag.\n" }]));
    let changed = client.request("textDocument/diagnostic", asked);
    assert_eq!(changed["kind"], "full");
    assert_ne!(changed["resultId"], first["resultId"]);
}

#[test]
fn findings_go_when_their_document_closes_and_come_back_with_it() {
    let mut client = Client::start(&Profile::plain());
    client.open(BUFFER, 1, LOST);
    assert_eq!(client.pushed(BUFFER, Some(1)).len(), 1);
    client.close(BUFFER);
    assert_eq!(client.pushed(BUFFER, None), Vec::<Value>::new());
    client.open(BUFFER, 1, LOST);
    assert_eq!(client.pushed(BUFFER, Some(1)).len(), 1);
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn versions_in_git_and_sides_of_a_diff_are_left_in_peace() {
    for scheme in ["git", "vscode-diff", "gitlens", "http"] {
        let uri = format!("{scheme}:/report/a.md?ref=HEAD");
        let mut client = Client::start(&Profile::rich(Encoding::Utf16));
        client.open(&uri, 1, LOST);
        let asked = json!({ "textDocument": { "uri": uri } });
        assert_eq!(client.request("textDocument/documentSymbol", asked), Value::Null);
        client.change(&uri, 2, json!([{ "text": "Zie hoofdstuk 9 van dit verslag.\n" }]));
        client.close(&uri);
        let told = client.rest();
        assert!(!told.iter().any(|message| message["method"] == "textDocument/publishDiagnostics"), "{told:?}");
        assert_eq!(client.leave(), Some(0));
    }
}

#[test]
fn a_heading_typed_in_one_document_settles_a_reference_in_another() {
    let folder = Folder::new("//- een.txt\n1 Begin\n\nZie hoofdstuk 2 van dit verslag.\n//- twee.md\nNog niets.\n");
    let (one, two) = (folder.uri("een.txt"), folder.uri("twee.md"));
    let mut client = Client::start(&Profile::plain().in_folder(&folder));
    client.open(&one, 5, "1 Begin\n\nZie hoofdstuk 2 van dit verslag.\n");
    client.open(&two, 1, "Nog niets.\n");
    assert_eq!(client.pushed(&one, Some(5)).len(), 1);
    client.pushed(&two, Some(1));
    client.change(&two, 2, json!([{ "text": "# Hoofdstuk 2: Vervolg\n" }]));
    let settled = client.wait_for("findings that are settled", |message| {
        is_publication(message, &one) && message["params"]["diagnostics"] == json!([])
    });
    assert_eq!(settled["params"]["version"], 5);
}

#[test]
fn a_client_that_pulls_is_told_when_the_disk_changed() {
    let folder = Folder::new("//- een.txt\n1 Begin\n\nZie hoofdstuk 2 van dit verslag.\n");
    let uri = folder.uri("een.txt");
    let mut client = Client::start(&Profile::rich(Encoding::Utf16).pulling().in_folder(&folder));
    client.open(&uri, 1, "1 Begin\n\nZie hoofdstuk 2 van dit verslag.\n");
    assert_eq!(client.pulled(&uri).len(), 1);
    client.rest();
    folder.write("twee.md", "# Hoofdstuk 2: Vervolg\n");
    let changes = json!({ "changes": [{ "uri": folder.uri("twee.md"), "type": 1 }] });
    client.notify("workspace/didChangeWatchedFiles", changes);
    client.wait_for("the word that findings changed", |message| message["method"] == "workspace/diagnostic/refresh");
    assert_eq!(client.pulled(&uri), Vec::<Value>::new());
}

#[test]
fn every_feature_has_a_switch() {
    let mut profile = Profile::rich(Encoding::Utf16).pulling();
    profile.options = json!({ "features": {
        "outline": false, "workspace-symbols": false, "definition": false, "references": false, "hover": false,
        "diagnostics": false, "repairs": false,
    } });
    let mut client = Client::start(&profile);
    let text = "1 Begin\n\nZie hoofdstuk 1 en hoofdstuk 7 van dit verslag.\n";
    client.open(BUFFER, 1, text);
    let document = json!({ "textDocument": { "uri": BUFFER } });
    let mut at = document.clone();
    at["position"] = json!({ "line": 2, "character": 14 });
    assert_eq!(client.request("textDocument/documentSymbol", document), Value::Null);
    assert_eq!(client.request("textDocument/definition", at.clone()), Value::Null);
    assert_eq!(client.request("textDocument/hover", at.clone()), Value::Null);
    at["context"] = json!({ "includeDeclaration": true });
    assert_eq!(client.request("textDocument/references", at), Value::Null);
    assert_eq!(client.request("workspace/symbol", json!({ "query": "" })), json!([]));
    assert_eq!(client.pulled(BUFFER), Vec::<Value>::new());
    let start = json!({ "line": 0, "character": 0 });
    let asked = json!({
        "textDocument": { "uri": BUFFER },
        "range": { "start": start, "end": start },
        "context": { "diagnostics": [] },
    });
    assert_eq!(client.request("textDocument/codeAction", asked), Value::Null);
}
