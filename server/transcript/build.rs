//! Reads the language tables while the program is built: to read TOML when it starts took most of the time until a text was
//! known. A table that is no TOML fails the build.

use std::path::Path;
use std::{env, fs};

/// The languages in the order in which they are preferred where two are as likely.
const LANGUAGES: [&str; 13] = ["nl", "en", "de", "fr", "es", "it", "pt", "sv", "da", "nb", "fi", "pl", "cs"];

fn main() {
    println!("cargo::rerun-if-changed=src/language");
    let tables: Vec<serde_json::Value> = LANGUAGES.iter().map(|code| table(code)).collect();
    let out = env::var_os("OUT_DIR").expect("Cargo names a folder for what is built");
    let tables = serde_json::to_vec(&tables).expect("what TOML holds can be said in JSON");
    fs::write(Path::new(&out).join("languages.json"), tables).expect("the folder for what is built can be written to");
}

fn table(code: &str) -> serde_json::Value {
    let path = format!("src/language/{code}.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}
