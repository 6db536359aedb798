//! One transcription: text in, values out. Nothing in here can fail, does IO, reads a clock, or knows of a protocol, a
//! path or another file. The modules stand in order of knowledge: each imports only from those above it, and
//! `tests/architecture.rs` keeps it so.

pub mod each;
pub mod span;
pub mod text;
pub mod visible;
pub mod lines;
pub mod position;
pub mod change;
pub mod openings;
pub mod suppression;
pub mod letters;
pub mod number;
pub mod language;
pub mod markup;
pub mod page;
pub mod finding;
pub mod columns;
pub mod stretch;
pub mod reading;
pub mod flow;
pub mod heading;
pub mod outline;
pub mod naming;
pub mod typing;
pub mod reference;
pub mod survey;
pub mod analysis;
pub mod enclosing;
pub mod fold;
pub mod paragraph;
pub mod check;
