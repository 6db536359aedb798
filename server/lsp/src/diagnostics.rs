//! The findings of a document as the client shows them. How they reach it, pushed or pulled, is not known here.

use report::document::Document;
use report::name::Name;
use report::settings::Feature;
use report::workspace::Reported;
use tower_lsp::ls_types::{Diagnostic, DiagnosticRelatedInformation, Location, NumberOrString};
use transcript::span::Span;
use transcript::visible::visible;

use crate::convert;
use crate::session::Snapshot;

/// Who found it, as the client shows it beside the message.
pub(crate) const SOURCE: &str = "columnist";

/// The findings of a document; none where they are switched off, or for a document that is not known.
pub(crate) fn of(snapshot: &Snapshot, name: &Name) -> Vec<Diagnostic> {
    let Some(document) = snapshot.workspace.document(name) else { return Vec::new() };
    if !snapshot.enabled(name, Feature::Diagnostics) {
        return Vec::new();
    }
    let findings = snapshot.workspace.findings(name);
    findings.iter().map(|reported| diagnostic(snapshot, document, reported)).collect()
}

/// One finding.
pub(crate) fn diagnostic(snapshot: &Snapshot, document: &Document, reported: &Reported) -> Diagnostic {
    let finding = &reported.finding;
    let information = |name: &Name, span: Span, message: &String| {
        let there = snapshot.workspace.document(name)?;
        let location = Location::new(snapshot.uri(name)?, snapshot.range(there, span));
        Some(DiagnosticRelatedInformation { location, message: visible(message).into_owned() })
    };
    let here = finding.related.iter().filter_map(|(span, words)| information(document.name(), *span, words));
    let beyond = reported.elsewhere.iter().filter_map(|(name, span, words)| information(name, *span, words));
    let related: Vec<_> = here.chain(beyond).collect();
    let shows_related = snapshot.abilities.related_information && !related.is_empty();
    Diagnostic {
        range: snapshot.range(document, finding.span),
        severity: Some(convert::severity(reported.severity)),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: visible(&finding.message).into_owned(),
        related_information: shows_related.then_some(related),
        ..Diagnostic::default()
    }
}
