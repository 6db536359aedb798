//! The model of merged columns with what it has learnt, as the program has it: without it no block is ever found.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use transcript::columns::Model;

/// The model.
pub fn model() -> Arc<Model> {
    static MODEL: LazyLock<Arc<Model>> = LazyLock::new(|| {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
        let file = |name: &str| fs::read(data.join(name)).expect("the repository holds the model");
        Arc::new(Model::from_bytes(file("junctions.bin"), &file("judge.bin")).expect("it is whole"))
    });
    Arc::clone(&MODEL)
}
