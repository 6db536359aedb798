//! See [`columnist_fuzz::analysis`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| columnist_fuzz::analysis::run(data));
