//! Many transcriptions as one report: which files they are, what their settings say, where a reference leads. Knows no
//! protocol. The modules stand in order of knowledge: each imports only from those above it.

pub mod settings;
pub mod name;
pub mod source;
pub mod walk;
pub mod cache;
pub mod index;
pub mod repaired;
mod wholes;
pub mod document;
pub mod excerpt;
pub mod link;
pub mod pagination;
pub mod running;
pub mod layer;
pub mod disk;
pub mod workspace;
pub mod repairs;
pub mod subject;
pub mod search;
pub mod completion;
pub mod hint;
pub mod rename;
pub mod moved;
pub mod status;
