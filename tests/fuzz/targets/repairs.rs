//! See [`columnist_fuzz::repairs`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| columnist_fuzz::repairs::run(data));
