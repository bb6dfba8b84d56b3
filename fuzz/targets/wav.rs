//! Any bytes are a sound of finite samples or a sentence, at another rate too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pursuit::signals::wav;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(sound) = wav::read("fuzz.wav", bytes, 3.0) {
        let samples = sound.at(16_000);
        assert!(samples.len() <= 48_001 && samples.iter().all(|sample| sample.is_finite()));
    }
});
