//! The findings of a document for clients that ask for them themselves.

use std::hash::{DefaultHasher, Hash, Hasher};

use tower_lsp::ls_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport,
};

use crate::session::Snapshot;
use crate::{convert, diagnostics};

/// The findings, or that they are those which the client has.
pub(crate) fn answer(snapshot: &Snapshot, params: DocumentDiagnosticParams) -> DocumentDiagnosticReportResult {
    let name = convert::name(&params.text_document.uri);
    let items = name.map(|name| diagnostics::of(snapshot, &name)).unwrap_or_default();
    let result_id = fingerprint(&items);
    let report = if params.previous_result_id.as_ref() == Some(&result_id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
        })
    };
    DocumentDiagnosticReportResult::Report(report)
}

/// One finding alone, which the client must ask anew about.
pub(crate) fn marked(finding: Diagnostic) -> DocumentDiagnosticReportResult {
    let report = FullDocumentDiagnosticReport { result_id: None, items: vec![finding] };
    let report =
        RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report: report };
    DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report))
}

/// A short text that is the same for the same findings only.
fn fingerprint(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
