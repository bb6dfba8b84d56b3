//! Any bytes are a table or a sentence; a table that is written again is read the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pursuit::signals::npy;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(table) = npy::read("fuzz.npy", bytes) {
        let written = npy::write(table.rows, table.cols, &table.entries);
        let again = npy::read("fuzz.npy", &written).expect("what is written is read");
        // Bytes are compared, because a NaN is not equal to itself.
        assert_eq!(npy::write(again.rows, again.cols, &again.entries), written);
    }
});
