//! How turbo bilinear subspace variational Bayesian inference is shown.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "turbo-bisvbi",
    n: Some(95),
    lab: "recovery",
    title: "Locating scatterers while reading data",
    paper: Paper {
        authors: "Liu, Xu, Xu and Caire",
        title: "Bilinear Subspace Variational Bayesian Inference for Joint Scattering Environment Sensing and Data Recovery in ISAC Systems",
        year: 2025,
        link: "https://arxiv.org/abs/2502.00811",
    },
    idea: "A base station hears two phones by way of a few walls and cars. Where those stand, what the channels are and what the phones send depend on each other, so beliefs about all three are updated in turn: what is read sharpens the map, and the map sharpens what is read.",
    formula: r"y_{t,n} = \sum_k h_k[n]\, s_k[t,n] + e, \qquad h_k = \sum_{q} x_{kq}\, \varphi_{kq}(p_q, u_k, o_k), \qquad C = (\mathrm{diag}\,\rho + \gamma W)^{-1} \text{ on } Z",
    consequence: "Most cells of the map are empty. Those that are not share one small inverse, all others are updated one number at a time, and points move off the grid to where the reflections are.",
    watch: &[
        Watch {
            panel: "ground",
            text: "Points on the *Ground* gather at the rings that phones are heard by way of. After ten rounds cells are split, and data begin to count.",
        },
        Watch {
            panel: "constellation",
            text: "The cloud of *Symbols* falls apart into four as the channel gets known.",
        },
        Watch {
            panel: "looks-at",
            text: "In *What each user sees* nearly everything is zero: that is why the inverse is small.",
        },
    ],
    try_this: &[
        Try {
            link: "Hold points on the grid.",
            question: "Cells are 2.7 metres wide. How many of them does one reflection take then?",
            patch: r#"{"methods":[{"id":"turbo-bisvbi"},{"id":"turbo-bisvbi","moving":false}]}"#,
        },
        Try {
            link: "Let pilots alone count.",
            question: "There are four slots of data to one of pilots. How much do they sharpen the channel?",
            patch: r#"{"methods":[{"id":"turbo-bisvbi"},{"id":"turbo-bisvbi","data":false}]}"#,
        },
        Try {
            link: "Leave out the coarse stage.",
            question: "All 576 cells are in the running now. What does it cost, and what does it bring?",
            patch: r#"{"methods":[{"id":"turbo-bisvbi"},{"id":"turbo-bisvbi","coarse":false}]}"#,
        },
        Try {
            link: "Turn the signal down to -5 dB.",
            question: "MUSIC needs a signal that stands out. What does it throw away now?",
            patch: r#"{"problem":{"snr_db":-5},"methods":[{"id":"turbo-bisvbi"},{"id":"turbo-bisvbi","coarse":false},{"id":"turbo-bisvbi","data":false}]}"#,
        },
    ],
    breaks: "In noise as strong as the signal MUSIC throws away cells that are needed, and channels are better without the coarse stage. A place and a clock can stand in for each other, so places are known less well than channels. Scatterers that neither delay nor angle tells apart become one; and where cells are so wide that a corner correlates with no middle, a scatterer there is never found.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"turbo-bisvbi"},{"id":"omp-lmmse"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With 5 scatterers, 2 users, 32 antennas, 32 subcarriers, one slot of pilots, four of data and 10 dB, channels are off by at most 0.056, -25 dB, in the median",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"turbo-bisvbi"}]}"#,
                trials: 9,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtMost(0.056),
            measured: 0.030164408031086564,
        },
        Claim {
            statement: "There, half of the scatterers are found within 0.8 metres, where cells are 2.7 metres wide",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"turbo-bisvbi"}]}"#,
                trials: 9,
                measure: Measure::Median { metric: "scatterer_error" },
            },
            bound: Bound::AtMost(0.8),
            measured: 0.2621948896210942,
        },
        Claim {
            statement: "There, no symbol is wrong in at least two draws of three",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"turbo-bisvbi"}]}"#,
                trials: 9,
                measure: Measure::Share { metric: "symbol_errors", at_most: 0.0 },
            },
            bound: Bound::AtLeast(0.66),
            measured: 1.0,
        },
        Claim {
            statement: "Points that stay on the grid leave at least five times the error",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"turbo-bisvbi","moving":false},{"id":"turbo-bisvbi"}]}"#,
                trials: 9,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(5.0),
            measured: 10.274112999581225,
        },
        Claim {
            statement: "Pilots alone leave at least 1.4 times the error, 3 dB",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"turbo-bisvbi","data":false},{"id":"turbo-bisvbi"}]}"#,
                trials: 9,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.4),
            measured: 2.3871408925469657,
        },
        Claim {
            statement: "OMP on the pilots with linear detection leaves at least five times the error",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"omp-lmmse"},{"id":"turbo-bisvbi"}]}"#,
                trials: 9,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(5.0),
            measured: 18.22966797879624,
        },
        Claim {
            statement: "The inverse is of 24 entries at most; MUSIC leaves less than half of the 1152 that a grid of 24 x 24 has",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"turbo-bisvbi","max_steps":5}]}"#,
                trials: 9,
                measure: Measure::Median { metric: "entries" },
            },
            bound: Bound::AtMost(576.0),
            measured: 344.0,
        },
        Claim {
            statement: "With 16 antennas, 16 subcarriers, 3 scatterers and 10 x 10 cells, a full inverse of all that MUSIC leaves is no better than one of 24 entries after 25 rounds",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing","antennas":16,"subcarriers":16,"scatterers":3},"methods":[{"id":"turbo-bisvbi","cells":10,"max_steps":25},{"id":"turbo-bisvbi","cells":10,"inverse":{"id":"full"},"max_steps":25}]}"#,
                trials: 5,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1.0),
            measured: 0.46148267488172207,
        },
        Claim {
            statement: "At 10 dB at least nine draws of ten come below an error of 0.06, ...",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"turbo-bisvbi"}]}"#,
                trials: 12,
                measure: Measure::Share { metric: "relative_error", at_most: 0.06 },
            },
            bound: Bound::AtLeast(0.9),
            measured: 1.0,
        },
        Claim {
            statement: "... but with cells of 4 metres, whose corners are out of reach of delay and angle, no more than 0.85 of them do",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing"},"methods":[{"id":"turbo-bisvbi","cells":16}]}"#,
                trials: 12,
                measure: Measure::Share { metric: "relative_error", at_most: 0.06 },
            },
            bound: Bound::AtMost(0.85),
            measured: 0.75,
        },
        Claim {
            statement: "At -5 dB, on cells of 4 metres, the coarse stage throws away what is needed: without it the error is at least a fifth smaller",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"joint-sensing","snr_db":-5},"methods":[{"id":"turbo-bisvbi","cells":16},{"id":"turbo-bisvbi","cells":16,"coarse":false}]}"#,
                trials: 9,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.25),
            measured: 1.6659522406908942,
        },
    ],
};
