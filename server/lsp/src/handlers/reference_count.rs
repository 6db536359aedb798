//! How many references lead to a heading, shown above it: the places at once, each number only when it comes into view.

use report::document::Document;
use report::settings::Feature;
use serde_json::{Value, json};
use tower_lsp::ls_types::{CodeLens, Command, Uri};

use super::references;
use crate::capabilities::SHOW_REFERENCES;
use crate::convert;
use crate::session::Snapshot;

/// A lens for every numbered heading, its number still to be counted.
pub(super) fn lenses(snapshot: &Snapshot, document: &Document, uri: &Uri) -> Vec<CodeLens> {
    if !snapshot.enabled(document.name(), Feature::ReferenceCounts) {
        return Vec::new();
    }
    let headings = document.plan().outline.sections.iter().map(|section| &section.heading);
    let numbered = headings.filter(|heading| heading.number.is_some());
    let lens = |span| CodeLens {
        range: snapshot.range(document, span),
        command: None,
        data: Some(json!({ "references": uri })),
    };
    numbered.map(|heading| lens(heading.span)).collect()
}

/// Counts the references to the heading of a lens. Nothing where it is none of ours, or its heading is gone.
pub(super) fn resolve(snapshot: &Snapshot, lens: &CodeLens) -> Option<Command> {
    let uri: Uri = lens.data.as_ref()?.get("references").and_then(Value::as_str)?.parse().ok()?;
    let document = snapshot.workspace.document(&convert::name(&uri)?)?;
    let offset = convert::offset(document.text(), lens.range.start, snapshot.abilities.encoding);
    let target = snapshot.workspace.target_at(document.name(), offset)?;
    let places = references::to(snapshot, &target);
    let title = match places.len() {
        0 => "no references".to_owned(),
        1 => "1 reference".to_owned(),
        count => format!("{count} references"),
    };
    let shows = snapshot.abilities.shows_references && !places.is_empty();
    Some(Command {
        title,
        command: if shows { SHOW_REFERENCES.to_owned() } else { String::new() },
        arguments: shows.then(|| vec![json!(uri), json!(lens.range.start), json!(places)]),
    })
}
