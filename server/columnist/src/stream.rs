//! Texts in a stream: JSON objects with an id and a text, one a line, in; one answer a line out, in the same order. A
//! batch of lines is worked on by all cores and then forgotten, so that memory stays the same however much comes.

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use transcript::lines::Format;

use crate::ending::Ending;
use crate::failure::Failure;
use crate::output::Output;

/// So many lines make a batch, and so many more are read meanwhile.
const BATCH_LINES: usize = 128;

/// So many bytes make a batch, however few lines they are.
const BATCH_BYTES: usize = 4 << 20;

/// A text of the stream.
#[derive(Debug, Deserialize)]
pub(crate) struct Record {
    /// Whatever whoever sent it knows it by.
    #[serde(default)]
    id: Value,
    /// The text.
    pub(crate) text: String,
    #[serde(default)]
    format: Marks,
}

/// How a text is marked up.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Marks {
    #[default]
    Plain,
    Markdown,
}

impl Record {
    /// How the text is marked up: as plain text, unless the record says otherwise.
    pub(crate) fn format(&self) -> Format {
        match self.format {
            Marks::Plain => Format::Plain,
            Marks::Markdown => Format::Markdown,
        }
    }
}

/// Answers every record of the standard input. A line that is no record is answered with what is wrong with it, and told
/// on the standard error; the others are answered all the same. A blank line is no line.
pub(crate) fn run(output: &mut Output, answer: impl Fn(&Record) -> (Map<String, Value>, Ending) + Sync) -> Ending {
    output.write_texts();
    let lines = read();
    let (mut ending, mut first) = (Ending::Clean, 1);
    loop {
        let (batch, broken) = batch(&lines);
        let numbered = batch.par_iter().enumerate().map(|(index, line)| (first + index, line));
        let spoken = numbered.filter(|(_, line)| !line.trim_ascii().is_empty());
        let answers: Vec<Answer> = spoken.map(|(number, line)| one(line, number, &answer)).collect();
        for (line, ended, failure) in answers {
            let _ = writeln!(output, "{line}");
            ending = ending.max(ended);
            if let Some(failure) = failure {
                ending = ending.max(failure.tell());
            }
        }
        // Whoever reads gets the answers now, and need not send more first.
        let _ = output.flush();
        if let Some(error) = broken {
            let next = "What came before it was answered. See to that, and send the rest again.";
            return Failure::new("read the standard input", error, next).tell();
        }
        if batch.is_empty() {
            return ending;
        }
        first += batch.len();
    }
}

/// Reads the lines of the standard input on a thread of its own, never far ahead of those who take them.
fn read() -> Receiver<io::Result<Vec<u8>>> {
    let (give, lines) = sync_channel(BATCH_LINES);
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let mut line = Vec::new();
            let read = input.read_until(b'\n', &mut line);
            let last = !matches!(read, Ok(length) if length > 0);
            // Nobody takes them any more when the answers are not wanted any more either.
            if matches!(read, Ok(0)) || give.send(read.map(|_| line)).is_err() || last {
                return;
            }
        }
    });
    lines
}

/// The lines that are there, at least one; none at the end. And what broke the input, if something did.
fn batch(lines: &Receiver<io::Result<Vec<u8>>>) -> (Vec<Vec<u8>>, Option<io::Error>) {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    let mut next = lines.recv().ok();
    while let Some(line) = next {
        match line {
            Ok(line) => {
                bytes += line.len();
                batch.push(line);
            }
            Err(error) => return (batch, Some(error)),
        }
        let full = bytes >= BATCH_BYTES || batch.len() >= BATCH_LINES;
        next = if full { None } else { lines.try_recv().ok() };
    }
    (batch, None)
}

type Answer = (String, Ending, Option<Failure>);

fn one(line: &[u8], number: usize, answer: &(impl Fn(&Record) -> (Map<String, Value>, Ending) + Sync)) -> Answer {
    match serde_json::from_slice::<Record>(line) {
        Ok(record) => {
            let (mut fields, ending) = answer(&record);
            fields.insert("id".to_owned(), record.id);
            (Value::Object(fields).to_string(), ending, None)
        }
        Err(error) => {
            // The id may be readable although the rest is not. The line's number is told to people only: a program that
            // gives each of many processes a part of the lines has to get from all what it would get from one.
            let id = serde_json::from_slice::<Value>(line).ok().and_then(|value| value.get("id").cloned());
            let said = json!({ "id": id, "error": error.to_string() });
            let next = "Each line is a JSON object: {\"id\": …, \"text\": \"…\"}. The others were answered.";
            let failure = Failure::new(format_args!("read line {number} of the standard input"), error, next);
            (said.to_string(), Ending::Failed, Some(failure))
        }
    }
}
