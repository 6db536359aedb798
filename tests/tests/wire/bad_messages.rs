//! What no client should send, and some do. One broken message costs one message, is answered where it can be, and
//! nothing that is open is lost.

use columnist_tests::client::Client;
use columnist_tests::drawing::Encoding;
use columnist_tests::folder::Folder;
use columnist_tests::profile::{Answers, Profile};
use serde_json::{Value, json};

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const INVALID_PARAMS: i64 = -32602;
const BUFFER: &str = "untitled:a.md";

/// The names in the outline of the buffer: the server is there, and this is the text that it has.
fn outline(client: &mut Client) -> Vec<String> {
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": BUFFER } }));
    let symbols = symbols.as_array().unwrap_or_else(|| panic!("no outline: {symbols}")).iter();
    symbols.map(|symbol| symbol["name"].as_str().expect("a name").to_owned()).collect()
}

fn client_with_text() -> Client {
    let client = Client::start(&Profile::plain());
    client.open(BUFFER, 1, "# Kop\n");
    client
}

#[test]
fn what_is_no_message_is_refused_and_the_next_one_is_read() {
    let body = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes();
    let deep = "[".repeat(100_000);
    let cases: &[(&str, Vec<u8>, i64)] = &[
        ("no JSON", body("{\"jsonrpc\": \"2.0\", "), PARSE_ERROR),
        ("no text", [b"Content-Length: 3\r\n\r\n".to_vec(), vec![0xff, 0xfe, 0x00]].concat(), PARSE_ERROR),
        ("nothing", body(""), PARSE_ERROR),
        ("a deep hole", body(&deep), PARSE_ERROR),
        ("no object", body("7"), INVALID_REQUEST),
        ("a batch", body("[]"), INVALID_REQUEST),
        ("no method", body("{\"jsonrpc\": \"2.0\"}"), INVALID_REQUEST),
        ("an old version", body("{\"jsonrpc\": \"1.0\", \"id\": 1, \"method\": \"shutdown\"}"), INVALID_REQUEST),
        ("a method that is no text", body("{\"jsonrpc\": \"2.0\", \"method\": 7}"), INVALID_REQUEST),
        ("no length", b"Content-Type: a\r\n\r\n".to_vec(), PARSE_ERROR),
        ("no header", b"hello\r\n".to_vec(), PARSE_ERROR),
        ("a length that is no number", b"Content-Length: ten\r\n".to_vec(), PARSE_ERROR),
        ("a length that is too large", b"Content-Length: 99999999999\r\n".to_vec(), PARSE_ERROR),
    ];
    let mut client = client_with_text();
    for (what, bytes, code) in cases {
        client.send_bytes(bytes);
        let refusal = client.wait_for(what, |message| message.get("error").is_some());
        assert_eq!(refusal["error"]["code"], *code, "{what}: {refusal}");
        assert_eq!(outline(&mut client), ["Kop"], "{what}");
    }
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_message_in_pieces_is_read_as_one() {
    let mut client = client_with_text();
    let asked = json!({
        "jsonrpc": "2.0", "id": 100, "method": "textDocument/documentSymbol",
        "params": { "textDocument": { "uri": BUFFER } },
    });
    client.send_pieces(std::slice::from_ref(&asked), 1);
    assert_eq!(client.answer(100).expect("an outline")[0]["name"], "Kop");
    // And two messages in one piece as two.
    let other = json!({ "jsonrpc": "2.0", "id": "text", "method": "shutdown", "params": null });
    client.send_pieces(&[asked, other], usize::MAX);
    assert_eq!(client.answer(100).expect("an outline")[0]["name"], "Kop");
    client.wait_for("the answer to a request with a text for a number", |message| message["id"] == "text");
    assert_eq!(client.exit(), Some(0));
}

#[test]
fn a_client_that_is_gone_in_the_middle_of_a_message_is_not_waited_for() {
    let client = client_with_text();
    client.send_bytes(b"Content-Length: 1000\r\n\r\n{\"jsonrpc\"");
    assert_eq!(client.hang_up(), Some(0));
}

#[test]
fn parameters_that_do_not_fit_are_refused() {
    let mut client = client_with_text();
    let cases = [
        json!({}),
        json!([]),
        json!({ "textDocument": {} }),
        json!({ "textDocument": { "uri": 7 } }),
        json!({ "textDocument": { "uri": "no uri at all" } }),
    ];
    for params in cases {
        let refusal = client.refusal("textDocument/documentSymbol", params.clone());
        assert_eq!(refusal["code"], INVALID_PARAMS, "{params}: {refusal}");
    }
    let at = json!({ "textDocument": { "uri": BUFFER }, "position": { "line": -1, "character": 0 } });
    assert_eq!(client.refusal("textDocument/definition", at)["code"], INVALID_PARAMS);
    assert_eq!(outline(&mut client), ["Kop"]);
}

#[test]
fn positions_past_the_end_are_brought_in() {
    for encoding in Encoding::ALL {
        let mut client = Client::start(&Profile::rich(encoding));
        client.open(BUFFER, 1, "# Kop 😀\n");
        let far = json!({ "line": 4_000_000_000u32, "character": 4_000_000_000u32 });
        let at = json!({ "textDocument": { "uri": BUFFER }, "position": far });
        assert_eq!(client.request("textDocument/definition", at), Value::Null);
        let past_line = json!({ "line": 0, "character": 1000 });
        client.change(BUFFER, 2, json!([{ "range": { "start": past_line, "end": past_line }, "text": " x" }]));
        client.change(BUFFER, 3, json!([{ "range": { "start": far, "end": far }, "text": "# Slot\n" }]));
        assert_eq!(outline(&mut client), ["Kop 😀 x", "Slot"]);
        // One that runs backwards is the stretch between its ends.
        let (start, end) = (json!({ "line": 1, "character": 6 }), json!({ "line": 1, "character": 2 }));
        client.change(BUFFER, 4, json!([{ "range": { "start": start, "end": end }, "text": "Eind" }]));
        assert_eq!(outline(&mut client), ["Kop 😀 x", "Eind"]);
        // One inside of a character takes in all of it, or nothing.
        let inside = json!({ "line": 0, "character": 7 });
        client.change(BUFFER, 5, json!([{ "range": { "start": inside, "end": inside }, "text": "y" }]));
        assert_eq!(outline(&mut client).len(), 2);
        assert_eq!(client.leave(), Some(0));
    }
}

#[test]
fn an_edit_that_cannot_be_read_closes_its_document_and_the_user_is_told() {
    let mut client = client_with_text();
    let asked = json!({ "textDocument": { "uri": BUFFER } });
    let start = json!({ "line": 0, "character": 0 });
    for changes in [
        json!([{ "range": { "start": { "line": -1, "character": 0 }, "end": start }, "text": "x" }]),
        json!([{ "range": { "start": { "line": "0", "character": 0 }, "end": start }, "text": "x" }]),
        json!([{ "range": { "start": start, "end": start } }]),
        json!("no list"),
    ] {
        client.change(BUFFER, 2, changes.clone());
        let told = client.wait_for("a word", |message| message["method"] == "window/logMessage");
        let message = told["params"]["message"].as_str().expect("a text");
        assert!(message.contains("textDocument/didChange") && message.contains(BUFFER), "{message}");
        // What the server had is not what the client has: it must offer nothing for it.
        assert_eq!(client.request("textDocument/documentSymbol", asked.clone()), Value::Null, "{changes}");
        client.change(BUFFER, 3, json!([{ "range": { "start": start, "end": start }, "text": "x" }]));
        assert_eq!(client.request("textDocument/documentSymbol", asked.clone()), Value::Null, "{changes}");
        client.open(BUFFER, 4, "# Kop\n");
        assert_eq!(outline(&mut client), ["Kop"]);
    }
    client.notify("textDocument/didOpen", json!({ "textDocument": { "uri": BUFFER } }));
    client.wait_for("a word", |message| message["method"] == "window/logMessage");
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_document_that_was_never_opened_is_answered_for_by_the_disk_or_not_at_all() {
    let folder = Folder::new("//- een.md\n# 1 Begin\n");
    let mut client = Client::start(&Profile::plain().in_folder(&folder));
    client.request("workspace/symbol", json!({ "query": "" }));
    let document = |name: &str| json!({ "textDocument": { "uri": folder.uri(name) } });
    let known = client.request("textDocument/documentSymbol", document("een.md"));
    assert_eq!(known[0]["name"], "1 Begin");
    assert_eq!(client.request("textDocument/documentSymbol", document("nergens.md")), Value::Null);
    let change = json!([{ "text": "# 2 Niet geopend\n" }]);
    client.change(&folder.uri("een.md"), 2, change.clone());
    client.change(&folder.uri("nergens.md"), 2, change);
    assert_eq!(client.request("textDocument/documentSymbol", document("een.md")), known);
    assert_eq!(client.request("textDocument/documentSymbol", document("nergens.md")), Value::Null);
    client.close(&folder.uri("nergens.md"));
    client.notify("textDocument/didSave", document("nergens.md"));
    assert_eq!(client.request("textDocument/documentSymbol", document("een.md")), known);
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_document_opened_twice_has_its_last_text() {
    let mut client = client_with_text();
    client.open(BUFFER, 1, "# Nog eens\n");
    assert_eq!(outline(&mut client), ["Nog eens"]);
    client.close(BUFFER);
    client.close(BUFFER);
    let asked = json!({ "textDocument": { "uri": BUFFER } });
    assert_eq!(client.request("textDocument/documentSymbol", asked), Value::Null);
}

#[test]
fn answers_that_nobody_asked_for_are_no_news() {
    let mut client = client_with_text();
    for answer in [
        json!({ "jsonrpc": "2.0", "id": 99, "result": null }),
        json!({ "jsonrpc": "2.0", "id": "x", "error": { "code": 1, "message": "m", "data": {}, "more": 1 } }),
        json!({ "jsonrpc": "2.0", "id": 99, "error": null }),
        json!({ "jsonrpc": "2.0", "id": 99, "error": { "code": "high" } }),
    ] {
        client.send(&answer);
    }
    assert_eq!(outline(&mut client), ["Kop"]);
}

#[test]
fn empty_texts_nul_bytes_and_stray_signs_are_texts() {
    let mut client = Client::start(&Profile::rich(Encoding::Utf16).pulling());
    for text in
        ["", "\0", "\0\0# Kop\0\n\0", "\u{feff}", "\u{feff}# Kop\n", "\r\r\r", "\u{c}\u{c}", "\u{2028}\u{85}\u{b}"]
    {
        client.open(BUFFER, 1, text);
        client.pulled(BUFFER);
        outline(&mut client);
        let end = Encoding::Utf16.position(text, text.len());
        let everywhere = json!({ "start": { "line": 0, "character": 0 }, "end": end });
        let asked = json!({
            "textDocument": { "uri": BUFFER }, "range": everywhere, "context": { "diagnostics": [] },
        });
        assert!(client.request("textDocument/codeAction", asked).is_array(), "{text:?}");
        let at = json!({ "textDocument": { "uri": BUFFER }, "position": end });
        assert_eq!(client.request("textDocument/hover", at), Value::Null, "{text:?}");
        client.close(BUFFER);
    }
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_line_of_ten_megabytes_is_edited_like_any_other() {
    let mut client = Client::start(&Profile::rich(Encoding::Utf8));
    let line = format!("# Kop\n\n{}\n", "regel zonder eind 😀 ".repeat(10_000_000 / 22));
    client.open(BUFFER, 1, &line);
    let at = json!({ "line": 2, "character": 5_000_000 });
    client.change(BUFFER, 2, json!([{ "range": { "start": at, "end": at }, "text": "x" }]));
    client.change(BUFFER, 3, json!([{ "text": format!("# Ander\n{line}") }]));
    assert_eq!(outline(&mut client), ["Ander", "Kop"]);
    client.pushed(BUFFER, Some(3));
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_greeting_that_cannot_be_read_is_refused_and_another_one_taken() {
    let mut client = Client::silent(Answers::default());
    assert_eq!(client.refusal("initialize", json!({ "capabilities": 7 }))["code"], INVALID_PARAMS);
    client.request("initialize", Profile::plain().initialize());
    assert_eq!(client.leave(), Some(0));
}
