//! See [`columnist_fuzz::wire`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| columnist_fuzz::wire::run(data));
