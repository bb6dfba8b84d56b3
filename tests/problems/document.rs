//! `docs/methods.md`, from the registry and the runs.

use crate::expected::{Expected, Size, expected, kind_of};
use crate::problem::{Case, Kind, Reason};
use crate::run::{Outcome, methods};
use pursuit::contract::{Exhibit, Method};
use pursuit::labs::registry;

/// The tables: their headings and the kinds of methods in them.
const TABLES: [(&str, &[Kind]); 3] = [
    ("Greedy methods and all subsets", &[Kind::Greedy, Kind::Tree]),
    ("Thresholding and convex methods", &[Kind::Thresholding, Kind::Lasso, Kind::L1]),
    ("Other penalties, Bayesian methods and message passing", &[Kind::NonConvex, Kind::Bayes, Kind::Passing]),
];

const HEAD: &str = "# Methods

Written by `PURSUIT_BLESS=1 cargo test --test problems` from the cards, exhibits and notes of the methods, and from runs of every method
that solves `linear` on every problem of `tests/problems`; a test holds this page to them. In costs, `A` is m x n and k entries are held.
";

const READING: &str = "
## Methods and problems

Methods have their defaults, and what a problem tells: the number of spikes, lambda where a LASSO is asked and a thousandth of the
largest one where there is no noise, that entries are not negative. An answer is reached within 1 % of its norm, a minimum of the LASSO within
1e-6 of |y|²/2, a best subset within 1e-6 of its residual. Each answer is certified apart from any method, and the test checks the certificate.

- **12**: reached after 12 steps, as expected
- (12) c: reached after 12 steps, though nothing promises it, for the reason c
- c: not reached, and not expected, for the reason c
- *told*: not reached, and the method says so, before it starts or as its ending; with a reason where nothing promises more

";

pub fn document(cases: &[Case], rows: &[Vec<Outcome>]) -> String {
    let mut text = HEAD.to_owned();
    for method in &registry().methods {
        text += &described(method.as_ref());
    }
    text += READING;
    for (_, letter, sentence) in Reason::ALL {
        text += &format!("- {letter}: {sentence}\n");
    }
    text += "\n| | problem | size | certificate |\n|---|---|---|---|\n";
    for (i, case) in cases.iter().enumerate() {
        let (facts, certificate) = (case.instance().facts(), case.certificate.sentence());
        let size = facts["size"].as_str().unwrap_or_default();
        text += &format!("| {} | **{}**: {} | {size} | {certificate} |\n", i + 1, case.name, case.about);
    }
    for (heading, kinds) in TABLES {
        text += &table(heading, kinds, cases, rows);
    }
    text
}

/// The exhibit that shows a method: the one whose Spec begins with it.
fn exhibit_of(id: &str) -> Option<&'static Exhibit> {
    registry().exhibits.iter().copied().find(|exhibit| exhibit.id == id)
}

/// The equation of a method, and when it breaks: its exhibit has them, or its note.
fn told_of(method: &dyn Method) -> (&'static str, &'static str) {
    match (exhibit_of(method.card().id), method.note()) {
        (Some(exhibit), _) => (exhibit.formula, exhibit.breaks),
        (None, Some(note)) => (note.formula, note.breaks),
        (None, None) => panic!("{} has neither an exhibit nor a note", method.card().id),
    }
}

fn described(method: &dyn Method) -> String {
    let card = method.card();
    let mut text = format!("\n## {} (`{}`)\n\n", card.title, card.id);
    let exhibit = exhibit_of(card.id);
    text += &match exhibit {
        Some(exhibit) => format!("{} {}\n\n", exhibit.idea, exhibit.consequence),
        None => format!("{}.\n\n", card.line),
    };
    let (formula, breaks) = told_of(method);
    text += &format!("```math\n{formula}\n```\n\n");
    text += &format!("- A step costs {}.\n- {}\n- It breaks: {breaks}\n", card.cost, use_of(card.when));
    if let Some(Exhibit { paper, .. }) = exhibit {
        text += &format!("- {}, [{}]({}) ({})\n", paper.authors, paper.title, paper.link, paper.year);
    }
    text
}

fn use_of(when: &str) -> String {
    if when.starts_with("as ") || when.starts_with("for ") {
        format!("Use it {when}.")
    } else {
        format!("Use it when {when}.")
    }
}

fn table(heading: &str, kinds: &[Kind], cases: &[Case], rows: &[Vec<Outcome>]) -> String {
    let own: Vec<usize> = (0..methods().len()).filter(|&i| kinds.contains(&kind_of(methods()[i]))).collect();
    let heads: Vec<&str> = own.iter().map(|&i| methods()[i].card().short).collect();
    let mut text =
        format!("\n### {heading}\n\n| | problem | {} |\n|---|---|{}\n", heads.join(" | "), "---|".repeat(own.len()));
    for (number, (case, row)) in cases.iter().zip(rows).enumerate() {
        let size = Size::of(&*case.instance());
        let cells: Vec<String> = own.iter().map(|&i| cell(expected(methods()[i], case, size), &row[i])).collect();
        text += &format!("| {} | {} | {} |\n", number + 1, case.name, cells.join(" | "));
    }
    text
}

fn cell(expected: Expected, outcome: &Outcome) -> String {
    match (expected, outcome) {
        (Expected::Beyond(reason), Outcome::Reached(steps)) => format!("({steps}) {}", reason.letter()),
        (Expected::Beyond(reason), Outcome::Missed(..)) => reason.letter().to_owned(),
        (Expected::Beyond(reason), Outcome::Told(_)) => format!("*told* {}", reason.letter()),
        (_, Outcome::Reached(steps)) => format!("**{steps}**"),
        (Expected::Tells(_), Outcome::Told(_)) => "*told*".to_owned(),
        (_, Outcome::Missed(..) | Outcome::Told(_)) => "fails".to_owned(),
    }
}
