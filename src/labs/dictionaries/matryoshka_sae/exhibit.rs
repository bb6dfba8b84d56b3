//! How the Matryoshka autoencoder is shown.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "matryoshka-sae",
    n: Some(99),
    lab: "dictionaries",
    title: "Nested dictionaries",
    paper: Paper {
        authors: "Bussmann, Nabeshima, Karvonen and Nanda",
        title: "Learning Multi-Level Features with Matryoshka Sparse Autoencoders",
        year: 2025,
        link: "https://arxiv.org/abs/2503.17547",
    },
    idea: "x",
    formula: r"x",
    consequence: "x",
    watch: &[Watch { panel: "activations", text: "x" }],
    try_this: &[Try { link: "x", question: "x", patch: "{}" }],
    breaks: "x",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"matryoshka-sae"},{"id":"batch-topk-sae"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "x",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"features"},"methods":[{"id":"matryoshka-sae"}]}"#,
            trials: 3,
            measure: Measure::Median { metric: "absorption" },
        },
        bound: Bound::AtMost(0.2),
        measured: 0.0,
    }],
};
