//! The junction model's file and its answers: whole files are read back, damaged ones are refused, and any words at
//! all get a number.

use columnist_transcript::columns::file::ModelError;
use columnist_transcript::columns::junction::{Dense, Junctions, VECTOR, Weights};
use columnist_transcript::columns::word::Word;
use proptest::prelude::*;

/// A small model with some numbers in it.
fn weights() -> Weights {
    let some = |length: usize| (0..length).map(|at| ((at * 37 % 101) as f32 - 50.0) / 80.0).collect::<Vec<f32>>();
    Weights { vectors: some(VECTOR << 6), meetings: some(1 << 8), dense: some(Dense::LENGTH) }
}

fn model() -> Junctions {
    Junctions::from_bytes(&weights().to_bytes()).expect("a file just made is read back")
}

#[test]
fn a_file_that_is_none_is_refused_by_name() {
    let bytes = weights().to_bytes();
    let check = |bytes: &[u8], expected: &str| {
        let refused = Junctions::from_bytes(bytes).expect_err("it is not whole");
        assert_eq!(refused.to_string(), expected);
    };
    check(b"", "this is no model of columnist");
    check(b"PK\x03\x04 and so on, for longer than a header", "this is no model of columnist");
    let mut other = bytes.clone();
    other[8] = 9;
    check(&other, "this model has version 9, and this program reads another version");
    let mut flipped = bytes.clone();
    flipped[100] ^= 1;
    check(&flipped, "this model is damaged: its check sum does not agree");
    assert!(matches!(Junctions::from_bytes(&bytes[..bytes.len() - 1]), Err(ModelError::Length { .. })));
}

#[test]
fn words_made_ready_answer_as_plain_words_do() {
    let model = model();
    let words = |text: &str| text.split(' ').map(Word::new).collect::<Vec<_>>();
    let ready = model.between(&model.left(&words("with the")), &model.right(&words("first light of")));
    assert_eq!(ready, model.log_odds(&["with", "the"], &["first", "light", "of"]));
}

#[test]
fn words_further_off_than_three_change_nothing() {
    let model = model();
    let near = model.log_odds(&["b", "c", "d"], &["e", "f", "g"]);
    assert_eq!(near, model.log_odds(&["a", "b", "c", "d"], &["e", "f", "g", "h"]));
    assert_ne!(near, model.log_odds(&["c", "d"], &["e", "f", "g"]), "the third word does count");
}

#[test]
fn a_cut_word_is_told_from_a_compound_that_waits_for_its_end() {
    assert!(Word::new("exportres-").is_broken());
    assert!(Word::new("Verwal\u{ad}").is_broken());
    assert!(!Word::new("–").is_broken());
    assert!(!Word::new("(rechts-)").is_broken());
}

proptest! {
    #[test]
    fn any_damage_is_an_error_or_the_same_model(at in 0usize..4000, bit in 0u8..8, cut in 0usize..4000) {
        let bytes = weights().to_bytes();
        let mut damaged = bytes.clone();
        let at = at % bytes.len();
        damaged[at] ^= 1 << bit;
        prop_assert!(Junctions::from_bytes(&damaged).is_err());
        prop_assert!(Junctions::from_bytes(&bytes[..cut.min(bytes.len() - 1)]).is_err());
    }

    #[test]
    fn any_words_get_a_number(left in prop::collection::vec("\\PC{0,12}", 0..5), right in prop::collection::vec("\\PC{0,12}", 0..5)) {
        let read = |words: &[String]| words.iter().map(|word| Word::new(word)).collect::<Vec<_>>();
        let model = model();
        let odds = model.between(&model.left(&read(&left)), &model.right(&read(&right)));
        prop_assert!(odds.is_finite());
    }
}
