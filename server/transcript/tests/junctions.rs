//! The junction model's file and its answers: whole files are read back, damaged ones are refused, and any words at
//! all get a number.

use columnist_transcript::columns::familiar::Familiar;
use columnist_transcript::columns::file::ModelError;
use columnist_transcript::columns::junction::{Junctions, KnownWords, VECTOR};
use columnist_transcript::columns::weights::{Dense, Weights};
use columnist_transcript::columns::word::Word;
use proptest::prelude::*;

/// A small model with some numbers in it.
fn weights() -> Weights {
    let some = |length: usize| (0..length).map(|at| ((at * 37 % 101) as f32 - 50.0) / 80.0).collect::<Vec<f32>>();
    Weights {
        vectors: some(VECTOR << 6),
        meetings: some(1 << 8),
        familiar: Familiar::with_all(),
        dense: some(Dense::LENGTH),
    }
}

fn model() -> Junctions {
    Junctions::from_bytes(weights().to_bytes()).expect("a file just made is read back")
}

#[test]
fn a_file_that_is_none_is_refused_by_name() {
    let bytes = weights().to_bytes();
    let check = |bytes: &[u8], expected: &str| {
        let refused = Junctions::from_bytes(bytes.to_vec()).expect_err("it is not whole");
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
    assert!(matches!(Junctions::from_bytes(bytes[..bytes.len() - 1].to_vec()), Err(ModelError::Length { .. })));
}

fn odds(left: &str, right: &str) -> f32 {
    fn words(text: &str) -> Vec<&str> {
        text.split_whitespace().collect()
    }
    model().log_odds(&words(left), &words(right), &mut KnownWords::default())
}

#[test]
fn a_run_of_words_made_ready_at_once_answers_as_its_parts_do() {
    let (model, mut known) = (model(), KnownWords::default());
    let words = known.look_up("with the first light of day".split(' ').map(Word::new), &model);
    let (lefts, rights) = model.sides(&words);
    for at in 0..=words.len() {
        let parts = model.between(&model.left(&words[..at]), &model.right(&words[at..]));
        assert_eq!(model.between(&lefts[at], &rights[at]), parts, "before word {at}");
    }
}

#[test]
fn words_further_off_are_remembered() {
    let near = odds("b c d", "e f g");
    assert_ne!(near, odds("a b c d", "e f g"), "the fourth word counts");
    assert_ne!(near, odds("c d", "e f g"), "and the third");
}

#[test]
fn letters_and_the_marks_over_them_are_one_however_they_are_written() {
    assert_eq!(Word::new("(de\u{301}ja\u{300})"), Word::new("(déjà)"));
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
        prop_assert!(Junctions::from_bytes(damaged).is_err());
        prop_assert!(Junctions::from_bytes(bytes[..cut.min(bytes.len() - 1)].to_vec()).is_err());
    }

    #[test]
    fn any_words_get_a_number(left in prop::collection::vec("\\PC{0,12}", 0..5), right in prop::collection::vec("\\PC{0,12}", 0..5)) {
        let [left, right] = [&left, &right].map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
        let odds = model().log_odds(&left, &right, &mut KnownWords::default());
        prop_assert!(odds.is_finite());
    }
}
