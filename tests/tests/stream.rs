//! Texts in a stream: one object a line in, one answer a line out.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use columnist_tests::command::columnist_reads;
use columnist_tests::program;
use columnist_tests::repository;
use serde_json::{Value, json};

/// What comes out for what goes in, one value a line, and the exit code.
fn answers(command: &str, input: &str) -> (Vec<Value>, Option<i32>, String) {
    let run = columnist_reads(repository(), &[command, "--jsonl"], input.as_bytes());
    let lines = run.out.lines().map(|line| serde_json::from_str(line).expect("an object a line"));
    (lines.collect(), run.code, run.err)
}

#[test]
fn texts_come_back_in_order_with_their_ids() {
    let text = "Een \u{1F600} regel.\r\nNog een, zonder einde";
    let records: Vec<String> = (0..300).map(|id| json!({ "id": id, "text": text }).to_string()).collect();
    let (answers, code, _) = answers("fix", &records.join("\n"));
    assert_eq!(code, Some(0));
    assert_eq!(answers.len(), 300);
    for (id, answer) in answers.iter().enumerate() {
        assert_eq!(*answer, json!({ "id": id, "text": text, "repairs": 0, "left": 0 }));
    }
}

#[test]
fn no_sign_of_a_text_is_lost() {
    let text = "a\u{7f}b \u{7}c \u{1b}[1md \u{9b}e\n";
    let (answers, ..) = answers("fix", &json!({ "id": 1, "text": text }).to_string());
    assert_eq!(answers[0]["text"], text);
}

#[test]
fn a_line_that_is_no_record_is_answered_and_told_and_stops_nothing() {
    let input = "{\"id\": 1, \"text\": \"a\"}\n\n{\"id\": \"b\"}\nnonsense\n{\"text\": \"c\"}\n";
    let (answers, code, told) = answers("fix", input);
    assert_eq!(code, Some(2));
    let ids: Vec<_> = answers.iter().map(|answer| (&answer["id"], answer["error"].is_string())).collect();
    let (one, b, none) = (json!(1), json!("b"), Value::Null);
    assert_eq!(ids, [(&one, false), (&b, true), (&none, true), (&none, false)]);
    assert!(told.contains("line 3") && told.contains("missing field `text`") && told.contains("line 4"), "{told}");
}

#[test]
fn findings_say_where_they_are() {
    let text = "1.1 Haven\n\nZie hoofdstuk 9.4 van dit verslag.\n";
    let marked = "```\nZie hoofdstuk 9.4 van dit verslag.\n```\n";
    let records = [json!({ "id": "a", "text": text }), json!({ "id": "b", "text": marked, "format": "markdown" })];
    let (answers, code, _) = answers("check", &records.map(|record| record.to_string() + "\n").concat());
    assert_eq!(code, Some(1));
    let findings = answers[0]["findings"].as_array().expect("a list");
    let lost = findings.iter().find(|finding| finding["code"] == "unresolved-reference").expect("it leads nowhere");
    assert_eq!(lost["range"]["start"], json!({ "line": 3, "column": 5 }));
    assert_eq!(lost.get("path"), None);
    assert_eq!(answers[1], json!({ "id": "b", "findings": [] }));
}

#[test]
fn an_answer_comes_before_the_next_line_is_sent() {
    let mut command = Command::new(program());
    command.args(["fix", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut input = child.stdin.take().expect("it is piped");
    let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
    for id in 0..3 {
        writeln!(input, "{}", json!({ "id": id, "text": "een" })).expect("it reads");
        let mut line = String::new();
        output.read_line(&mut line).expect("it answers");
        let answer: Value = serde_json::from_str(&line).expect("an object");
        assert_eq!(answer["id"], id);
    }
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
