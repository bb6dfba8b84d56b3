//! NST+HT+FB for people, and what its paper claims.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "nst-ht-fb",
    n: Some(32),
    lab: "recovery",
    title: "Thresholding with feedback, in a finite number of steps",
    paper: Paper {
        authors: "Han, Li and Song",
        title: "The finite steps of convergence of the fast thresholding algorithms with feedbacks",
        year: 2017,
        link: "https://doi.org/10.1007/s11075-021-01227-1",
    },
    idea: "Take the shortest vector that explains the measurements exactly. Keep its largest entries, let them take over what the others explained, and move to the nearest vector that explains everything again. Or begin with one entry and keep one more every step: then nobody has to know how many there are.",
    formula: r"u_T = x_T + A_T^{+} A_{T^c} x_{T^c}, \quad x \leftarrow x + P_{\ker A}\,(u - x), \quad T = \mathrm{top}_{s_k} |x|",
    consequence: "The error falls by a constant factor a step, so after a number of steps that can be named beforehand the support is right, and then the answer is exact.",
    watch: &[
        Watch {
            panel: "kept",
            text: "In *Kept and right* the adaptive scheme climbs a stair of one entry a step. Its wrong entries leave by themselves, and it stops at the number of spikes without being told.",
        },
        Watch {
            panel: "looks-at",
            text: "In *The solution of A x = y* true spikes rise out of the rest from step to step.",
        },
        Watch {
            panel: "convergence",
            text: "In *Convergence* the error stays high while spikes are missing, then drops to rounding at once.",
        },
    ],
    try_this: &[
        Try {
            link: "Measure nearly everything.",
            question: "How many steps does the theorem promise in Promised and kept, and how many are needed?",
            patch: r#"{"problem":{"rows":200,"signal":{"sparsity":12,"amplitude":"power-law"}},"methods":[{"id":"nst-ht-fb"},{"id":"htp"}]}"#,
        },
        Try {
            link: "Keep half as many again each step.",
            question: "How many steps are saved, and at what price?",
            patch: r#"{"methods":[{"id":"nst-ht-fb","kept":{"id":"growing"}},{"id":"nst-ht-fb"}]}"#,
        },
        Try {
            link: "Feed nothing back.",
            question: "How many more steps does the plain scheme take?",
            patch: r#"{"problem":{"signal":{"sparsity":25}},"methods":[{"id":"nst-ht-fb","feedback":"none"},{"id":"nst-ht-fb"}]}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Does the stair still end where it should?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs","sparsity":25}}}"#,
        },
    ],
    breaks: "Agreement is exact, so noise goes into every solution and is amplified where rows of the matrix are nearly dependent. The fixed scheme told a wrong number goes in circles, and spikes of equal height are the hardest for it.",
    spec: r#"{"v":1,"seed":2,"problem":{"id":"linear","rows":128,"cols":256,"signal":{"id":"sparse","sparsity":48}},"methods":[{"id":"nst-ht-fb","kept":{"id":"adaptive"}},{"id":"nst-ht-fb"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With m = 200, n = 256 and 12 spikes of heights 1, 1/2, 1/3, ... the fixed scheme is exact within the number of steps that its constants promise, in every draw",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":200,"cols":256,"signal":{"id":"sparse","sparsity":12,"amplitude":"power-law"}},"methods":[{"id":"nst-ht-fb"}]}"#,
                trials: 40,
                measure: Measure::Share { metric: "over_prediction", at_most: 1.0 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "There the promise is of at most 20 steps in half of the draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":200,"cols":256,"signal":{"id":"sparse","sparsity":12,"amplitude":"power-law"}},"methods":[{"id":"nst-ht-fb"}]}"#,
                trials: 40,
                measure: Measure::Median { metric: "predicted_steps" },
            },
            bound: Bound::AtMost(20.0),
            measured: 8.0,
        },
        Claim {
            statement: "With m = 200, n = 500 and 20 spikes of height one the adaptive scheme takes exactly 20 steps",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":200,"cols":500,"signal":{"id":"sparse","sparsity":20,"amplitude":"signs"}},"methods":[{"id":"nst-ht-fb","kept":{"id":"adaptive"}}]}"#,
                trials: 40,
                measure: Measure::Median { metric: "iterations" },
            },
            bound: Bound::Within(20.0, 20.0),
            measured: 20.0,
        },
        Claim {
            statement: "The adaptive scheme needs no k and finds more: 80 Gaussian spikes from m = 200 of n = 500 in at least 80 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":200,"cols":500,"signal":{"id":"sparse","sparsity":80}},"methods":[{"id":"nst-ht-fb","kept":{"id":"adaptive"}}]}"#,
                trials: 30,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-3 },
            },
            bound: Bound::AtLeast(0.8),
            measured: 0.9667,
        },
        Claim {
            statement: "The fixed scheme, told k, finds 60 of them in at least 80 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":200,"cols":500,"signal":{"id":"sparse","sparsity":60}},"methods":[{"id":"nst-ht-fb"}]}"#,
                trials: 30,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-3 },
            },
            bound: Bound::AtLeast(0.8),
            measured: 0.9667,
        },
        Claim {
            statement: "Without feedback 60 spikes take at least ten times as many steps",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":200,"cols":500,"signal":{"id":"sparse","sparsity":60}},"methods":[{"id":"nst-ht-fb","feedback":"none"},{"id":"nst-ht-fb"}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(10.0),
            measured: 17.8889,
        },
        Claim {
            statement: "Keeping four more a step instead of one saves at least two thirds of the steps, with 60 spikes",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":200,"cols":500,"signal":{"id":"sparse","sparsity":60}},"methods":[{"id":"nst-ht-fb","kept":{"id":"adaptive","by":4}},{"id":"nst-ht-fb","kept":{"id":"adaptive"}}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.33),
            measured: 0.2667,
        },
    ],
};
