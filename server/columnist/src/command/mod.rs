//! The commands, one a module.

pub(crate) mod columns;
