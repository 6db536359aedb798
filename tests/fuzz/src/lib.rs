//! What must hold whatever comes in: one module a target, each with a `run` that takes the bytes which the fuzzer made
//! up, and panics where something does not hold. `docs/fuzzing.md` tells how they are run and what they found.

pub mod choices;
pub mod learnt;
pub mod text;
pub mod analysis;
pub mod repairs;
pub mod settings;
pub mod wire;
