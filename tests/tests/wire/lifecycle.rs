//! From the greeting to the goodbye.

use columnist_tests::client::Client;
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::{Answers, Profile};
use serde_json::{Value, json};

/// What the server refuses a request with, by the protocol's numbers.
mod code {
    pub(super) const METHOD_NOT_FOUND: i64 = -32601;
    pub(super) const INVALID_REQUEST: i64 = -32600;
    pub(super) const NOT_INITIALIZED: i64 = -32002;
}

#[test]
fn shutdown_and_exit_end_with_0_while_the_input_is_still_open() {
    assert_eq!(Client::start(&Profile::plain()).leave(), Some(0));
}

#[test]
fn exit_without_shutdown_ends_with_1() {
    assert_eq!(Client::start(&Profile::plain()).exit(), Some(1));
    assert_eq!(Client::silent(Answers::default()).exit(), Some(1));
}

#[test]
fn a_client_that_hangs_up_is_not_waited_for() {
    assert_eq!(Client::start(&Profile::plain()).hang_up(), Some(0));
    assert_eq!(Client::silent(Answers::default()).hang_up(), Some(0));
}

#[test]
fn a_client_that_was_killed_is_not_waited_for_although_its_pipe_is_held_open() {
    let mut editor = std::process::Command::new("sleep").arg("600").spawn().expect("sleep is on every Unix");
    let mut client = Client::silent(Answers::default());
    let mut greeting = Profile::plain().initialize();
    greeting["processId"] = json!(editor.id());
    client.request("initialize", greeting);
    editor.kill().and_then(|()| editor.wait()).expect("it is a child of ours");
    let killed = std::time::Instant::now();
    assert_eq!(client.ended(), Some(0));
    assert!(killed.elapsed().as_secs() < 5, "it took {:?}", killed.elapsed());
}

#[test]
fn nothing_is_answered_before_the_greeting_nor_after_the_goodbye() {
    let mut client = Client::silent(Answers::default());
    let asked = json!({ "textDocument": { "uri": "untitled:a" } });
    assert_eq!(client.refusal("textDocument/documentSymbol", asked.clone())["code"], code::NOT_INITIALIZED);
    client.request("initialize", Profile::plain().initialize());
    assert_eq!(client.refusal("initialize", Profile::plain().initialize())["code"], code::INVALID_REQUEST);
    client.request("shutdown", Value::Null);
    assert_eq!(client.refusal("textDocument/documentSymbol", asked)["code"], code::INVALID_REQUEST);
    assert_eq!(client.exit(), Some(0));
}

#[test]
fn the_first_encoding_that_both_know_is_agreed_upon() {
    let cases = [
        (json!(null), "utf-16"),
        (json!([]), "utf-16"),
        (json!(["utf-7", "klingon"]), "utf-16"),
        (json!(["utf-32", "utf-8", "utf-16"]), "utf-32"),
        (json!(["utf-7", "utf-8", "utf-16"]), "utf-8"),
        (json!(["utf-16", "utf-8"]), "utf-16"),
    ];
    for (wishes, agreed) in cases {
        let mut profile = Profile::plain();
        profile.capabilities = json!({ "general": { "positionEncodings": wishes } });
        let client = Client::start(&profile);
        assert_eq!(client.capabilities["positionEncoding"], agreed, "{wishes}");
    }
}

#[test]
fn only_what_the_client_can_use_is_offered() {
    let plain = Client::start(&Profile::plain()).capabilities.clone();
    assert_eq!(plain.get("diagnosticProvider"), None);
    assert_eq!(plain.get("codeActionProvider"), None, "commands alone are nothing to offer");
    let pushed = Client::start(&Profile::rich(Encoding::Utf8)).capabilities.clone();
    assert_eq!(pushed.get("diagnosticProvider"), None);
    let kinds = json!(["quickfix", "refactor.rewrite", "source.fixAll.columnist"]);
    assert_eq!(pushed["codeActionProvider"]["codeActionKinds"], kinds);
    let pulled = Client::start(&Profile::rich(Encoding::Utf8).pulling()).capabilities.clone();
    assert_eq!(pulled["diagnosticProvider"]["interFileDependencies"], true);
}

#[test]
fn what_was_never_offered_is_refused_by_its_name() {
    let mut client = Client::start(&Profile::plain());
    let at = json!({ "textDocument": { "uri": "untitled:a" }, "position": { "line": 0, "character": 0 } });
    for method in ["textDocument/typeDefinition", "textDocument/moniker", "columnist/nothing"] {
        assert_eq!(client.refusal(method, at.clone())["code"], code::METHOD_NOT_FOUND, "{method}");
    }
    // Notifications get no answer, known or not.
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.notify("$/unheardOf", json!({}));
    client.notify("textDocument/unheardOf", json!({}));
    assert_eq!(client.rest(), Vec::<Value>::new());
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn folders_may_be_null_missing_or_told_in_the_ways_of_old() {
    let folder = Folder::new("//- een.md\n# 1 Begin\n");
    let (uri, path) = (folder.uri(""), folder.path().display().to_string());
    let cases = [
        (json!({ "workspaceFolders": null }), 0),
        (json!({ "workspaceFolders": [] }), 0),
        (json!({}), 0),
        (json!({ "rootUri": null, "rootPath": null }), 0),
        (json!({ "workspaceFolders": null, "rootUri": uri }), 1),
        (json!({ "rootPath": path }), 1),
        (json!({ "workspaceFolders": [{ "uri": uri, "name": "a" }], "rootUri": "file:///nowhere" }), 1),
    ];
    for (told, headings) in cases {
        let mut client = Client::silent(Answers::default());
        let mut params = json!({ "processId": null, "capabilities": {} });
        params.as_object_mut().expect("an object").append(&mut told.as_object().expect("an object").clone());
        client.request("initialize", params);
        client.notify("initialized", json!({}));
        let found = client.request("workspace/symbol", json!({ "query": "" }));
        assert_eq!(found.as_array().map(Vec::len), Some(headings), "{told}");
        assert_eq!(client.leave(), Some(0));
    }
}

#[test]
fn a_client_that_answers_nothing_is_served_all_the_same() {
    let folder = Folder::new("//- een.md\n# Hoofdstuk 1: Begin\n\nZie hoofdstuk 1 en hoofdstuk 7 van dit verslag.\n");
    let mut profile = Profile::rich(Encoding::Utf16).in_folder(&folder);
    profile.answers = Answers::none();
    let mut client = Client::start(&profile);
    let uri = folder.uri("een.md");
    client.open(&uri, 1, &String::from_utf8(folder.read("een.md")).expect("text"));
    assert_eq!(client.pushed(&uri, Some(1)).len(), 1);
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 2, "character": 14 } });
    assert_eq!(client.request("textDocument/definition", at).as_array().map(Vec::len), Some(1));
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_client_whose_greeting_is_not_followed_by_initialized_is_served() {
    let mut client = Client::silent(Answers::default());
    client.request("initialize", Profile::plain().initialize());
    client.open("untitled:a.md", 1, "# 1 Begin\n");
    assert_eq!(client.pushed("untitled:a.md", Some(1)), Vec::<Value>::new());
    assert_eq!(client.leave(), Some(0));
}
