//! Reads the language tables while the program is built: to read TOML took half of the instructions of a start
//! without the model. A table that is no TOML fails the build.

use std::path::Path;
use std::{env, fs};

/// The languages in the order in which they are preferred where two are as likely.
const LANGUAGES: [&str; 13] = ["nl", "en", "de", "fr", "es", "it", "pt", "sv", "da", "nb", "fi", "pl", "cs"];

fn main() {
    println!("cargo::rerun-if-changed=src/language");
    let tables = LANGUAGES.map(table);
    let out = env::var_os("OUT_DIR").expect("Cargo names a folder for what is built");
    let tables = rmp_serde::to_vec(tables.as_slice()).expect("what TOML holds can be said in MessagePack");
    fs::write(Path::new(&out).join("languages.bin"), tables).expect("the folder for what is built can be written to");
}

fn table(code: &str) -> toml::Table {
    let path = format!("src/language/{code}.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}
