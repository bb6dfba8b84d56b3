//! How deep probabilistic subsampling is shown.

use crate::contract::{Exhibit, Paper};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "deep-probabilistic-subsampling",
    n: Some(51),
    lab: "recovery",
    title: "Learning where to measure",
    paper: Paper {
        authors: "Huijben, Veeling, Janse, Mischi and van Sloun",
        title: "Learning Sub-Sampling and Signal Recovery with Applications in Ultrasound Imaging",
        year: 2020,
        link: "https://arxiv.org/abs/1908.05764",
    },
    idea: "",
    formula: r"",
    consequence: "",
    watch: &[],
    try_this: &[],
    breaks: "",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"sampling-design"},"methods":[{"id":"deep-probabilistic-subsampling"},{"id":"fixed-pattern"},{"id":"fixed-pattern","pattern":"low-pass"},{"id":"fixed-pattern","pattern":"variable-density"}]}"#,
    sweep: None,
    claims: &[],
};
