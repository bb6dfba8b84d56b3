//! Any bytes are a table of finite numbers or a sentence on one line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pursuit::signals::npy::Entries;
use pursuit::signals::table;

fuzz_target!(|bytes: &[u8]| match table::read("fuzz.csv", bytes) {
    Ok(table) => {
        assert_eq!(table.rows * table.cols, table.entries.len());
        assert!(matches!(&table.entries, Entries::Real(entries) if entries.iter().all(|v| v.is_finite())));
    }
    Err(sentence) => assert!(!sentence.contains('\n')),
});
