//! The words of the languages that reports are written in, as data: one TOML file a language, read once. Adding a
//! language is adding a file here and a line in `TABLES`.
