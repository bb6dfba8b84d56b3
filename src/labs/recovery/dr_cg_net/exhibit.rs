//! DR-CG-Net for people, and what its paper claims.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

/// Training set against measurements: what few examples are worth.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"matrix": {"id": "gaussian", "views": null}},
        "methods": [{"id": "dr-cg-net", "batches": 40}, {"id": "plain-cnn", "batches": 40, "examples": 200}]
    },
    "x": {"param": "problem.delta", "from": 0.1, "to": 0.5, "steps": 7},
    "y": {"param": "methods[0].examples", "from": 2, "to": 200, "steps": 7, "scale": "log"},
    "metric": {"median": "relative_error"},
    "trials": 2
}"#;

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "dr-cg-net",
    n: Some(46),
    lab: "recovery",
    title: "A scale times a normal number",
    paper: Paper {
        authors: "Lyons, Raj and Cheney",
        title: "Deep Regularized Compound Gaussian Network for Solving Linear Inverse Problems",
        year: 2024,
        link: "https://arxiv.org/abs/2311.17248",
    },
    idea: "Write every pixel as a scale times a normal number. For given scales the best numbers solve a least squares problem, so that only the scales have to be searched for, in small steps. Unfold some of these steps into layers and let small filters say what scales cost: the network knows the matrix, and learns from twenty pictures what pictures are like.",
    formula: r"\min_{z \ge 0,\, u}\; \tfrac12 |y - A (z \circ u)|^2 + \tfrac12 u^\top P_u^{-1} u + R(z)",
    consequence: "The matrix is built in, so that little is left to learn. A plain network has to learn from the same few pictures what the matrix does.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "In *Convergence* the error to the picture falls batch by batch, though the network never sees this picture.",
        },
        Watch {
            panel: "scales",
            text: "*Scales* times the Gaussian part is the picture. A scale at zero holds its pixel at zero, whatever the normal number.",
        },
        Watch {
            panel: "lengths",
            text: "*Lengths of the steps* all begin at 1. Learning makes some longer and some shorter.",
        },
    ],
    try_this: &[
        Try {
            link: "Learn from five pictures.",
            question: "Which of the two networks minds?",
            patch: r#"{"methods":[{"id":"dr-cg-net","examples":5},{"id":"plain-cnn","examples":5}]}"#,
        },
        Try {
            link: "Learn from two hundred.",
            question: "Does the plain network come up to the other one's twenty?",
            patch: r#"{"methods":[{"id":"dr-cg-net"},{"id":"plain-cnn","examples":200,"batches":600}]}"#,
        },
        Try {
            link: "Take half the views.",
            question: "What of the picture is lost first?",
            patch: r#"{"problem":{"rows":48,"matrix":{"views":3}}}"#,
        },
        Try {
            link: "Recover spikes, without learning.",
            question: "The first two differ by the power of the scales alone. Which of them is the LASSO?",
            patch: r#"{"problem":{"rows":80,"cols":200,"matrix":{"id":"gaussian","views":null},"signal":{"id":"sparse","ellipses":null,"sparsity":20},"noise":{"snr_db":25}},"methods":[{"id":"g-cg-ls"},{"id":"g-cg-ls","prior":{"id":"power","p":2.0,"mu":0.0025}},{"id":"fista","lambda":0.05}]}"#,
        },
    ],
    breaks: "The network is made for one matrix, one kind of picture and one size of numbers. A plain network does not collapse with twenty pictures here: it is about as poor with two hundred. Total variation, made by hand for pictures like these, is as good as what is learned. And least squares with scales has many minima: from the scales that the adjoint gives, or with more spikes, it can end in one that is worse than the LASSO.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"linear","rows":96,"cols":256,"matrix":{"id":"radon","views":6},"signal":{"id":"ellipses"},"noise":{"id":"gaussian","snr_db":40}},"methods":[{"id":"dr-cg-net"},{"id":"plain-cnn"},{"id":"proximal-gradient","penalty":{"id":"total-variation-2d"},"lambda_ratio":0.003},{"id":"g-cg-ls"}]}"#,
    sweep: Some(SWEEP),
    claims: &[
        Claim {
            statement: "With mu z^2 / 2 as the cost of scales, least squares is the LASSO with the root of mu: errors agree to 0.2 dB",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":80,"cols":200,"signal":{"id":"sparse","sparsity":20},"noise":{"id":"gaussian","snr_db":25}},"methods":[{"id":"g-cg-ls","prior":{"id":"power","p":2.0,"mu":0.0025},"tolerance":0.0,"max_steps":1500},{"id":"fista","lambda":0.05}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::Within(0.977, 1.0233),
            measured: 1.0001,
        },
        Claim {
            statement: "With mu z, from level scales, it has 3.5 dB less error on 16 spikes than the LASSO at its best lambda, 0.02",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":80,"cols":200,"signal":{"id":"sparse","sparsity":16},"noise":{"id":"gaussian","snr_db":25}},"methods":[{"id":"g-cg-ls"},{"id":"fista","lambda":0.02}]}"#,
                trials: 8,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.668),
            measured: 0.597,
        },
        Claim {
            statement: "Scales that begin level end in a lower minimum than those that the adjoint gives, in three of four draws at least",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":80,"cols":200,"signal":{"id":"sparse","sparsity":20},"noise":{"id":"gaussian","snr_db":25}},"methods":[{"id":"g-cg-ls"},{"id":"g-cg-ls","start":"adjoint"}]}"#,
                trials: 8,
                measure: Measure::AtMost { metric: "objective", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(0.75),
            measured: 0.875,
        },
        Claim {
            statement: "Twenty pictures teach DR-CG-Net more than two hundred teach the plain network: its error is three quarters at most",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":96,"cols":256,"matrix":{"id":"radon","views":6},"signal":{"id":"ellipses"},"noise":{"id":"gaussian","snr_db":40}},"methods":[{"id":"dr-cg-net","batches":60},{"id":"plain-cnn","batches":150,"examples":200}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.75),
            measured: 0.6938,
        },
        Claim {
            statement: "With twenty pictures its error is at most 1.15 times that with two hundred, after as many batches",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":96,"cols":256,"matrix":{"id":"radon","views":6},"signal":{"id":"ellipses"},"noise":{"id":"gaussian","snr_db":40}},"methods":[{"id":"dr-cg-net","batches":60},{"id":"dr-cg-net","batches":60,"examples":200}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1.15),
            measured: 0.918,
        },
        Claim {
            statement: "Filters that learned what scales cost leave half of the error of a cost of single scales, or less",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":96,"cols":256,"matrix":{"id":"radon","views":6},"signal":{"id":"ellipses"},"noise":{"id":"gaussian","snr_db":40}},"methods":[{"id":"dr-cg-net","batches":60},{"id":"g-cg-ls"}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.5),
            measured: 0.2311,
        },
    ],
};
