//! `columnist refs`: every reference of the files and where it leads.

use std::io::Write;

use report::document::Document;
use report::workspace::Target;
use serde_json::{Value, json};
use transcript::lines::Lines;
use transcript::reference::Reference;

use crate::arguments::{Format, Refs};
use crate::command::outline::one_line;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::gather::Gathered;
use crate::output::{Output, visible_name};
use crate::remark::{line_and_column, place};

/// Shows the references. When only the unresolved ones are asked for, each is something found.
pub(crate) fn run(asked: &Refs, output: &mut Output) -> Ending {
    let gathered = Gathered::new(&asked.paths);
    let (mut all, mut unresolved) = (Vec::new(), 0);
    for document in gathered.documents() {
        let lines = document.lines();
        for reference in &document.survey().references {
            let targets = gathered.workspace.targets(document.name(), reference);
            if targets.is_empty() && !reference.sure {
                continue;
            }
            let lost = targets.is_empty() && reference.whereabouts.is_here();
            unresolved += usize::from(lost);
            if asked.unresolved && !lost {
                continue;
            }
            let row = Row { gathered: &gathered, document, lines: &lines, reference, targets: &targets };
            match asked.format {
                Format::Text => {
                    let _ = writeln!(output, "{}", visible_name(&row.text()));
                }
                Format::Json => all.push(row.json()),
            }
        }
    }
    if asked.format == Format::Json {
        let _ = writeln!(output, "{:#}", Value::from(all));
    }
    let found = if asked.unresolved && unresolved > 0 { Ending::Found } else { Ending::Clean };
    Failure::tell_all(&gathered.failures).max(found)
}

/// A reference and where it leads.
struct Row<'r> {
    gathered: &'r Gathered,
    document: &'r Document,
    lines: &'r Lines<'r>,
    reference: &'r Reference,
    targets: &'r [Target],
}

impl Row<'_> {
    fn text(&self) -> String {
        let (line, column) = line_and_column(self.lines, self.reference.mention.start);
        let mention = one_line(self.lines.slice(self.reference.mention));
        let path = self.gathered.shown(self.document.name());
        format!("{path}:{line}:{column}: {mention} -> {}", self.leads())
    }

    fn leads(&self) -> String {
        if self.targets.is_empty() && !self.reference.whereabouts.is_here() {
            return "outside of this report".to_owned();
        }
        if self.targets.is_empty() {
            return "unresolved".to_owned();
        }
        let target = |target: &Target| {
            let Some(document) = self.gathered.workspace.document(&target.name) else { return String::new() };
            let (line, column) = line_and_column(&document.lines(), target.name_span.start);
            let contents = if target.in_contents { " (only in the contents list)" } else { "" };
            let title = one_line(&document.content()[target.name_span.range()]);
            format!("{}:{line}:{column} {title}{contents}", self.gathered.shown(&target.name))
        };
        self.targets.iter().map(target).collect::<Vec<_>>().join(" or ")
    }

    fn json(&self) -> Value {
        let target = |target: &Target| {
            let document = self.gathered.workspace.document(&target.name)?;
            let lines = document.lines();
            Some(json!({
                "path": self.gathered.shown(&target.name),
                "start": place(&lines, target.name_span.start),
                "end": place(&lines, target.name_span.end),
                "title": target.title,
                "in_contents": target.in_contents,
            }))
        };
        json!({
            "path": self.gathered.shown(self.document.name()),
            "start": place(self.lines, self.reference.mention.start),
            "end": place(self.lines, self.reference.mention.end),
            "mention": one_line(self.lines.slice(self.reference.mention)),
            "number": self.reference.number.as_ref().map(ToString::to_string),
            "outside": !self.reference.whereabouts.is_here(),
            "targets": self.targets.iter().filter_map(target).collect::<Vec<_>>(),
        })
    }
}
