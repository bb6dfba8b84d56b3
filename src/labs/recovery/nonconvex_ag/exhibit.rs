//! Accelerated gradient for people, and what its paper claims.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "nonconvex-ag",
    n: Some(74),
    lab: "recovery",
    title: "Accelerated gradient for SCAD and MCP",
    paper: Paper {
        authors: "Yang, Asgharian and Bhatnagar",
        title: "Accelerated gradient methods for sparse statistical learning with nonconvex penalties",
        year: 2024,
        link: "https://arxiv.org/abs/2009.10629",
    },
    idea: "SCAD and MCP select features without shrinking the large ones, but they are not convex, and plain steps take their time. One sequence takes steps that grow, one takes safe steps, and the gradient is taken between them. How far between is the damping, and the paper derives the best one.",
    formula: r"\alpha_{k+1} = \frac{2}{1 + \sqrt{1 + 4/\alpha_k^2}}, \quad \delta_k = \frac{\omega}{\alpha_k}, \quad b^{md} = (1 - \alpha_k)\, b^{ag} + \alpha_k\, b",
    consequence: "The bound on the number of steps is least for this sequence, with twice the step of the original method. It costs what a plain step costs.",
    watch: &[
        Watch {
            panel: "coefficients",
            text: "In *Coefficients* the largest groups stand after a few steps at full height: beyond $a \\lambda$ nothing is shrunk.",
        },
        Watch {
            panel: "damping",
            text: "*Damping* falls, so that steps grow, and is back at 1 where the run would have swung over.",
        },
        Watch {
            panel: "looks-at",
            text: "In *The pull on every coefficient* large coefficients end at zero and the many that are left out below the line.",
        },
    ],
    try_this: &[
        Try {
            link: "Ask for a yes or no.",
            question: "The same two methods on labels: which of them is done first?",
            patch: r#"{"problem":{"family":"logistic"}}"#,
        },
        Try {
            link: "Go down one coefficient at a time.",
            question: "A sweep costs as much as a step. How many does it take, and where does it end?",
            patch: r#"{"methods":[{"id":"nonconvex-ag"},{"id":"glm-coordinate-descent"}]}"#,
        },
        Try {
            link: "Damp as the original method does.",
            question: "How many more steps?",
            patch: r#"{"methods":[{"id":"nonconvex-ag","restart":false},{"id":"nonconvex-ag","damping":"original","restart":false}]}"#,
        },
        Try {
            link: "Shrink everything: the l1 norm.",
            question: "Which coefficients come out too small?",
            patch: r#"{"methods":[{"id":"nonconvex-ag"},{"id":"nonconvex-ag","penalty":{"id":"l1"}}]}"#,
        },
    ],
    breaks: "A stationary point is not the best one. Which is reached depends on the start, so methods may end in different places; with small penalties and features that are alike there are many.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"glm"},"methods":[{"id":"nonconvex-ag"},{"id":"glm-proximal-gradient"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With SCAD at 0.2 of the largest lambda plain steps take at least twice as many as accelerated ones",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"glm"},"methods":[{"id":"glm-proximal-gradient"},{"id":"nonconvex-ag"}]}"#,
                trials: 9,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(2.0),
            measured: 3.2238,
        },
        Claim {
            statement: "With MCP at 0.05 of it, too",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"glm"},"methods":[{"id":"glm-proximal-gradient","penalty":{"id":"mcp"},"lambda_ratio":0.05},{"id":"nonconvex-ag","penalty":{"id":"mcp"},"lambda_ratio":0.05}]}"#,
                trials: 9,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(2.0),
            measured: 4.2033,
        },
        Claim {
            statement: "The original damping takes at least 1.3 times as many steps as the optimal one, both without restarts",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"glm"},"methods":[{"id":"nonconvex-ag","damping":"original","restart":false},{"id":"nonconvex-ag","restart":false}]}"#,
                trials: 9,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.3),
            measured: 1.8683,
        },
        Claim {
            statement: "Both end with the same objective, to a part in a thousand",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"glm"},"methods":[{"id":"nonconvex-ag"},{"id":"glm-proximal-gradient"}]}"#,
                trials: 9,
                measure: Measure::Ratio { metric: "objective", of: 0, to: 1 },
            },
            bound: Bound::Within(0.999, 1.001),
            measured: 1.0,
        },
        Claim {
            statement: "For labels plain steps take at least twice as many, with SCAD",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"glm","family":"logistic"},"methods":[{"id":"glm-proximal-gradient"},{"id":"nonconvex-ag"}]}"#,
                trials: 5,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(2.0),
            measured: 3.6715,
        },
        Claim {
            statement: "For labels coordinate descent takes at least 1.5 times as many sweeps as accelerated gradient takes steps, which cost as many products",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"glm","family":"logistic"},"methods":[{"id":"glm-coordinate-descent"},{"id":"nonconvex-ag"}]}"#,
                trials: 5,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.5),
            measured: 1.6679,
        },
    ],
};
