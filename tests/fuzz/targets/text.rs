//! See [`columnist_fuzz::text`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| columnist_fuzz::text::run(data));
