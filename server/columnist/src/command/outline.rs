//! `columnist outline`: the headings of the files, as a reader would find them in a contents list.

use std::io::Write;

use serde_json::{Value, json};
use transcript::heading::Heading;
use transcript::lines::Lines;

use crate::arguments::{Format, Outline};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::gather::Gathered;
use crate::output::{Output, visible, visible_name};
use crate::remark::{line_and_column, place};

/// Shows the outlines of the files.
pub(crate) fn run(asked: &Outline, output: &mut Output) -> Ending {
    let gathered = Gathered::new(&asked.paths);
    let mut headings = Vec::new();
    for document in gathered.documents() {
        let (path, lines) = (gathered.shown(document.name()), Lines::new(document.content()));
        for section in &document.analysis().outline.sections {
            match asked.format {
                Format::Text => {
                    let (line, column) = line_and_column(&lines, section.heading.span.start);
                    let indent = "  ".repeat(usize::from(section.heading.depth.saturating_sub(1)));
                    let title = lines.slice(section.heading.span);
                    let _ = writeln!(
                        output,
                        "{}:{line}:{column}: {indent}{}",
                        visible_name(&path),
                        visible(&one_line(title))
                    );
                }
                Format::Json => headings.push(json(&path, &lines, &section.heading)),
            }
        }
    }
    if asked.format == Format::Json {
        let _ = writeln!(output, "{:#}", Value::from(headings));
    }
    Failure::tell_all(&gathered.failures)
}

fn json(path: &str, lines: &Lines, heading: &Heading) -> Value {
    json!({
        "path": path,
        "start": place(lines, heading.span.start),
        "end": place(lines, heading.span.end),
        "depth": heading.depth,
        "number": heading.number.as_ref().map(ToString::to_string),
        "title": heading.title,
    })
}

/// A text with its line ends and runs of spaces as single spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
