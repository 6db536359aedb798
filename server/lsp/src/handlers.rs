//! One module a request. A handler reads a snapshot and answers; it runs on a thread of its own and knows nothing of
//! what happens meanwhile.

pub(crate) mod code_action;
pub(crate) mod definition;
pub(crate) mod diagnostic;
pub(crate) mod document_symbol;
pub(crate) mod hover;
pub(crate) mod references;
pub(crate) mod workspace_symbol;
