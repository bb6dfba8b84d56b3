//! The Newton method for people.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "sparse-phase-retrieval",
    n: Some(17),
    lab: "recovery",
    title: "Sparse phase retrieval by Newton's method",
    paper: Paper {
        authors: "Cai, Long, Wen and Ying",
        title: "A fast and provable algorithm for sparse phase retrieval",
        year: 2024,
        link: "https://arxiv.org/abs/2309.02046",
    },
    idea: "Of every measurement only the magnitude is known. Let a gradient step on magnitudes say where the k spikes are, and Newton's step on squared magnitudes what they are. With k unknowns a Newton step costs hardly more than the gradient.",
    formula: r"S_{t+1} = \mathrm{top}_k\big|x_t - \eta A^\top(q - y\,\mathrm{sgn}\,q)\big|, \quad \nabla^2_{S_{t+1}} f(x_t)\, d = \nabla^2_{S_{t+1},\,S_t \setminus S_{t+1}} f(x_t)\, x_t - \nabla_{S_{t+1}} f(x_t), \quad q = A x_t",
    consequence: "Once the support stands the error is squared in every step: the number of right digits doubles.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "Newton's line in *Convergence* bends down, as digits double. SPARTA's is straight: each step gains as many digits as the last.",
        },
        Watch {
            panel: "looks-at",
            text: "The line in *What Newton looks at* parts the new support from the rest. While it cuts through a crowd, entries are swapped.",
        },
        Watch {
            panel: "support",
            text: "*Support* changes in the first few steps only. The quadratic part begins when it stands.",
        },
    ],
    try_this: &[
        Try {
            link: "Set all rivals beside it.",
            question: "Which of them end at once when signs and support are right, and which only get nearer?",
            patch: r#"{"methods":[{"id":"sparse-phase-retrieval"},{"id":"phase-htp"},{"id":"copram"},{"id":"sparta"}]}"#,
        },
        Try {
            link: "Measure 150 magnitudes instead of 300.",
            question: "Draw anew a few times. Is it the start that fails, or the steps?",
            patch: r#"{"problem":{"rows":150}}"#,
        },
        Try {
            link: "Start a tenth of its length away from the truth, with 150 magnitudes.",
            question: "Now it works. What are the other measurements for?",
            patch: r#"{"problem":{"rows":150,"start":{"id":"near"}}}"#,
        },
        Try {
            link: "Add noise of 30 dB.",
            question: "Where do Newton's digits stop to double?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":30}}}"#,
        },
    ],
    breaks: "The start is the weak point: it needs a multiple of k squared measurements, of which the steps need far fewer. From a start with a wrong half of the places Newton comes to rest elsewhere, and says that it has converged.",
    spec: r#"{"v":1,"seed":7,"problem":{"id":"phase-retrieval"},"methods":[{"id":"sparse-phase-retrieval"},{"id":"sparta"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 20 Gaussian spikes among n = 1000 and m = 600 magnitudes, at least 80 % of draws are recovered up to sign",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"phase-retrieval","rows":600,"cols":1000,"signal":{"id":"sparse","sparsity":20}},"methods":[{"id":"sparse-phase-retrieval"}]}"#,
                trials: 40,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.8),
            measured: 0.95,
        },
        Claim {
            statement: "There the error is squared in every step: the median order of the last steps above rounding is between 1.7 and 2.3",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"phase-retrieval","rows":600,"cols":1000,"signal":{"id":"sparse","sparsity":20}},"methods":[{"id":"sparse-phase-retrieval"}]}"#,
                trials: 40,
                measure: Measure::Order { trace: "relative_error", below: 0.5, above: 1e-13 },
            },
            bound: Bound::Within(1.7, 2.3),
            measured: 1.9932,
        },
        Claim {
            statement: "SPARTA's error shrinks by a share: its order is between 0.9 and 1.1",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"phase-retrieval","rows":600,"cols":1000,"signal":{"id":"sparse","sparsity":20}},"methods":[{"id":"sparta"}]}"#,
                trials: 40,
                measure: Measure::Order { trace: "relative_error", below: 0.5, above: 1e-13 },
            },
            bound: Bound::Within(0.9, 1.1),
            measured: 0.9964,
        },
        Claim {
            statement: "In the median SPARTA takes at least 2.5 times as many steps as Newton",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"phase-retrieval","rows":600,"cols":1000,"signal":{"id":"sparse","sparsity":20}},"methods":[{"id":"sparta"},{"id":"sparse-phase-retrieval"}]}"#,
                trials: 40,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(2.5),
            measured: 3.25,
        },
        Claim {
            statement: "It lives with poorer starts than HTP, which has the same supports: with k = 20, n = 500 and m = 300 at least 40 % of draws are recovered",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"phase-retrieval","signal":{"id":"sparse","sparsity":20}},"methods":[{"id":"sparse-phase-retrieval"}]}"#,
                trials: 100,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-3 },
            },
            bound: Bound::AtLeast(0.4),
            measured: 0.47,
        },
        Claim {
            statement: "HTP recovers at most 30 % of them",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"phase-retrieval","signal":{"id":"sparse","sparsity":20}},"methods":[{"id":"phase-htp"}]}"#,
                trials: 100,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-3 },
            },
            bound: Bound::AtMost(0.3),
            measured: 0.18,
        },
    ],
};
