//! Settings from any file and from any JSON that an editor sends: what is wrong is told at a place in the text, what is
//! left can be asked, and settings that are written down and read again are the same.

use std::path::Path;

use report::settings::{Feature, Settings};
use transcript::check::CHECKS;
use transcript::lines::Lines;

use crate::choices::Choices;

/// Reads settings.
pub fn run(data: &[u8]) {
    let mut choices = Choices(data);
    let as_json = choices.byte() % 2 == 1;
    let text = choices.rest();
    let (settings, problems) = if as_json {
        let Ok(value) = serde_json::from_str(&text) else { return };
        Settings::from_editor(&value)
    } else {
        Settings::parse(&text)
    };
    for problem in &problems {
        assert!(!problem.message.is_empty());
        assert!(problem.span.is_none_or(|span| text.get(span.range()).is_some()), "{problem:?} in {text:?}");
    }
    ask(&settings);
    if let Ok(written) = serde_json::to_value(&settings) {
        // JSON has no number without end.
        if settings.expected_wrong().is_finite() {
            let (again, problems) = Settings::from_editor(&written);
            assert!(problems.is_empty(), "{problems:?} in {written}");
            assert_eq!(settings, again);
        }
    }
}

/// All that is asked of settings.
fn ask(settings: &Settings) {
    let file = Path::new("/report/annexes/a.txt");
    let settings = settings.clone().anchored(Path::new("/report")).over(Settings::default(), file);
    let lines = Lines::new("one\ntwo\nthree\nfour\nfive\n");
    for check in CHECKS {
        let _ = (settings.severity(check.code), settings.severity_at(check.code, &(3..4), &lines));
    }
    let _ = (settings.language().map(|language| &language.code), settings.max_size(), settings.expected_wrong());
    let _ = (settings.enabled(Feature::TitleHints), report::walk::is_transcription(file, &settings));
}
