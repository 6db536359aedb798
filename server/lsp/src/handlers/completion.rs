//! Numbers and titles of the report while a reference is typed.

use report::completion::{self, Offer};
use report::settings::Feature;
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionParams,
    CompletionResponse, CompletionTextEdit, Range, TextEdit,
};
use transcript::visible::visible;

use crate::convert;
use crate::session::Snapshot;

/// Whether a reference is typed at the cursor: a look at one line, so that no other keystroke waits for the folders.
pub(crate) fn is_asked(snapshot: &Snapshot, params: &CompletionParams) -> bool {
    let at = &params.text_document_position;
    snapshot.document(&at.text_document.uri, Feature::Completion).is_some_and(|document| {
        let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
        completion::is_asked(document, offset)
    })
}

/// What can be written at the cursor.
pub(crate) fn answer(snapshot: &Snapshot, params: CompletionParams) -> Option<CompletionResponse> {
    let at = params.text_document_position;
    let document = snapshot.document(&at.text_document.uri, Feature::Completion)?;
    let offset = convert::offset(document.text(), at.position, snapshot.abilities.encoding);
    let found = completion::offers(&snapshot.workspace, document.name(), offset)?;
    let range = snapshot.range(document, found.typed);
    let items = found.offers.iter().enumerate().map(|(index, offer)| item(snapshot, index, offer, range));
    Some(CompletionResponse::List(CompletionList { is_incomplete: found.more, items: items.collect() }))
}

fn item(snapshot: &Snapshot, index: usize, offer: &Offer, range: Range) -> CompletionItem {
    let label = visible(format!("{} {}", offer.text, offer.title).trim_end()).into_owned();
    let file = offer.name.path().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let beside = snapshot.abilities.label_details;
    let details = |description| CompletionItemLabelDetails { detail: None, description };
    CompletionItem {
        kind: Some(CompletionItemKind::REFERENCE),
        sort_text: Some(format!("{index:04}")),
        // The number before the title: clients compare it with what was typed from its start.
        filter_text: Some(label.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, offer.text.clone()))),
        label_details: file.clone().filter(|_| beside).map(|file| details(Some(file))),
        detail: file.filter(|_| !beside),
        label,
        ..CompletionItem::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::Report;

    /// What is offered at the cursor: what it shows, and what it writes in the place of what is under `^`.
    fn check(drawn: &str, expected: &[(&str, &str)]) {
        let report = Report::new(drawn);
        let params = CompletionParams {
            text_document_position: report.at(),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
            context: None,
        };
        assert_eq!(is_asked(&report.snapshot(), &params), !expected.is_empty(), "{drawn}");
        let items = match answer(&report.snapshot(), params) {
            Some(CompletionResponse::List(list)) => list.items,
            _ => Vec::new(),
        };
        let edit = |item: &CompletionItem| match &item.text_edit {
            Some(CompletionTextEdit::Edit(edit)) => (edit.range, edit.new_text.clone()),
            other => panic!("no plain edit: {other:?}"),
        };
        let found: Vec<_> = items.iter().map(|item| (item.label.clone(), edit(item).1)).collect();
        let expected: Vec<_> = expected.iter().map(|(label, text)| (label.to_string(), text.to_string())).collect();
        assert_eq!(found, expected, "{drawn}");
        for item in &items {
            assert_eq!(report.expected(), [edit(item).0], "{}", item.label);
            assert!(item.filter_text.as_ref().is_some_and(|text| text.starts_with(&edit(item).1)));
        }
    }

    const HEADINGS: &str = "
%! b.md
# Hoofdstuk 1: Haven

## 1.1 Kade

# Hoofdstuk 2: Sluis

Figuur 1 Het peil
%! ander/c.md
";

    #[test]
    fn numbers_after_a_noun() {
        let all = [("1 Haven", "1"), ("1.1 Kade", "1.1"), ("2 Sluis", "2")];
        check(&format!("\n%! a.md\nZie hoofdstuk \n              |^{HEADINGS}"), &all);
    }

    #[test]
    fn what_goes_on_with_a_half_number_or_a_title() {
        check(&format!("\n%! a.md\n\u{1F600} Zie hoofdstuk 1.\n                ^^|{HEADINGS}"), &[("1.1 Kade", "1.1")]);
        check(&format!("\n%! a.md\nZie hoofdstuk slu\n              ^^^|{HEADINGS}"), &[("2 Sluis", "2")]);
        check(&format!("\n%! a.md\nZie figuur 1\n           ^|{HEADINGS}"), &[("1 Het peil", "1")]);
    }

    #[test]
    fn nouns_in_the_language_of_the_document() {
        let text = "Het peil van het water is door de dienst gemeten (zie ";
        let under = format!("{}|^", " ".repeat(text.len()));
        check(
            &format!("\n%! a.md\n{text}\n{under}{HEADINGS}"),
            &[
                ("hoofdstuk 1 Haven", "hoofdstuk 1"),
                ("paragraaf 1.1 Kade", "paragraaf 1.1"),
                ("hoofdstuk 2 Sluis", "hoofdstuk 2"),
                ("figuur 1 Het peil", "figuur 1"),
            ],
        );
    }

    #[test]
    fn nothing_elsewhere() {
        check(&format!("\n%! a.md\nHet hoofdstuk over \n                   |{HEADINGS}"), &[]);
    }
}
