//! Settings from the text of a file or from the editor's JSON, by one road: what is wrong is told, taken out, and the
//! rest read again, so that one wrong key costs no more than itself.

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};
use transcript::span::Span;

use super::{Problem, Settings};

/// What editors keep under our name for themselves.
const OF_THE_EDITORS: &[&str] = &["trace", "path", "server", "tints"];

/// Reads a settings file.
pub(super) fn parse(text: &str) -> (Settings, Vec<Problem>) {
    let (mut table, errors) = DeTable::parse_recoverable(text);
    let mut problems: Vec<Problem> = errors.iter().map(|error| problem(error, text, None)).collect();
    loop {
        let error = match Settings::deserialize(Deserializer::from(table.clone())) {
            Ok(settings) => return (settings, problems),
            Err(error) => error,
        };
        let taken = error.span().and_then(|span| take_out(table.get_mut(), &span.into()));
        problems.push(problem(&error, text, taken.as_deref()));
        if taken.is_none() {
            return (Settings::default(), problems);
        }
    }
}

/// Reads the same keys as the editor sends them.
pub(super) fn from_editor(value: &Value) -> (Settings, Vec<Problem>) {
    let Value::Object(keys) = without_nulls(value) else {
        let problem = || Problem { span: None, message: format!("settings are an object with keys, not {value}") };
        return (Settings::default(), if value.is_null() { Vec::new() } else { vec![problem()] });
    };
    let keys = keys.into_iter().filter(|(key, _)| !OF_THE_EDITORS.contains(&key.as_str()));
    match toml::to_string(&keys.collect::<serde_json::Map<_, _>>()) {
        Ok(text) => {
            let (settings, problems) = parse(&text);
            (settings, problems.into_iter().map(|problem| Problem { span: None, ..problem }).collect())
        }
        Err(error) => (Settings::default(), vec![Problem { span: None, message: error.to_string() }]),
    }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(keys) => {
            let kept = keys.iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key.clone(), without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().filter(|item| !item.is_null()).map(without_nulls).collect()),
        other => other.clone(),
    }
}

/// Takes the innermost entry out whose key or value is at a place, and gives its path.
fn take_out(table: &mut DeTable<'_>, at: &Span) -> Option<String> {
    let mut wrong = None;
    for (key, value) in table.iter_mut() {
        let name = key.get_ref().to_string();
        if let Some(inner) = take_from(value.get_mut(), at) {
            return Some(if inner.is_empty() { name } else { format!("{name}.{inner}") });
        }
        if Span::from(key.span()).covers(*at) || Span::from(value.span()).covers(*at) {
            wrong = Some(name);
        }
    }
    if let Some(wrong) = &wrong {
        table.remove(wrong.as_str());
    }
    wrong
}

fn take_from(value: &mut DeValue<'_>, at: &Span) -> Option<String> {
    match value {
        DeValue::Table(table) => take_out(table, at),
        DeValue::Array(array) => {
            if let Some(path) = array.iter_mut().find_map(|item| take_from(item.get_mut(), at)) {
                return Some(path);
            }
            let wrong = array.iter().position(|item| Span::from(item.span()).covers(*at))?;
            *array = without(array, wrong);
            Some(String::new())
        }
        _ => None,
    }
}

fn without<'i>(array: &DeArray<'i>, index: usize) -> DeArray<'i> {
    let mut kept = DeArray::new();
    let others = array.iter().enumerate().filter(|(other, _)| *other != index);
    others.for_each(|(_, item): (usize, &Spanned<DeValue<'i>>)| kept.push(item.clone()));
    kept
}

fn problem(error: &toml::de::Error, text: &str, path: Option<&str>) -> Problem {
    let message = error.message().trim();
    let message = match unknown_key(message) {
        Some(better) => better,
        None => path.map_or_else(|| message.to_owned(), |path| format!("`{path}`: {message}")),
    };
    let fits = |span: &Span| text.get(span.range()).is_some();
    Problem { span: error.span().map(Span::from).filter(fits), message }
}

/// serde's words about a key or a value that it does not know, made shorter: it lists all that there are.
fn unknown_key(message: &str) -> Option<String> {
    let (what, rest) = message
        .strip_prefix("unknown field ")
        .map(|rest| ("key", rest))
        .or_else(|| message.strip_prefix("unknown variant ").map(|rest| ("value", rest)))?;
    let mut quoted = rest.split('`').skip(1).step_by(2);
    Some(unknown(what, quoted.next()?, quoted))
}

/// Says that there is no such key, value or check, and which may be meant.
pub(super) fn unknown<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.collect();
    let nearest = known.iter().map(|other| (distance(name, other), *other)).min();
    match nearest {
        Some((distance, other)) if distance * 3 <= name.chars().count().max(3) => {
            format!("there is no {what} `{name}`; is `{other}` meant?")
        }
        _ => format!("there is no {what} `{name}`; there are {}", known.join(", ")),
    }
}

/// How many letters must be put in, taken out or replaced to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
