//! How SR-STE is shown.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

/// The size of groups against the refinement: how restless masks are.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"epochs": 10, "batches": 100},
        "methods": [{"id": "sr-ste"}]
    },
    "x": {"param": "methods[0].refinement", "from": 0.0002, "to": 0.05, "steps": 8, "scale": "log"},
    "y": {"param": "methods[0].group", "from": 2, "to": 64, "steps": 7, "scale": "log"},
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
            text: "*Mask* has as many weights lit in every group of a row, wherever they are. At first it flickers, later it stands.",
        },
        Watch {
            panel: "restlessness",
            text: "*Flips a step* fall with the rate. Those of the straight-through estimator fall later and less.",
        },
        Watch {
            panel: "pruned",
            text: "*Pruned magnitudes* pile up at zero where pruned weights are shrunk; without refinement they wait just below the ones that are kept.",
        },
    ],
    try_this: &[],
    breaks: "",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"classification"},"methods":[{"id":"sr-ste"},{"id":"ste"},{"id":"fixed-nm-mask"},{"id":"dense-training"}]}"#,
    sweep: Some(SWEEP),
    claims: &[],
};
