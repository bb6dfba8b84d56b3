//! Regression on random supports for people.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "random-supports",
    n: Some(9),
    lab: "recovery",
    title: "Random supports make regression easy",
    paper: Paper {
        authors: "Chandrasekaran, Meka and Stavropoulos",
        title: "Sparse Linear Regression is Easy on Random Supports",
        year: 2025,
        link: "https://arxiv.org/abs/2511.06211",
    },
    idea: "Where columns are nearly alike, the few that matter hide in what they share, and the LASSO needs enormous coefficients to tell them apart. If nobody chose the columns to be difficult, what they share shows itself: draw k of them at random, see which others are nearly in their span, and take those directions away. What is left is well conditioned. The way of taking them away is a reconstruction from the paper's outline, not its authors' own.",
    formula: r"X \to [V, R],\quad R = (I - V V^\top) X, \qquad \min_{c,\,u} \tfrac12 \|y - V c - R u\|^2 + \lambda \|u\|_1",
    consequence: "Each round takes away one scale of near-dependence, so even a condition number of ten billion costs a few directions only. They are not penalised.",
    watch: &[
        Watch {
            panel: "captured",
            text: "*Captured columns* begins near 1: eight random columns span nearly all others. It falls below the line when all scales are gone.",
        },
        Watch {
            panel: "gram-after",
            text: "*Correlations that are left* is as dark as for independent columns. The Gram matrix of the design itself is bright all over.",
        },
        Watch {
            panel: "prediction",
            text: "*Prediction* follows the truth once the directions have gone; the LASSO's stays flat, as it pays for every large coefficient.",
        },
    ],
    try_this: &[
        Try {
            link: "Make the scales ten apart rather than a thousand.",
            question: "How much better does the LASSO get, and what of peeling?",
            patch: r#"{"problem":{"ratio":0.1}}"#,
        },
        Try {
            link: "Let columns be independent, and pair those that matter.",
            question: "Random sets never hit a pair. What does the test say, and who is right?",
            patch: r#"{"problem":{"ratio":1,"support":"pairs"}}"#,
        },
        Try {
            link: "Ask greedy methods.",
            question: "They pay nothing for large coefficients. Do they find the columns?",
            patch: r#"{"methods":[{"id":"random-supports"},{"id":"omp"},{"id":"ols","sparsity":8}]}"#,
        },
        Try {
            link: "Leave the peeling out.",
            question: "The same path and the same penalty. Is it the optimiser that fails, or the problem that it solves?",
            patch: r#"{"methods":[{"id":"random-supports"},{"id":"random-supports","precondition":false}]}"#,
        },
    ],
    breaks: "Somebody who picks the support can pair columns that no random set would: then the test is passed, nothing is taken away, and the result is the LASSO's. Scales of which less than a hundred billionth is left are lost in rounding. And it only predicts: coefficients are not determined by such columns, and those found are not the true ones.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design"},"methods":[{"id":"random-supports"},{"id":"lasso-cd","lambda":0.61}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With scales a thousand apart and a condition number of some ten billion, the median squared error of predictions is at most that of the noise",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design","ratio":0.001},"methods":[{"id":"random-supports"}]}"#,
                trials: 20,
                measure: Measure::Median { metric: "prediction_error" },
            },
            bound: Bound::AtMost(1.0),
            measured: 0.62817,
        },
        Claim {
            statement: "The LASSO at the same penalty has there at least five times as much",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design","ratio":0.001},"methods":[{"id":"lasso-cd","lambda":0.61,"max_steps":20000},{"id":"random-supports"}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "prediction_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(5.0),
            measured: 8.7321,
        },
        Claim {
            statement: "It is not the penalty: at a sixth of it the LASSO still has at least five times as much",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design","ratio":0.001},"methods":[{"id":"lasso-cd","lambda":0.1,"max_steps":20000},{"id":"random-supports"}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "prediction_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(5.0),
            measured: 8.2291,
        },
        Claim {
            statement: "Three scales of two directions cost six to eight directions",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design","ratio":0.001},"methods":[{"id":"random-supports"}]}"#,
                trials: 20,
                measure: Measure::Median { metric: "peeled" },
            },
            bound: Bound::Within(6.0, 8.0),
            measured: 6.0,
        },
        Claim {
            statement: "With scales ten apart the error is no other: at most that of the noise",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design","ratio":0.1},"methods":[{"id":"random-supports"}]}"#,
                trials: 20,
                measure: Measure::Median { metric: "prediction_error" },
            },
            bound: Bound::AtMost(1.0),
            measured: 0.56344,
        },
        Claim {
            statement: "OMP, which pays nothing for large coefficients, is worse in at least three of four draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design","ratio":0.001},"methods":[{"id":"random-supports"},{"id":"omp"}]}"#,
                trials: 20,
                measure: Measure::AtMost { metric: "prediction_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(0.75),
            measured: 0.95,
        },
        Claim {
            statement: "A support of near-duplicate pairs among independent columns is not seen by random sets: no direction is taken away",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design","ratio":1,"support":"pairs"},"methods":[{"id":"random-supports"}]}"#,
                trials: 20,
                measure: Measure::Median { metric: "peeled" },
            },
            bound: Bound::AtMost(0.0),
            measured: 0.0,
        },
        Claim {
            statement: "Then it ties with the LASSO: the ratio of median errors is between 0.8 and 1.25",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"layered-design","ratio":1,"support":"pairs"},"methods":[{"id":"random-supports"},{"id":"lasso-cd","lambda":0.61,"max_steps":20000}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "prediction_error", of: 0, to: 1 },
            },
            bound: Bound::Within(0.8, 1.25),
            measured: 1.0648,
        },
    ],
};
