//! SPADE for people.

use crate::contract::{Exhibit, Paper};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "spade-declipping",
    n: Some(33),
    lab: "recovery",
    title: "Peaks for clipped sound",
    paper: Paper {
        authors: "Kitić, Bertin and Gribonval",
        title: "Sparsity and cosparsity for audio declipping: a flexible non-convex approach",
        year: 2015,
        link: "https://arxiv.org/abs/1506.01830",
    },
    idea: "A recording that was too loud has its peaks cut off. The cut samples are not lost altogether: each is known to reach the level at least. Of all sounds that agree with this, find one made of few frequencies, frame by frame, allowing one frequency more in each step until it fits.",
    formula: r"\min_{x,\,z} \|z\|_0 \quad \text{s.t.} \quad x \in \Gamma(y), \;\; \|A x - z\| \le \varepsilon, \qquad \Gamma(y) = \{x : x_R = y_R,\; x_H \ge \theta,\; x_L \le -\theta\}",
    consequence: "The sparsity need not be known: a loud rich frame takes many frequencies, a plain one few.",
    watch: &[],
    try_this: &[],
    breaks: "",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping"},"methods":[{"id":"spade-declipping"}]}"#,
    claims: &[],
};
