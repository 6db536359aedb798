//! Which files, and which of their lines, a setting speaks of.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A pattern of paths: `*` stands for any part of a name, `**` for any folders. One without a slash is looked for at
/// any depth, one that names a folder fits all that is in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    text: String,
    folder: Option<PathBuf>,
    matcher: GlobMatcher,
}

impl Pattern {
    /// Has the pattern seen from a folder.
    pub(super) fn anchor(&mut self, folder: &Path) {
        self.folder = Some(folder.to_owned());
    }

    /// Whether a file or a folder above it fits. A pattern that is tied to no folder, as the editor sends them, fits
    /// the end of a path.
    pub fn fits(&self, path: &Path) -> bool {
        let relative = match &self.folder {
            Some(folder) => path.strip_prefix(folder).ok(),
            None => path.strip_prefix("/").ok().or(Some(path)),
        };
        let Some(relative) = relative else { return false };
        let free = self.folder.is_none() || !self.text.trim_end_matches('/').contains('/');
        relative
            .ancestors()
            .filter(|part| !part.as_os_str().is_empty())
            .any(|part| self.matcher.is_match(part) || free && tails(part).any(|tail| self.matcher.is_match(tail)))
    }
}

/// What is left of a path after its first folders.
fn tails(path: &Path) -> impl Iterator<Item = PathBuf> {
    let count = path.components().count();
    (1..count).map(|skipped| path.components().skip(skipped).collect())
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let bare = text.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
        let glob = GlobBuilder::new(bare).literal_separator(true).build();
        let glob = glob.map_err(|error| format!("`{text}` is no pattern: {}", error.kind()))?;
        Ok(Self { text, folder: None, matcher: glob.compile_matcher() })
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> String {
        pattern.text
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.folder) == (&other.text, &other.folder)
    }
}

impl JsonSchema for Pattern {
    fn schema_name() -> Cow<'static, str> {
        "Pattern".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A pattern of paths: `*` stands for any part of a name, `**` for any folders.",
        })
    }
}

/// Some lines of a file, counted from 1, both ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "String")]
pub struct LineRange {
    first: usize,
    last: usize,
}

impl LineRange {
    /// Whether it holds a line, counted from 0.
    pub fn holds(&self, line: usize) -> bool {
        self.first <= line + 1 && line < self.last
    }
}

/// A range as people write it.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "lines are a number or a range such as \"10-20\"")]
enum Written {
    One(usize),
    Range(String),
}

impl TryFrom<Written> for LineRange {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let (first, last) = match &written {
            Written::One(line) => (Some(*line), Some(*line)),
            Written::Range(text) => {
                let (first, last) = text.split_once('-').unwrap_or((text, text));
                (first.trim().parse().ok(), last.trim().parse().ok())
            }
        };
        match (first, last) {
            (Some(first), Some(last)) if 0 < first && first <= last => Ok(LineRange { first, last }),
            _ => Err("lines are a number from 1 on or a range such as \"10-20\"".to_owned()),
        }
    }
}

impl From<LineRange> for String {
    fn from(range: LineRange) -> String {
        format!("{}-{}", range.first, range.last)
    }
}

impl JsonSchema for LineRange {
    fn schema_name() -> Cow<'static, str> {
        "LineRange".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Written::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a pattern in `/report/columnist.toml` fits a path.
    fn fits(pattern: &str, path: &str) -> bool {
        let mut pattern = Pattern::try_from(pattern.to_owned()).unwrap();
        pattern.anchor(Path::new("/report"));
        pattern.fits(Path::new(path))
    }

    #[test]
    fn patterns_are_seen_from_their_folder() {
        assert!(fits("annexes/**", "/report/annexes/a/1.txt"));
        assert!(fits("annexes", "/report/annexes/a/1.txt"));
        assert!(fits("annexes/", "/report/annexes/1.txt"));
        assert!(fits("./annexes/*.txt", "/report/annexes/1.txt"));
        assert!(!fits("annexes/*.txt", "/report/annexes/a/1.txt"));
        assert!(!fits("annexes/**", "/other/annexes/1.txt"));
    }

    #[test]
    fn one_without_a_slash_fits_at_any_depth() {
        assert!(fits("*.txt", "/report/a/b/1.txt"));
        assert!(fits("drafts", "/report/a/drafts/1.txt"));
        assert!(!fits("drafts", "/report/a/drafts.txt"));
    }

    #[test]
    fn one_from_the_editor_fits_the_end_of_a_path() {
        let pattern = Pattern::try_from("annexes/**".to_owned()).unwrap();
        assert!(pattern.fits(Path::new("/anywhere/annexes/1.txt")));
        assert!(!pattern.fits(Path::new("/anywhere/1.txt")));
    }
}
