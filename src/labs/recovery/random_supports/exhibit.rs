//! Regression on random supports for people.

use crate::contract::{Exhibit, Paper};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "random-supports",
    n: Some(9),
    lab: "recovery",
    title: "Sparse regression on random supports",
    paper: Paper {
        authors: "",
        title: "Sparse Linear Regression is Easy on Random Supports",
        year: 2025,
        link: "https://arxiv.org/abs/2511.06211",
    },
    idea: "",
    formula: r"",
    consequence: "",
    watch: &[],
    try_this: &[],
    breaks: "",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design"},"methods":[{"id":"random-supports"},{"id":"lasso-cd","lambda":0.61}]}"#,
    claims: &[],
};
