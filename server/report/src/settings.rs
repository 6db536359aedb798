//! What the person may set, in `columnist.toml` or in the editor. A [`Settings`] is one layer of wishes: what it does
//! not speak of, the layer below decides, and at the bottom the defaults that the getters give.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use transcript::check::{self, Severity};
use transcript::span::Span;

/// The name of the settings file in a folder.
pub const FILE_NAME: &str = "columnist.toml";

/// One layer of settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Settings {
    /// How loud each check is, by its code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub checks: BTreeMap<String, Level>,
    /// Merged columns.
    pub columns: ColumnSettings,
    /// Which files are transcriptions.
    pub files: FileSettings,
    /// Which parts of the language server are on.
    pub features: BTreeMap<Feature, bool>,
}

/// How loud a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// Settings of merged columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct ColumnSettings {
    /// A block is repaired by `fix` and fix-all when at most this many of its lines are expected to be wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_wrong: Option<f32>,
}

/// Which files are transcriptions, of those that the folders hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct FileSettings {
    /// A file larger than this many bytes is left alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_size: Option<u64>,
}

/// A part of the language server that can be switched off, for other servers run beside this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// The outline of a document.
    Outline,
    /// The search for headings in all documents.
    WorkspaceSymbols,
    /// From a reference to its target.
    Definition,
    /// From a target to its references.
    References,
    /// The target's heading and first lines beside the cursor.
    Hover,
    /// Findings.
    Diagnostics,
    /// Repairs.
    Repairs,
}

/// Something wrong with the settings, where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the wrong key or value in the settings file; none in settings from the editor.
    pub span: Option<Span>,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Settings {
    /// Reads a settings file. What is right in it counts, whatever else is wrong.
    pub fn parse(text: &str) -> (Settings, Vec<Problem>) {
        match toml::from_str(text) {
            Ok(settings) => (settings, Vec::new()),
            Err(error) => {
                let problem = Problem { span: error.span().map(Span::from), message: error.message().to_owned() };
                (Settings::default(), vec![problem])
            }
        }
    }

    /// Reads the same keys as the editor sends them. Null is no wish at all.
    pub fn from_editor(value: &serde_json::Value) -> (Settings, Vec<Problem>) {
        if value.is_null() {
            return (Settings::default(), Vec::new());
        }
        match serde_json::from_value(value.clone()) {
            Ok(settings) => (settings, Vec::new()),
            Err(error) => (Settings::default(), vec![Problem { span: None, message: error.to_string() }]),
        }
    }

    /// How loud a check is to be; none when it is off.
    pub fn severity(&self, code: &str) -> Option<Severity> {
        match self.checks.get(code) {
            Some(Level::Off) => None,
            Some(Level::Hint) => Some(Severity::Hint),
            Some(Level::Info) => Some(Severity::Info),
            Some(Level::Warning) => Some(Severity::Warning),
            Some(Level::Error) => Some(Severity::Error),
            None => Some(check::by_code(code)?.severity),
        }
    }

    /// Up to how many lines of a block may be expected wrong for it to be repaired unasked.
    pub fn expected_wrong(&self) -> f32 {
        self.columns.expected_wrong.unwrap_or(1.0)
    }

    /// Bytes beyond which a file is left alone.
    pub fn max_size(&self) -> u64 {
        self.files.max_size.unwrap_or(64 << 20)
    }

    /// Whether a part of the language server is on; all are unless switched off.
    pub fn enabled(&self, feature: Feature) -> bool {
        self.features.get(&feature).copied().unwrap_or(true)
    }
}

/// The JSON schema of `columnist.toml`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Settings).to_value()
}
