//! See `sitegen_tests::fuzz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sitegen_tests::fuzz::run("images", data));
