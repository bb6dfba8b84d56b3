//! How SR-STE is shown.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

/// The refinement against the size of groups: how restless masks are.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"epochs": 10, "batches": 100},
        "methods": [{"id": "sr-ste"}]
    },
    "x": {"param": "methods[0].refinement", "from": 0.0005, "to": 0.06, "steps": 7, "scale": "log"},
    "y": {"param": "methods[0].group", "from": 4, "to": 64, "steps": 7, "scale": "log"},
    "metric": {"mean": "flips"},
    "trials": 2
}"#;

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "sr-ste",
    n: Some(13),
    lab: "networks",
    title: "N:M sparse networks from scratch",
    paper: Paper {
        authors: "Zhou, Ma, Zhu, Liu, Zhang, Yuan, Sun and Li",
        title: "Learning N:M Fine-grained Structured Sparse Neural Networks From Scratch",
        year: 2021,
        link: "https://arxiv.org/abs/2102.04010",
    },
    idea: "Of every M weights in a row only the N largest are used, a pattern that hardware can skip by. Yet all are stored, and all learn from the gradient of the network that is used: a pruned weight may come back. Shrink pruned weights a little in every step, and they come back less often, so the mask settles.",
    formula: r"w \leftarrow w - \gamma \big( \nabla_{\tilde w} L(\tilde w) + \lambda_W \, (1 - \mathcal E) \odot w \big), \qquad \tilde w = \mathcal E \odot w",
    consequence: "With a refinement of zero this is the straight-through estimator, and below zero pruned weights grow until they are back.",
    watch: &[
        Watch {
            panel: "mask",
            text: "Of every 32 weights in a row of *Mask* one is lit. The mask flickers while the rate is high; with the refinement it soon stands, without it only at the end.",
        },
        Watch {
            panel: "restlessness",
            text: "*Flips a step* grow quiet as pruned weights shrink. Those of the straight-through estimator go on until the rate has come down.",
        },
        Watch {
            panel: "pruned",
            text: "*Pruned magnitudes* pile up at zero where pruned weights are shrunk; without refinement they wait just below the ones that are kept.",
        },
    ],
    try_this: &[
        Try {
            link: "Let pruned weights grow instead.",
            question: "Which masks change most now, and what do they do to the error?",
            patch: r#"{"methods":[{"id":"sr-ste","refinement":-0.001},{"id":"ste"},{"id":"sr-ste"}]}"#,
        },
        Try {
            link: "Take the noise away.",
            question: "What is left of the differences?",
            patch: r#"{"problem":{"noise":0}}"#,
        },
        Try {
            link: "Keep two of every four, the pattern that graphics cards skip by.",
            question: "How much does half of the weights read worse than all of them?",
            patch: r#"{"problem":{"noise":0},"methods":[{"id":"sr-ste","kept":2,"group":4,"refinement":0.001},{"id":"ste","kept":2,"group":4},{"id":"fixed-nm-mask","kept":2,"group":4},{"id":"dense-training"}]}"#,
        },
        Try {
            link: "Set one-shot pruning and RigL beside it.",
            question: "One trains twice as long, the other may put its weights anywhere. What does either gain?",
            patch: r#"{"methods":[{"id":"sr-ste"},{"id":"one-shot-nm"},{"id":"rigl"}]}"#,
        },
    ],
    breaks: "A refinement that is too large settles the mask before it is any good: on clean digits and with one of eight weights 0.005 reads a point fewer of them than none does. Clean digits show little in all: with one of 32 both estimators read 95 to 96 %. And the paper's own 0.0002 is for training a thousand times as long; here it does next to nothing.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","noise":0.3},"methods":[{"id":"sr-ste"},{"id":"ste"},{"id":"fixed-nm-mask"},{"id":"dense-training"}]}"#,
    sweep: Some(SWEEP),
    claims: &[
        Claim {
            statement: "Where pruned weights grow, by a refinement of -0.0002, masks with one of eight weights flip at least 1.4 times as often as with none",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100},"methods":[{"id":"sr-ste","kept":1,"group":8,"refinement":-0.0002},{"id":"ste","kept":1,"group":8}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "flips", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.4),
            measured: 1.7697549312612073,
        },
        Claim {
            statement: "A refinement of 0.001 leaves at most seven tenths of the flips of the straight-through estimator",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100},"methods":[{"id":"sr-ste","kept":1,"group":8,"refinement":0.001},{"id":"ste","kept":1,"group":8}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "flips", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.7),
            measured: 0.5293484757919904,
        },
        Claim {
            statement: "A refinement of 0.005 leaves at most seven tenths of the flips that 0.001 leaves",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100},"methods":[{"id":"sr-ste","kept":1,"group":8,"refinement":0.005},{"id":"sr-ste","kept":1,"group":8,"refinement":0.001}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "flips", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.7),
            measured: 0.5871725383920506,
        },
        Claim {
            statement: "A refinement of 0.02 leaves at most seven tenths of the flips that 0.005 leaves",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100},"methods":[{"id":"sr-ste","kept":1,"group":8,"refinement":0.02},{"id":"sr-ste","kept":1,"group":8,"refinement":0.005}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "flips", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.7),
            measured: 0.5226923076923077,
        },
        Claim {
            statement: "A refinement of 0.005 leaves at most half of the distance between stored and used weights",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100},"methods":[{"id":"sr-ste","kept":1,"group":8,"refinement":0.005},{"id":"ste","kept":1,"group":8}]}"#,
                trials: 4,
                measure: Measure::Ratio { metric: "gap", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.5),
            measured: 0.29525119620406803,
        },
        Claim {
            statement: "With two of four weights SR-STE reads at least 99.3 % as many clean digits rightly as dense training does",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100},"methods":[{"id":"sr-ste","kept":2,"group":4,"refinement":0.001},{"id":"dense-training"}]}"#,
                trials: 6,
                measure: Measure::Ratio { metric: "test_accuracy", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(0.993),
            measured: 1.0038659793814433,
        },
        Claim {
            statement: "With two of eight weights it reads as many, too",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100},"methods":[{"id":"sr-ste","kept":2,"group":8,"refinement":0.001},{"id":"dense-training"}]}"#,
                trials: 6,
                measure: Measure::Ratio { metric: "test_accuracy", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(0.993),
            measured: 0.9974226804123711,
        },
        Claim {
            statement: "On noisy digits and with one of 32 weights the straight-through estimator errs at least 1.2 times as often as SR-STE",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100,"noise":0.3},"methods":[{"id":"ste","kept":1,"group":32},{"id":"sr-ste","kept":1,"group":32,"refinement":0.005}]}"#,
                trials: 6,
                measure: Measure::Ratio { metric: "test_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.2),
            measured: 1.5040650406504066,
        },
        Claim {
            statement: "There a mask that is drawn and stays errs at least 1.1 times as often as SR-STE",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100,"noise":0.3},"methods":[{"id":"fixed-nm-mask","kept":1,"group":32},{"id":"sr-ste","kept":1,"group":32,"refinement":0.005}]}"#,
                trials: 6,
                measure: Measure::Ratio { metric: "test_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.1),
            measured: 1.3414634146341464,
        },
        Claim {
            statement: "And the straight-through estimator, whose mask never settles, errs at least as often as a mask that is drawn and stays",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100,"noise":0.3},"methods":[{"id":"ste","kept":1,"group":32},{"id":"fixed-nm-mask","kept":1,"group":32}]}"#,
                trials: 6,
                measure: Measure::Ratio { metric: "test_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.121212121212121,
        },
        Claim {
            statement: "With one of 16 weights a mask that is drawn errs at least 1.1 times as often as the straight-through estimator",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"classification","batches":100,"noise":0.3},"methods":[{"id":"fixed-nm-mask","kept":1,"group":16},{"id":"ste","kept":1,"group":16}]}"#,
                trials: 6,
                measure: Measure::Ratio { metric: "test_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.1),
            measured: 1.2814814814814814,
        },
    ],
};
