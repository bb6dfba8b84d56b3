//! SPIRAL-TAP for people.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "spiral-tap",
    n: Some(2),
    lab: "recovery",
    title: "Intensities from few photons",
    paper: Paper {
        authors: "Harmany, Marcia and Willett",
        title: "This is SPIRAL-TAP: Sparse Poisson Intensity Reconstruction ALgorithms, theory and practice",
        year: 2012,
        link: "https://arxiv.org/abs/1005.4274",
    },
    idea: "Photons arrive by chance, so bright places are seen with more noise than dark ones. Put a quadratic of measured curvature in the place of their likelihood: then each step is a denoising problem, and any penalty that can denoise can reconstruct.",
    formula: r"f_{t+1} = \arg\min_{f \ge 0} \tfrac12 \big|f - (f_t - \tfrac1{\alpha_t} \nabla F(f_t))\big|^2 + \tfrac{\tau}{\alpha_t}\, \mathrm{pen}(f)",
    consequence: "The step length is the curvature along the last step, so nobody has to know how curved the likelihood is near dark places, where it has no bound.",
    watch: &[
        Watch {
            panel: "intensity",
            text: "Discs in *Intensity* become flat, and their rims sharp. ML-EM's turn to grains, which fit the noise.",
        },
        Watch {
            panel: "curvature",
            text: "*Curvature* jumps up and down by a factor of ten or more. One step length for all would be the shortest of them.",
        },
        Watch {
            panel: "residual",
            text: "*Residual* is even everywhere when the law of the noise is right. A disc that shows in it is not yet explained.",
        },
    ],
    try_this: &[
        Try {
            link: "Wait for 5 photons a counter only.",
            question: "What does ML-EM make of them? Which discs are lost for good?",
            patch: r#"{"problem":{"counts":5},"methods":[{"id":"spiral-tap","penalty":{"id":"total-variation","tau":0.1}},{"id":"ml-em"}]}"#,
        },
        Try {
            link: "Ask for few cells of a partition.",
            question: "Where do its blocks come from, and where do shifts take them?",
            patch: r#"{"methods":[{"id":"spiral-tap","penalty":{"id":"partition"}},{"id":"spiral-tap","penalty":{"id":"shifted-partition"}}]}"#,
        },
        Try {
            link: "Find spikes on a line with mixed counters.",
            question: "There are fewer counters than samples. Who needs fewest steps?",
            patch: r#"{"problem":{"scene":{"id":"line","shape":"spikes","samples":1024,"picture":null,"side":null},"camera":{"id":"mixed"},"counts":15},"methods":[{"id":"spiral-tap","penalty":{"id":"l1","basis":"pixels","tau":0.05}},{"id":"counts-fista","law":"poisson","penalty":{"id":"l1","basis":"pixels","tau":0.05}},{"id":"ml-em"}]}"#,
        },
        Try {
            link: "Pretend that the noise is normal.",
            question: "The same penalty, and as much noise everywhere. Which places does it get wrong?",
            patch: r#"{"problem":{"counts":5},"methods":[{"id":"spiral-tap","penalty":{"id":"total-variation","tau":0.1}},{"id":"counts-fista","penalty":{"id":"total-variation","tau":0.1}},{"id":"counts-fista","law":"anscombe","penalty":{"id":"total-variation","tau":0.1}}]}"#,
        },
    ],
    breaks: "The weight of the penalty has to be chosen: half of the best one leaves grains, and four times as much wipes faint discs out. A penalty that does not fit costs more than a wrong weight.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"poisson","scene":{"id":"picture"},"camera":{"id":"blur"}},"methods":[{"id":"spiral-tap"},{"id":"ml-em"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "At 45 photons a counter, cells behind a blur of 5 x 5 pixels come back with a median error of at most 0.15 under total variation",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"poisson"},"methods":[{"id":"spiral-tap"}]}"#,
                trials: 8,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtMost(0.15),
            measured: 0.1435,
        },
        Claim {
            statement: "That is at most 0.7 times the median error of ML-EM stopped after 12 steps, where it is best",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"poisson"},"methods":[{"id":"spiral-tap"},{"id":"ml-em","max_steps":12}]}"#,
                trials: 8,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.7),
            measured: 0.6613,
        },
        Claim {
            statement: "ML-EM has no penalty: after 200 steps its median error is at least twice what it was after 12",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"poisson"},"methods":[{"id":"ml-em"},{"id":"ml-em","max_steps":12}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(2.0),
            measured: 2.38,
        },
        Claim {
            statement: "A partition that is not shifted leaves blocks: its median error is at least 1.25 times that of the average over 16 shifts",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"poisson"},"methods":[{"id":"spiral-tap","penalty":{"id":"partition"},"max_steps":60},{"id":"spiral-tap","penalty":{"id":"shifted-partition"},"max_steps":60}]}"#,
                trials: 8,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.25),
            measured: 1.4144,
        },
        Claim {
            statement: "1024 samples with 15 spikes, measured by 410 mixed counters of 15 photons on average, are solved in a median of at most 30 steps",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"poisson","scene":{"id":"line","shape":"spikes","samples":1024},"camera":{"id":"mixed"},"counts":15},"methods":[{"id":"spiral-tap","penalty":{"id":"l1","basis":"pixels","tau":0.05}}]}"#,
                trials: 40,
                measure: Measure::Median { metric: "iterations" },
            },
            bound: Bound::AtMost(30.0),
            measured: 18.0,
        },
        Claim {
            statement: "Plain FISTA on the same likelihood takes there at least ten times as many steps",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"poisson","scene":{"id":"line","shape":"spikes","samples":1024},"camera":{"id":"mixed"},"counts":15},"methods":[{"id":"counts-fista","law":"poisson","penalty":{"id":"l1","basis":"pixels","tau":0.05},"max_steps":2000},{"id":"spiral-tap","penalty":{"id":"l1","basis":"pixels","tau":0.05}}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(10.0),
            measured: 16.3529,
        },
        Claim {
            statement: "There a normal law of one variance leaves at least 1.2 times the median error of Poisson's, under the same penalty",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"poisson","scene":{"id":"line","shape":"spikes","samples":1024},"camera":{"id":"mixed"},"counts":15},"methods":[{"id":"counts-fista","penalty":{"id":"l1","basis":"pixels","tau":0.05}},{"id":"spiral-tap","penalty":{"id":"l1","basis":"pixels","tau":0.05}}]}"#,
                trials: 40,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.2),
            measured: 1.2603,
        },
    ],
};
