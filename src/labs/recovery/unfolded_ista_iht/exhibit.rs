//! Unfolded ISTA and IHT for people, and what their paper claims.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

/// Depth against penalty: what some layers can learn, in error.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"methods": [{"id": "unfolded-ista-iht", "batches": 20, "batch": 16}]},
    "x": {"param": "methods[0].layers", "from": 1, "to": 10, "steps": 10},
    "y": {"param": "methods[0].lambda", "from": 0.005, "to": 0.5, "steps": 7, "scale": "log"},
    "metric": {"median": "relative_error"},
    "trials": 3
}"#;

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "unfolded-ista-iht",
    n: Some(18),
    lab: "recovery",
    title: "Thresholding steps that learn their lengths",
    paper: Paper {
        authors: "Nagahisa, Hayakawa and Iiguni",
        title: "Comparison between Supervised and Unsupervised Learning in Deep Unfolded Sparse Signal Recovery",
        year: 2025,
        link: "https://arxiv.org/abs/2509.01331",
    },
    idea: "Write ten steps of thresholding as ten layers, and let each layer have a step of its own. Draw signals, measure them, run them through the layers, and change the steps downhill: of the distance to the true signals, or, if nobody knows those, of the objective itself.",
    formula: r"x_{t+1} = \operatorname{prox}_{g_t}\big(x_t + g_t A^*(y - A x_t)\big),\quad t < T",
    consequence: "Ten learned layers do what takes hundreds of equal steps. Who learns from the truth comes nearer to it, who learns from the objective gets lower in it: the two are not the same goal.",
    watch: &[
        Watch {
            panel: "steps",
            text: "*Steps of the layers* grow far above the line at 2, where a step repeated for ever would diverge. Long and short ones take turns, and the cascade is stable.",
        },
        Watch {
            panel: "objective",
            text: "In *Objective by layer* the learned layers may rise on the way, and end far below the plain ones.",
        },
        Watch {
            panel: "convergence",
            text: "A tick of the timeline is a new layer. Each makes *Convergence* jump, then it settles.",
        },
    ],
    try_this: &[
        Try {
            link: "Unfold IHT instead.",
            question: "Its objective has many local minima. Which does training find?",
            patch: r#"{"methods":[{"id":"unfolded-ista-iht","iteration":"iht","lambda":0.02,"layers":15},{"id":"unfolded-ista-iht","iteration":"iht","lambda":0.02,"layers":15,"training":"unsupervised"},{"id":"unfolded-ista-iht","iteration":"iht","lambda":0.02,"layers":15,"training":"none"}]}"#,
        },
        Try {
            link: "Measure a signal with three times as many spikes.",
            question: "Neither has seen its like. Which training minds less?",
            patch: r#"{"problem":{"signal":{"sparsity":36}}}"#,
        },
        Try {
            link: "Let three layers do.",
            question: "How far do they get where plain ISTA has hardly begun?",
            patch: r#"{"methods":[{"id":"unfolded-ista-iht","layers":3},{"id":"unfolded-ista-iht","layers":3,"training":"unsupervised"},{"id":"ista","lambda_ratio":0.025,"max_steps":3}]}"#,
        },
    ],
    breaks: "The layers are made for one matrix and one kind of signal: with others, steps that were just short enough may be too long. And of a penalty on the number of entries the gradient sees nothing, so unsupervised IHT learns from the misfit of the entries that happen to survive.",
    spec: r#"{"v":1,"seed":2,"problem":{"id":"linear","rows":75,"cols":150,"signal":{"id":"sparse","sparsity":12},"noise":{"id":"gaussian","snr_db":18}},"methods":[{"id":"unfolded-ista-iht"},{"id":"unfolded-ista-iht","training":"unsupervised"},{"id":"ista","lambda_ratio":0.025,"max_steps":10},{"id":"fista","lambda_ratio":0.025,"max_steps":10}]}"#,
    sweep: Some(SWEEP),
    claims: &[
        Claim {
            statement: "Ten layers of ISTA that learn from the truth end at six tenths of the error of ten plain steps, or less",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":75,"cols":150,"signal":{"id":"sparse","sparsity":12},"noise":{"id":"gaussian","snr_db":18}},"methods":[{"id":"unfolded-ista-iht"},{"id":"ista","lambda":0.05,"max_steps":10}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.6),
            measured: 0.5063,
        },
        Claim {
            statement: "Ten layers that learn from the objective end at eight tenths of the objective of ten plain steps, or less",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":75,"cols":150,"signal":{"id":"sparse","sparsity":12},"noise":{"id":"gaussian","snr_db":18}},"methods":[{"id":"unfolded-ista-iht","training":"unsupervised"},{"id":"ista","lambda":0.05,"max_steps":10}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "objective", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.8),
            measured: 0.6984,
        },
        Claim {
            statement: "Who learns from the objective gets lower in it than who learns from the truth, by a twentieth at least",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":75,"cols":150,"signal":{"id":"sparse","sparsity":12},"noise":{"id":"gaussian","snr_db":18}},"methods":[{"id":"unfolded-ista-iht","training":"unsupervised"},{"id":"unfolded-ista-iht"}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "objective", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.95),
            measured: 0.8221,
        },
        Claim {
            statement: "Fifteen layers of IHT that learn from the truth end below fifteen plain steps in their own objective, too",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":75,"cols":150,"signal":{"id":"sparse","sparsity":12},"noise":{"id":"gaussian","snr_db":18}},"methods":[{"id":"unfolded-ista-iht","iteration":"iht","layers":15,"lambda":0.02},{"id":"unfolded-ista-iht","iteration":"iht","layers":15,"lambda":0.02,"training":"none"}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "objective", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.9),
            measured: 0.7295,
        },
    ],
};
