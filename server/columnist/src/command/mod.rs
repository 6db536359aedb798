//! The commands, one a module.

pub(crate) mod check;
pub(crate) mod columns;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod lsp;
pub(crate) mod outline;
pub(crate) mod refs;
pub(crate) mod schema;
pub(crate) mod status;
