//! Any text is a Spec or a complaint, and the canonical form of a Spec is its own canonical form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pursuit::contract::Spec;
use pursuit::labs::registry;

fuzz_target!(|text: &str| {
    if let Ok(spec) = Spec::parse(text, registry()) {
        let canonical = spec.canonical(registry());
        let again = Spec::parse(&canonical.to_string(), registry()).expect("the canonical form is a Spec");
        assert_eq!(again.canonical(registry()), canonical);
    }
});
