//! Where the column model's data lies. The program runs without it, only with less to go by.

use transcript::columns::Model;

/// The column model, with what it has learnt where that is found.
pub(crate) fn model() -> Model {
    Model::default()
}
