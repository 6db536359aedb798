//! The server as a client meets it: the real binary, and the protocol on its standard input and output.

mod bad_messages;
mod definition;
mod diagnostics;
mod editing;
mod lifecycle;
mod limits;
mod merged;
mod methods;
mod moving;
mod names;
mod outline;
mod repairs;
mod waiting;
mod workspace;
