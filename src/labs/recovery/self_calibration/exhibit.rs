//! How self-calibration is shown.

use crate::contract::{Bound, Claim, DiagramMeasure, Exhibit, Experiment, Measure, Paper, Reduced, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "self-calibration",
    n: Some(53),
    lab: "recovery",
    title: "Self-calibration by linear least squares",
    paper: Paper {
        authors: "Ling and Strohmer",
        title: "Self-Calibration and Bilinear Inverse Problems via Linear Least Squares",
        year: 2018,
        link: "https://arxiv.org/abs/1611.04196",
    },
    idea: "Every measurement is multiplied by a gain that nobody knows, so signal and gains stand in a product. Ask for the inverse gains and move them to the other side: what was a product is a system of linear equations, and one least-squares problem finds both.",
    formula: r"y_l = \mathrm{diag}(d)\, A_l\, x \quad\Longleftrightarrow\quad \mathrm{diag}(y_l)\, s - A_l\, x = 0, \qquad s_i = 1 / d_i",
    consequence: "Zero solves it, too. Fix the sum of s, or take the singular vector of the least singular value: without noise both are exact as soon as there are as many equations as unknowns but one.",
    watch: &[
        Watch {
            panel: "signal",
            text: "The *Picture* sharpens within some thirty iterations. Nothing in it knows what a picture is.",
        },
        Watch {
            panel: "gains",
            text: "Points in *Gains* move into their rings: the spectrum of the blur comes out beside the picture, up to one number.",
        },
        Watch {
            panel: "camera",
            text: "*Masks undone* is what is there without calibration: the picture behind its blur.",
        },
    ],
    try_this: &[
        Try {
            link: "Let the blur turn all phases at random.",
            question: "What is left of the picture without calibration? And what does the singular vector need more for?",
            patch: r#"{"problem":{"gains":{"id":"phases","taps":null,"depth":null}},"methods":[{"id":"self-calibration"},{"id":"self-calibration","way":"spectral"},{"id":"uncalibrated"}]}"#,
        },
        Try {
            link: "Take two masks instead of four.",
            question: "Equations and unknowns are as good as equally many. What does that do to the iterations?",
            patch: r#"{"problem":{"scene":{"masks":2}}}"#,
        },
        Try {
            link: "Set alternating least squares beside it, near the limit.",
            question: "160 unknowns, 64 sensors, 4 snapshots: from which start does alternation arrive?",
            patch: r#"{"problem":{"scene":{"id":"sensors","unknowns":160,"motif":null,"side":null,"masks":null},"gains":{"id":"phases","taps":null,"depth":null}},"methods":[{"id":"self-calibration"},{"id":"alternating-calibration","max_steps":60},{"id":"alternating-calibration","start":"linear","max_steps":60}]}"#,
        },
        Try {
            link: "Add noise at 20 dB, with random phases.",
            question: "Their inverses add up to nearly nothing. Why is fixing their sum a bad idea then?",
            patch: r#"{"problem":{"scene":{"id":"sensors","motif":null,"side":null,"masks":null},"gains":{"id":"phases","taps":null,"depth":null},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"self-calibration","solver":"direct"},{"id":"self-calibration","way":"spectral","solver":"direct"},{"id":"alternating-calibration"}]}"#,
        },
    ],
    breaks: "A gain near zero has a huge inverse, and the noise of its measurements counts as much. Where inverse gains add up to little, fixing their sum enlarges the noise; the singular vector does not mind. With one equation less than needed nothing is found.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"calibration","scene":{"id":"picture"},"gains":{"id":"filter"}},"methods":[{"id":"self-calibration"},{"id":"uncalibrated"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "One signal of 73 unknowns by 4 snapshots of 24 sensors, as many equations as unknowns but one: exact to 1e-12 in every draw",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","scene":{"id":"sensors","sensors":24,"unknowns":73}},"methods":[{"id":"self-calibration","solver":"direct"}]}"#,
                trials: 40,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-12 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "With 74 unknowns, one equation short, in none",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","scene":{"id":"sensors","sensors":24,"unknowns":74}},"methods":[{"id":"self-calibration"}]}"#,
                trials: 40,
                measure: Measure::Share { metric: "relative_error", at_most: 0.1 },
            },
            bound: Bound::AtMost(0.0),
            measured: 0.0,
        },
        Claim {
            statement: "The same with a signal and a matrix each, at 18 unknowns a signal: exact to 1e-12 in every draw, ...",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","scene":{"id":"sensors","model":"inputs","sensors":24,"unknowns":18}},"methods":[{"id":"self-calibration","solver":"direct"}]}"#,
                trials: 40,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-12 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "... and with several signals by one matrix",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","scene":{"id":"sensors","model":"signals","sensors":24,"unknowns":18}},"methods":[{"id":"self-calibration","solver":"direct"}]}"#,
                trials: 40,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-12 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "With 24 sensors and 2 to 8 snapshots half of the draws are exact within one unknown of where equations are as many as unknowns",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"calibration","scene":{"id":"sensors","sensors":24}},"methods":[{"id":"self-calibration","solver":"direct"}]},"x":{"param":"problem.scene.snapshots","from":2,"to":8,"steps":7},"y":{"param":"problem.scene.unknowns","from":12,"to":180,"steps":169},"tolerance":1e-6,"trials":4}"#,
                measure: DiagramMeasure::FromTheory { curve: "counting" },
                reduced: Reduced {
                    patch: r#"{"x":{"from":2,"to":3,"steps":2},"y":{"from":20,"to":55,"steps":36},"trials":3}"#,
                    bound: Bound::AtMost(1.0),
                },
            },
            bound: Bound::AtMost(1.0),
            measured: 0.5,
        },
        Claim {
            statement: "One snapshot suffices where inverse gains are known to be sums of 4 waves: 61 unknowns by 64 sensors, exact to 1e-9 in every draw",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","scene":{"id":"sensors","unknowns":61,"snapshots":1},"gains":{"id":"waves"}},"methods":[{"id":"self-calibration","solver":"direct"}]}"#,
                trials: 40,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-9 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "At 40 dB, 1 % of noise, least squares is off by at most 1 % (m = 64, n = 32, p = 4, random phases)",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","noise":{"id":"gaussian","snr_db":40}},"methods":[{"id":"self-calibration","solver":"direct"}]}"#,
                trials: 40,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtMost(0.01),
            measured: 0.0055813742114427045,
        },
        Claim {
            statement: "At 20 dB the singular vector is off by 0.04 to 0.08, ...",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"self-calibration","way":"spectral","solver":"direct"}]}"#,
                trials: 40,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::Within(0.04, 0.08),
            measured: 0.05444301471376552,
        },
        Claim {
            statement: "... and least squares, which fixes the sum of phases that nearly cancel, by at least 1.5 times as much",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"self-calibration","solver":"direct"},{"id":"self-calibration","way":"spectral","solver":"direct"}]}"#,
                trials: 40,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.5),
            measured: 1.7848810221269822,
        },
        Claim {
            statement: "With real gains, whose inverses add up, the two differ by less than a fifth",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","gains":{"id":"factors"},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"self-calibration","solver":"direct"},{"id":"self-calibration","way":"spectral","solver":"direct"}]}"#,
                trials: 40,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::Within(0.8, 1.2),
            measured: 0.9498318581882218,
        },
        Claim {
            statement: "A picture of 32 x 32 pixels behind 4 masks and an unknown blur comes out to 1e-5",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","scene":{"id":"picture"},"gains":{"id":"filter"}},"methods":[{"id":"self-calibration"}]}"#,
                trials: 8,
                measure: Measure::Share { metric: "signal_error", at_most: 1e-5 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "Alternating least squares from gains of 1 is still off by a tenth after 60 rounds, in most draws, with 160 unknowns of the 193 that equations allow",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"calibration","scene":{"id":"sensors","unknowns":160}},"methods":[{"id":"alternating-calibration","max_steps":60}]}"#,
                trials: 10,
                measure: Measure::Share { metric: "relative_error", at_most: 0.1 },
            },
            bound: Bound::AtMost(0.3),
            measured: 0.0,
        },
    ],
};
