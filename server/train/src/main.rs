//! Makes the junction model from prose.
fn main() {}
