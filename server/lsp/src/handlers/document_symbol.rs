//! The outline of a document: its sections as a tree, each with its figures and tables; as a list for clients that show
//! no tree.

use report::document::Document;
use report::excerpt;
use report::settings::Feature;
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind, Uri,
};
use transcript::heading::Heading;
use transcript::number::Kind;
use transcript::span::Span;

use crate::convert;
use crate::session::Snapshot;

/// A line of the outline.
pub(super) struct Entry {
    name: String,
    /// The printed page and the size.
    detail: String,
    kind: SymbolKind,
    /// All that stands under it.
    body: Span,
    heading: Span,
    /// The entry that holds this one; it comes before it.
    parent: Option<usize>,
}

/// The outline.
pub(crate) fn answer(snapshot: &Snapshot, params: DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let uri = params.text_document.uri;
    let document = snapshot.document(&uri, Feature::Outline)?;
    let mut entries = entries(snapshot, document);
    if snapshot.abilities.outlines_markdown {
        entries = unmarked(document, entries);
    }
    Some(if snapshot.abilities.nested_symbols {
        DocumentSymbolResponse::Nested(tree(snapshot, document, &entries))
    } else {
        DocumentSymbolResponse::Flat(list(snapshot, document, &entries, &uri))
    })
}

/// The entries that Markdown does not mark as headings; what stood under one that it marks stands at the top.
fn unmarked(document: &Document, entries: Vec<Entry>) -> Vec<Entry> {
    let marked = &document.plan().markup.headings;
    let mut numbers = vec![None; entries.len()];
    let mut kept: Vec<Entry> = Vec::new();
    for (number, mut entry) in entries.into_iter().enumerate() {
        // They stand in their order and apart.
        let next = marked.partition_point(|heading| heading.span.end <= entry.heading.start);
        if marked.get(next).is_some_and(|heading| heading.span.meets(entry.heading)) {
            continue;
        }
        entry.parent = entry.parent.and_then(|parent| numbers[parent]);
        numbers[number] = Some(kept.len());
        kept.push(entry);
    }
    kept
}

/// The sections, then the captions.
pub(super) fn entries(snapshot: &Snapshot, document: &Document) -> Vec<Entry> {
    let outline = &document.plan().outline;
    let sections = snapshot.workspace.sections(document);
    let entry = |heading: &Heading, body, parent| Entry {
        name: excerpt::label(document, heading),
        detail: excerpt::detail(document, body, heading.span),
        kind: convert::symbol_kind(heading.kind),
        body,
        heading: heading.span,
        parent,
    };
    let mut entries: Vec<Entry> =
        sections.iter().map(|section| entry(&section.heading, section.body, section.parent)).collect();
    for caption in &outline.others {
        if matches!(caption.kind, Some(Kind::Figure | Kind::Table | Kind::Box)) {
            // The innermost section is the last of those that hold it.
            let after = sections.partition_point(|section| section.body.start <= caption.span.start);
            let parent = sections[..after].iter().rposition(|section| section.body.covers(caption.span));
            entries.push(entry(caption, caption.span, parent));
        }
    }
    entries
}

#[expect(deprecated, reason = "a field that is deprecated must still be filled in")]
pub(super) fn tree(snapshot: &Snapshot, document: &Document, entries: &[Entry]) -> Vec<DocumentSymbol> {
    let mut symbols: Vec<Option<DocumentSymbol>> = entries
        .iter()
        .map(|entry| {
            Some(DocumentSymbol {
                name: entry.name.clone(),
                detail: Some(entry.detail.clone()),
                kind: entry.kind,
                tags: None,
                deprecated: None,
                range: snapshot.range(document, entry.body.join(entry.heading)),
                selection_range: snapshot.range(document, entry.heading),
                children: None,
            })
        })
        .collect();
    // Children come after their parents: from the last to the first, every symbol is complete when it is moved.
    for index in (0..entries.len()).rev() {
        if let Some(parent) = entries[index].parent
            && let Some(child) = symbols[index].take()
            && let Some(parent) = &mut symbols[parent]
        {
            parent.children.get_or_insert_default().push(child);
        }
    }
    let mut roots: Vec<_> = symbols.into_iter().flatten().collect();
    sort(&mut roots);
    roots
}

/// Puts the captions where they stand among the sections.
fn sort(symbols: &mut [DocumentSymbol]) {
    symbols.sort_by_key(|symbol| symbol.selection_range.start);
    symbols.iter_mut().filter_map(|symbol| symbol.children.as_mut()).for_each(|children| sort(children));
}

#[expect(deprecated, reason = "a field that is deprecated must still be filled in")]
fn list(snapshot: &Snapshot, document: &Document, entries: &[Entry], uri: &Uri) -> Vec<SymbolInformation> {
    let mut symbols: Vec<_> = entries
        .iter()
        .map(|entry| SymbolInformation {
            name: entry.name.clone(),
            kind: entry.kind,
            tags: None,
            deprecated: None,
            location: Location::new(uri.clone(), snapshot.range(document, entry.body)),
            container_name: entry.parent.map(|parent| entries[parent].name.clone()),
        })
        .collect();
    symbols.sort_by_key(|symbol| symbol.location.range.start);
    symbols
}
