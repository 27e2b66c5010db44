#![no_main]

use libfuzzer_sys::fuzz_target;
use med_digest_fuzz::harness;

fuzz_target!(|data: &[u8]| harness::bytes(data));
