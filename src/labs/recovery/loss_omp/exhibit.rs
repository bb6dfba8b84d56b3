//! Loss-function OMP for people, and what its paper claims.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "loss-omp",
    n: Some(1),
    lab: "recovery",
    title: "OMP from a loss function",
    paper: Paper {
        authors: "Mohammad-Taheri, Colbrook and Brugiapaglia",
        title: "The greedy side of the LASSO: New algorithms for weighted sparse recovery via loss function-based orthogonal matching pursuit",
        year: 2023,
        link: "https://arxiv.org/abs/2303.00844",
    },
    idea: "OMP picks the column that lowers the squared residual most. Put another objective in its place, that of a LASSO with weights or one that shrugs off gross errors, and ask which single entry lowers that one most. Six objectives have the answer in closed form. Then refit without the penalty: it only chooses, and says when to stop.",
    formula: r"j = \arg\max_j \Big[ G(x) - \min_t G(x + t e_j) \Big], \quad G(x) = D(y - A x) + \lambda P(x), \quad x_S = \arg\min D(y - A_S z)",
    consequence: "What is known of the losses carries over: the square-root LASSO's rule needs no knowledge of the noise, the LAD-LASSO's none of which measurements are wrong.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "*What each column would gain* is empty at the end: no column is worth its price any more, and the run stops by itself.",
        },
        Watch {
            panel: "residual",
            text: "In *Residual* of the LAD-LASSO's rule the gross errors are left standing, whole, and all else is noise. OMP spreads them over everything.",
        },
        Watch {
            panel: "support",
            text: "Lines in *Support* only start, as in OMP: the penalty makes it choosy, not repentant.",
        },
    ],
    try_this: &[
        Try {
            link: "Approximate a function of five variables:",
            question: "a slice of it, and its recovery from 200 samples. What do the weights spare it?",
            patch: r#"{"problem":{"id":"approximation","rows":null,"cols":null,"signal":null,"noise":null,"function":"runge"},"methods":[{"id":"loss-omp","lambda":0.02,"most":150,"weights":{"id":"intrinsic"}},{"id":"omp","sparsity":150}]}"#,
        },
        Try {
            link: "Plain noise, and an OMP that runs on.",
            question: "Change the noise by 40 dB: does the square-root LASSO's rule still stop at ten picks?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","fraction":null,"scale":null,"snr_db":30}},"methods":[{"id":"loss-omp"},{"id":"omp","sparsity":30}]}"#,
        },
        Try {
            link: "Know half of the support.",
            question: "From 34 measurements of 500 unknowns: what does a light weight do that a pick by hand would not?",
            patch: r#"{"problem":{"rows":34,"cols":500,"noise":{"id":"gaussian","fraction":null,"scale":null,"snr_db":60}},"methods":[{"id":"loss-omp","lambda":0.2,"weights":{"id":"prior-support"}},{"id":"loss-omp","lambda":0.2}]}"#,
        },
        Try {
            link: "Corrupt three in ten.",
            question: "How many gross errors can it bear?",
            patch: r#"{"problem":{"noise":{"fraction":0.3}}}"#,
        },
    ],
    breaks: "A pick is never taken back, and lambda still has to be chosen: too large, and it stops before the small spikes; the LASSO's rule must follow the noise. The absolute loss looks at every column by itself, which is slow where there are many.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","rows":150,"cols":300,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"outliers","fraction":0.1,"scale":100,"snr_db":60}},"methods":[{"id":"loss-omp","loss":"absolute","norm":"l0","lambda":0.1},{"id":"omp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "The square-root LASSO's rule needs no knowledge of the noise: with lambda = 0.18 it is at most 10 % worse than OMP that is told k = 10, at 70 dB",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":150,"cols":300,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"gaussian","snr_db":70}},"methods":[{"id":"loss-omp"},{"id":"omp"}]}"#,
                trials: 30,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1.1),
            measured: 1.0,
        },
        Claim {
            statement: "The square-root LASSO's rule needs no knowledge of the noise: with lambda = 0.18 it is at most 10 % worse than OMP that is told k = 10, at 30 dB",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":150,"cols":300,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"loss-omp"},{"id":"omp"}]}"#,
                trials: 30,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1.1),
            measured: 1.0378,
        },
        Claim {
            statement: "A LASSO's rule has to be tuned to it: the lambda that is right at 70 dB makes it at least twice as bad as the square-root LASSO's rule at 30 dB",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":150,"cols":300,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"loss-omp","loss":"lasso","lambda":0.001},{"id":"loss-omp"}]}"#,
                trials: 30,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(2.0),
            measured: 3.6961,
        },
        Claim {
            statement: "OMP that runs on to 30 picks, three times as many as spikes, is at least three times as bad as the rule that stops by itself",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":150,"cols":300,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"omp","sparsity":30},{"id":"loss-omp"}]}"#,
                trials: 30,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(3.0),
            measured: 3.6961,
        },
        Claim {
            statement: "With 10 % of the measurements corrupted by errors a hundred times their size, and noise at 60 dB, the LAD-LASSO's rule errs by at most 1e-3",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":150,"cols":300,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"outliers","fraction":0.1,"scale":100,"snr_db":60}},"methods":[{"id":"loss-omp","loss":"absolute","norm":"l0","lambda":0.1}]}"#,
                trials: 15,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtMost(1e-3),
            measured: 3.7e-4,
        },
        Claim {
            statement: "With 20 % of the measurements corrupted by errors a hundred times their size, and noise at 60 dB, the LAD-LASSO's rule errs by at most 1e-3",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":150,"cols":300,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"outliers","fraction":0.2,"scale":100,"snr_db":60}},"methods":[{"id":"loss-omp","loss":"absolute","norm":"l0","lambda":0.1}]}"#,
                trials: 15,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtMost(1e-3),
            measured: 3.9e-4,
        },
        Claim {
            statement: "OMP errs by more than ten times the signal there",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":150,"cols":300,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"outliers","fraction":0.1,"scale":100,"snr_db":60}},"methods":[{"id":"omp"}]}"#,
                trials: 30,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtLeast(10.0),
            measured: 22.5892,
        },
        Claim {
            statement: "Light weights on half of the true support recover 10 spikes of 500 from 34 measurements within 1 % in at least 75 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":34,"cols":500,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"loss-omp","lambda":0.2,"weights":{"id":"prior-support"}}]}"#,
                trials: 30,
                measure: Measure::Share { metric: "relative_error", at_most: 0.01 },
            },
            bound: Bound::AtLeast(0.75),
            measured: 0.9,
        },
        Claim {
            statement: "Without weights that succeeds in at most half of the draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":34,"cols":500,"signal":{"id":"sparse","sparsity":10},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"loss-omp","lambda":0.2}]}"#,
                trials: 30,
                measure: Measure::Share { metric: "relative_error", at_most: 0.01 },
            },
            bound: Bound::AtMost(0.5),
            measured: 0.3667,
        },
        Claim {
            statement: "Intrinsic weights approximate Runge's function of five variables from 200 samples with at most 0.8 times the error that even weights leave",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"approximation","function":"runge"},"methods":[{"id":"loss-omp","lambda":0.01,"most":150,"weights":{"id":"intrinsic"}},{"id":"loss-omp","lambda":0.01,"most":150}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.8),
            measured: 0.5659,
        },
        Claim {
            statement: "A smooth function of five variables is met within 1e-4",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"approximation"},"methods":[{"id":"loss-omp","lambda":0.01,"most":150,"weights":{"id":"intrinsic"}}]}"#,
                trials: 20,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtMost(1e-4),
            measured: 5.5e-5,
        },
    ],
};
