//! Problems with certified answers, and every method on every one of them.
//!
//! `cases.rs` has the problems, `certificate.rs` why their answers are the answers, `expected.rs` which methods are to
//! reach them.

mod cases;
mod certificate;
mod document;
mod expected;
mod problem;
mod run;

use expected::{Expected, Size, expected};
use problem::{Case, Plain};
use run::Outcome;
use std::collections::BTreeSet;
use std::sync::OnceLock;

#[test]
fn every_answer_is_certified() {
    let cases = cases::all();
    assert!(cases.len() >= 24);
    assert_eq!(cases.iter().map(|case| case.name).collect::<BTreeSet<_>>().len(), cases.len(), "names are unique");
    let mut wrong = Vec::new();
    for case in &cases {
        if let Err(found) = case.certificate.check(&Plain::of(&*case.instance()), case.question) {
            wrong.push(format!("{}: {found}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn methods_reach_what_they_are_expected_to() {
    let (cases, rows) = everything();
    let mut wrong = Vec::new();
    for (case, row) in cases.iter().zip(rows) {
        let size = Size::of(&*case.instance());
        for (method, outcome) in run::methods().into_iter().zip(row) {
            let expected = expected(method, case, size);
            let holds = match (&expected, outcome) {
                (Expected::Reaches, Outcome::Reached(_)) | (Expected::Beyond(_), _) => true,
                (Expected::Tells(words), Outcome::Told(sentence)) => sentence.contains(words),
                _ => false,
            };
            if !holds {
                let id = method.card().id;
                wrong.push(format!("(\"{id}\", \"{}\", {expected:?}), but {outcome:?}", case.name));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "Find out why; where it is right so, add a line to SINGLE in tests/problems/expected.rs:\n{}",
        wrong.join("\n")
    );
}

/// All problems and what came of them, once for all tests.
fn everything() -> &'static (Vec<Case>, Vec<Vec<Outcome>>) {
    static EVERYTHING: OnceLock<(Vec<Case>, Vec<Vec<Outcome>>)> = OnceLock::new();
    EVERYTHING.get_or_init(|| {
        let cases = cases::all();
        let rows = run::everything(&cases);
        (cases, rows)
    })
}

/// `PURSUIT_BLESS=1 cargo test --test problems` writes the page anew.
#[test]
fn the_page_of_methods_says_what_the_code_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/methods.md");
    let (cases, rows) = everything();
    let written = document::document(cases, rows);
    if std::env::var_os("PURSUIT_BLESS").is_some() {
        std::fs::write(path, written).unwrap();
        return;
    }
    let stored = std::fs::read_to_string(path).unwrap();
    for (i, (now, before)) in written.lines().zip(stored.lines()).enumerate() {
        assert_eq!(now, before, "line {} of docs/methods.md; PURSUIT_BLESS=1 writes it anew", i + 1);
    }
    assert_eq!(written.lines().count(), stored.lines().count(), "lines of docs/methods.md");
}
