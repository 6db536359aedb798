//! What the person may set, in `columnist.toml` or in the editor. A [`Settings`] is one layer of wishes: what it does
//! not speak of, the layer below decides, and at the bottom the defaults that the getters give. The editor's layer lies
//! below those of the files, the outermost folder's below its subfolders'.

mod pattern;
mod reading;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use transcript::check::{self, CHECKS, Severity};
use transcript::language::{self, Language};
use transcript::lines;
use transcript::span::Span;

pub use self::pattern::{LineRange, Pattern};

/// The name of the settings file in a folder.
pub const FILE_NAME: &str = "columnist.toml";

/// Settings of Columnist, of the files beside this one and in the folders below.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "columnist.toml")]
pub struct Settings {
    /// How loud each check is, by its code.
    #[schemars(schema_with = "checks_schema")]
    pub checks: BTreeMap<Code, Level>,
    /// The language that the report is written in, by its ISO 639-1 code: "nl". Recognised unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "language_schema")]
    pub language: Option<Tongue>,
    /// Merged columns.
    pub columns: ColumnSettings,
    /// Which files are transcriptions.
    pub files: FileSettings,
    /// Which parts of the language server are on, for other servers run beside it. All but `title-hints` are
    /// unless switched off.
    #[schemars(schema_with = "features_schema")]
    pub features: BTreeMap<Feature, bool>,
    /// Other settings for some files, or for some lines of them. The last that fits wins.
    #[serde(rename = "override", skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
}

/// Settings of merged columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct ColumnSettings {
    /// A block is repaired by `columnist fix`, and on saving where the editor was told so, when at most this many
    /// lines' worth of its words are expected to end up in the wrong place. 0.5 unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f32", range(min = 0))]
    pub expected_wrong: Option<Lines>,
}

/// A number of lines, which may be a fraction: an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f32")]
pub struct Lines(f32);

impl TryFrom<f32> for Lines {
    type Error = &'static str;

    fn try_from(number: f32) -> Result<Self, Self::Error> {
        if number >= 0.0 { Ok(Lines(number)) } else { Err("a number of lines is not negative") }
    }
}

/// Which files are transcriptions, of those that the folders hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct FileSettings {
    /// Patterns of files that are transcriptions besides those named .md, .markdown, .txt and .text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<Pattern>,
    /// Patterns of files and folders that are left alone, besides what .gitignore names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<Pattern>,
    /// A file of more bytes is left alone. 64 MiB unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub max_size: Option<u64>,
    /// A file with a line of more bytes is left alone. 16 MiB unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub max_line: Option<u64>,
    /// Of more files in the folders only so many are read. 50,000 unless set; the first folder's settings count.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub max_count: Option<u64>,
    /// An analysis that takes longer is not waited for by the language server. 60 unless set; the first folder's
    /// settings count.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub max_seconds: Option<u32>,
    /// Whether what the files name and refer to is kept on this computer for the next start. It is unless set to false.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub cache: Option<bool>,
}

/// Other settings for some files, or for some lines of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// Patterns of the files and folders, seen from the folder of the settings file: "annexes/**", "*.txt".
    pub paths: Vec<Pattern>,
    /// The lines, counted from 1, as one number or as "10-20"; all of them unless set. Only `checks` can be set for
    /// lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineRange>,
    /// How a line starts, white space before it aside, which goes on to be found when lines are added or taken away
    /// above it: meant is what begins on that line or holds it. Only `checks` can be set for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starting: Vec<String>,
    /// How loud each check is, by its code.
    #[serde(default)]
    #[schemars(schema_with = "checks_schema")]
    pub checks: BTreeMap<Code, Level>,
    /// Merged columns.
    #[serde(default)]
    pub columns: ColumnSettings,
}

/// The code of a check that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Code(&'static str);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let known = check::by_code(&code).map(|check| Code(check.code));
        known.ok_or_else(|| D::Error::custom(reading::unknown("check", &code, CHECKS.iter().map(|check| check.code))))
    }
}

/// The code of a language whose words are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tongue(&'static str);

impl<'de> Deserialize<'de> for Tongue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let known = language::by_code(&code).map(|language| Tongue(&language.code));
        let codes = || language::all().iter().map(|language| language.code.as_str());
        known.ok_or_else(|| D::Error::custom(reading::unknown("language", &code, codes())))
    }
}

/// How loud a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not run.
    Off,
    /// Barely shown.
    Hint,
    /// For your information.
    Info,
    /// Should be looked at.
    Warning,
    /// Wrong.
    Error,
}

impl Level {
    /// The severity; none when off.
    fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Hint => Some(Severity::Hint),
            Level::Info => Some(Severity::Info),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// A part of the language server that can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// The outline of a document.
    Outline,
    /// The search for headings in all documents.
    WorkspaceSymbols,
    /// From a reference to its target.
    Definition,
    /// From a target to its entry in a contents list.
    Declaration,
    /// From a target to its references.
    References,
    /// The references to what the cursor is on, marked in the text.
    Highlights,
    /// References and links that can be clicked on.
    Links,
    /// Numbers and titles while a reference is typed.
    Completion,
    /// Another number or title, wherever the report names it.
    Rename,
    /// Links that follow files which are moved.
    Moves,
    /// Sections, pages and contents lists that can be folded away.
    Folding,
    /// A selection that grows from word to section.
    Selection,
    /// How many references lead to a heading, above it.
    ReferenceCounts,
    /// Titles shown after bare numbers.
    TitleHints,
    /// The target's heading and first lines beside the cursor.
    Hover,
    /// Findings.
    Diagnostics,
    /// Repairs.
    Repairs,
    /// The columns of merged blocks as tokens, to be tinted.
    SemanticTokens,
    /// The gutter drawn where a merged line splits.
    InlayHints,
    /// What can be done with a merged block, above it.
    CodeLenses,
}

/// Every feature, with what it gives.
const FEATURES: [(Feature, &str); 20] = [
    (Feature::Outline, "The outline of a document."),
    (Feature::WorkspaceSymbols, "The search for headings in all documents."),
    (Feature::Definition, "From a reference to its target."),
    (Feature::Declaration, "From a reference or a heading to its entry in the contents list."),
    (Feature::References, "From a heading to the references to it."),
    (Feature::Highlights, "The heading at the cursor and the references to it, marked in the text."),
    (Feature::Links, "References and links that can be clicked on."),
    (Feature::Completion, "Numbers and titles of the report while a reference is typed."),
    (Feature::Rename, "Another number or title for a chapter, wherever the report names it."),
    (Feature::Moves, "Links that follow the files they lead to when those are moved or renamed."),
    (Feature::Folding, "Sections, pages, contents lists and merged blocks that can be folded away."),
    (Feature::Selection, "A selection that grows from word to cell, line, paragraph and section."),
    (Feature::ReferenceCounts, "How many references lead to a heading, shown above it."),
    (Feature::TitleHints, "The title shown after a reference that gives the number alone. Off unless switched on."),
    (Feature::Hover, "The target's heading and first lines beside the cursor."),
    (Feature::Diagnostics, "What the checks find."),
    (Feature::Repairs, "The repairs of what the checks find, as code actions."),
    (Feature::SemanticTokens, "The columns of merged blocks as tokens, which the editor tints."),
    (Feature::InlayHints, "The gutter, drawn where a merged line splits."),
    (Feature::CodeLenses, "What can be done with a merged block, above its first line."),
];

/// Something wrong with the settings, where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the wrong key or value in the settings file; none in settings from the editor.
    pub span: Option<Span>,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Settings {
    /// Reads a settings file. What is right in it counts, whatever else is wrong. Patterns are not yet tied to a
    /// folder: see [`Settings::anchored`].
    pub fn parse(text: &str) -> (Settings, Vec<Problem>) {
        reading::parse(text)
    }

    /// Reads the same keys as the editor sends them, null meaning no wish at all.
    pub fn from_editor(value: &serde_json::Value) -> (Settings, Vec<Problem>) {
        reading::from_editor(value)
    }

    /// The same settings, their patterns seen from this folder.
    pub fn anchored(mut self, folder: &Path) -> Settings {
        let of_overrides = self.overrides.iter_mut().flat_map(|part| &mut part.paths);
        for pattern in self.files.include.iter_mut().chain(&mut self.files.exclude).chain(of_overrides) {
            pattern.anchor(folder);
        }
        self
    }

    /// These settings for one file, laid over those of the layers below: overrides that fit the file are worked in, and
    /// those of some of its lines are kept for [`Settings::severity_at`].
    pub fn over(&self, mut below: Settings, path: &Path) -> Settings {
        below.take(&self.checks, &self.columns);
        below.files.include.extend(self.files.include.iter().cloned());
        below.files.exclude.extend(self.files.exclude.iter().cloned());
        below.files.max_size = self.files.max_size.or(below.files.max_size);
        below.files.max_line = self.files.max_line.or(below.files.max_line);
        below.files.max_count = self.files.max_count.or(below.files.max_count);
        below.files.max_seconds = self.files.max_seconds.or(below.files.max_seconds);
        below.files.cache = self.files.cache.or(below.files.cache);
        below.features.extend(&self.features);
        below.language = self.language.or(below.language);
        for part in self.overrides.iter().filter(|part| part.paths.iter().any(|pattern| pattern.fits(path))) {
            if part.lines.is_empty() && part.starting.is_empty() {
                below.take(&part.checks, &part.columns);
            } else {
                below.overrides.push(part.clone());
            }
        }
        below
    }

    fn take(&mut self, checks: &BTreeMap<Code, Level>, columns: &ColumnSettings) {
        self.checks.extend(checks);
        self.columns.expected_wrong = columns.expected_wrong.or(self.columns.expected_wrong);
    }

    /// How loud a check is to be in a file that no override of lines speaks of; none when it is off.
    pub fn severity(&self, code: &str) -> Option<Severity> {
        match self.checks.iter().find(|(known, _)| known.0 == code) {
            Some((_, level)) => level.severity(),
            None => Some(check::by_code(code)?.severity),
        }
    }

    /// How loud a finding on these lines of a text, counted from 0, is to be; none when it is off. The settings must be
    /// those of the file (see [`Settings::over`]): an override speaks of a finding when it begins in one of its lines, or
    /// holds one that starts with its words.
    pub fn severity_at(&self, code: &str, at: &Range<usize>, text: &lines::Lines) -> Option<Severity> {
        let starts = |words: &String| {
            let words = words.trim();
            !words.is_empty() && at.clone().any(|line| text.line(line).trim_start().starts_with(words))
        };
        let numbered = |part: &Override| part.lines.iter().any(|range| range.holds(at.start));
        let speaks = |part: &&Override| numbered(part) || part.starting.iter().any(starts);
        let mut of_lines = self.overrides.iter().filter(speaks).flat_map(|part| &part.checks);
        match of_lines.rfind(|(known, _)| known.0 == code) {
            Some((_, level)) => level.severity(),
            None => self.severity(code),
        }
    }

    /// Up to how many lines' worth of a block's words may be expected to end up in the wrong place for it to be repaired
    /// unasked.
    pub fn expected_wrong(&self) -> f32 {
        self.columns.expected_wrong.map_or(0.5, |lines| lines.0)
    }

    /// The language that is set; none where it is to be recognised.
    pub fn language(&self) -> Option<&'static Language> {
        language::by_code(self.language?.0)
    }

    /// Bytes beyond which a file is left alone.
    pub fn max_size(&self) -> u64 {
        self.files.max_size.unwrap_or(64 << 20)
    }

    /// Bytes of a line beyond which a file is left alone.
    pub fn max_line(&self) -> u64 {
        self.files.max_line.unwrap_or(16 << 20)
    }

    /// How many files are read of the folders.
    pub fn max_count(&self) -> usize {
        self.files.max_count.map_or(50_000, |count| usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// How long an analysis is waited for.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.files.max_seconds.unwrap_or(60).into())
    }

    /// Whether what is known of the files is kept for the next start.
    pub fn caches(&self) -> bool {
        self.files.cache.unwrap_or(true)
    }

    /// Whether a part of the language server is on; all are unless switched off, but for the titles after numbers.
    pub fn enabled(&self, feature: Feature) -> bool {
        self.features.get(&feature).copied().unwrap_or(feature != Feature::TitleHints)
    }
}

/// The JSON schema of `columnist.toml`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Settings).to_value()
}

fn checks_schema(_: &mut SchemaGenerator) -> Schema {
    let check = |check: &check::Check| {
        let level = format!("{:?}", check.severity).to_lowercase();
        let property = serde_json::json!({
            "description": format!("{} `{level}` unless set.", check.summary),
            "enum": ["off", "hint", "info", "warning", "error"],
        });
        (check.code.to_owned(), property)
    };
    let properties: serde_json::Map<_, _> = CHECKS.iter().map(check).collect();
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn language_schema(_: &mut SchemaGenerator) -> Schema {
    let codes: Vec<&str> = language::all().iter().map(|language| language.code.as_str()).collect();
    json_schema!({ "type": "string", "enum": codes })
}

fn features_schema(_: &mut SchemaGenerator) -> Schema {
    let feature = |(feature, description): &(Feature, &str)| {
        let key = serde_json::to_value(feature).ok().and_then(|key| key.as_str().map(str::to_owned));
        (key.unwrap_or_default(), serde_json::json!({ "description": description, "type": "boolean" }))
    };
    let properties: serde_json::Map<_, _> = FEATURES.iter().map(feature).collect();
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_by_the_words_of_a_line_moves_with_it() {
        let settings =
            "[[override]]\npaths = [\"a.txt\"]\nstarting = [\"Week 3\"]\nchecks = { merged-columns = \"off\" }\n";
        let (settings, problems) = Settings::parse(settings);
        assert!(problems.is_empty(), "{problems:?}");
        let folder = Path::new("/r");
        let settings = settings.anchored(folder).over(Settings::default(), &folder.join("a.txt"));
        let loud = |text: &str, at: Range<usize>| {
            settings.severity_at(check::MERGED_COLUMNS, &at, &lines::Lines::new(text)).is_some()
        };
        assert!(!loud("  Week 32  0,8\nWeek 33  1,1\n", 0..2));
        assert!(!loud("Nieuw.\n\nWeek 32  0,8\nWeek 33  1,1\n", 2..4));
        assert!(!loud("Zout  Gram\nWeek 32  0,8\n", 0..2), "the block holds the line");
        assert!(loud("Week 32  0,8\nZout  Gram\nZoet  Gram\n", 1..3), "the line is in another block");
    }
}
