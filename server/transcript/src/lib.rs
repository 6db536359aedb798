//! One transcription: text in, values out. Nothing in here can fail, does IO, reads a clock, or knows of a protocol, a
//! path or another file. The modules stand in order of knowledge: each imports only from those above it, and
//! `tests/architecture.rs` keeps it so.

pub mod analysis;
pub mod check;
pub mod columns;
pub mod finding;
pub mod heading;
pub mod language;
pub mod lines;
pub mod number;
pub mod outline;
pub mod page;
pub mod position;
pub mod reading;
pub mod reference;
pub mod span;
pub mod text;
