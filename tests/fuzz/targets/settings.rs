//! See [`columnist_fuzz::settings`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| columnist_fuzz::settings::run(data));
