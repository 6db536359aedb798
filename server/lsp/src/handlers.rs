//! One module a request. A handler reads a snapshot and answers; it runs on a thread of its own and knows nothing of
//! what happens meanwhile.

mod block_lens;
pub(crate) mod code_action;
pub(crate) mod code_lens;
pub(crate) mod completion;
pub(crate) mod declaration;
pub(crate) mod definition;
pub(crate) mod diagnostic;
pub(crate) mod document_link;
pub(crate) mod document_symbol;
pub(crate) mod execute;
pub(crate) mod folding_range;
mod gutter;
pub(crate) mod highlight;
pub(crate) mod hover;
pub(crate) mod inlay_hint;
mod line_action;
mod not_merged;
pub(crate) mod reading_order;
pub(crate) mod reference_count;
pub(crate) mod references;
pub(crate) mod rename;
pub(crate) mod report_outline;
pub(crate) mod selection_range;
pub(crate) mod semantic_tokens;
pub(crate) mod will_rename;
pub(crate) mod workspace_symbol;
