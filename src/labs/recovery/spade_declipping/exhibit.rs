//! SPADE for people.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "spade-declipping",
    n: Some(33),
    lab: "recovery",
    title: "Peaks for clipped sound",
    paper: Paper {
        authors: "Kitić, Bertin and Gribonval",
        title: "Sparsity and cosparsity for audio declipping: a flexible non-convex approach",
        year: 2015,
        link: "https://arxiv.org/abs/1506.01830",
    },
    idea: "A recording that was too loud has its peaks cut off. The cut samples are not lost altogether: each is known to reach the level at least. Of all sounds that agree with this, find one made of few frequencies, frame by frame, and allow one frequency more in each step until it fits.",
    formula: r"\min_{x,\,z} \|z\|_0 \quad \text{s.t.} \quad x \in \Gamma(y), \;\; \|A x - z\| \le \varepsilon, \qquad \Gamma(y) = \{x : x_R = y_R,\; x_H \ge \theta,\; x_L \le -\theta\}",
    consequence: "Nobody has to know how many frequencies there are: a rich frame takes many steps, a plain one few.",
    watch: &[
        Watch {
            panel: "waveform",
            text: "In *Waveform* the band ends where the sound was clipped. Frame by frame peaks grow out of it, and nothing inside it moves.",
        },
        Watch {
            panel: "spectrum",
            text: "In *Spectrum of the frame* the line sinks as more frequencies are allowed. What clipping has added lies below it at first.",
        },
        Watch {
            panel: "misfit",
            text: "*Misfit* falls when the frequencies that are held nearly make a consistent sound. The frame ends where it is 0.1.",
        },
    ],
    try_this: &[
        Try {
            link: "Clip much harder, to 1 dB.",
            question: "Most of the sound is at the level now. Who still finds its peaks?",
            patch: r#"{"problem":{"sdr":1}}"#,
        },
        Try {
            link: "Compare the models.",
            question: "One holds the spectrum of the sound sparse, two make the sound of a sparse spectrum. Which is done first, and which is best?",
            patch: r#"{"methods":[{"id":"spade-declipping"},{"id":"spade-declipping","model":"synthesis"},{"id":"spade-declipping","model":"corrected"}]}"#,
        },
        Try {
            link: "Ask for the least l1 norm instead.",
            question: "It is convex and has one answer. Why are its peaks so low, and what do weights change?",
            patch: r#"{"methods":[{"id":"spade-declipping"},{"id":"l1-declipping"},{"id":"l1-declipping","rounds":4}]}"#,
        },
        Try {
            link: "Clip white noise.",
            question: "How many frequencies does a frame take now?",
            patch: r#"{"problem":{"sound":"noise"}}"#,
        },
    ],
    breaks: "A sound that no few frequencies make, such as noise, gains next to nothing. Pitch that glides within a frame asks for a shorter one. Where clipping is mild the plain rival, consistent IHT, is nearly as good in a third of the iterations.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping"},"methods":[{"id":"spade-declipping"},{"id":"consistent-iht"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "Chords that are clipped to 3 dB come at least 8 dB nearer to the truth, in the median",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping","sdr":3,"seconds":0.2},"methods":[{"id":"spade-declipping"}]}"#,
                trials: 8,
                measure: Measure::Median { metric: "sdr_improvement" },
            },
            bound: Bound::AtLeast(8.0),
            measured: 10.1462,
        },
        Claim {
            statement: "Clipped to 1 dB, where little is left, at least 4.5 dB",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping","sdr":1,"seconds":0.2},"methods":[{"id":"spade-declipping"}]}"#,
                trials: 8,
                measure: Measure::Median { metric: "sdr_improvement" },
            },
            bound: Bound::AtLeast(4.5),
            measured: 5.8454,
        },
        Claim {
            statement: "At 3 dB it beats consistent IHT in at least nine of ten draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping","sdr":3,"seconds":0.2},"methods":[{"id":"spade-declipping"},{"id":"consistent-iht"}]}"#,
                trials: 8,
                measure: Measure::AtMost { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(0.9),
            measured: 1.0,
        },
        Claim {
            statement: "For mild clipping, at 15 dB, the rival keeps up: its median error is at most 1.6 times that of SPADE",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping","sdr":15,"seconds":0.2},"methods":[{"id":"consistent-iht"},{"id":"spade-declipping"}]}"#,
                trials: 8,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1.6),
            measured: 1.1373,
        },
        Claim {
            statement: "Synthesis takes at most 0.65 times as many iterations as analysis at 3 dB",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping","sdr":3,"seconds":0.2},"methods":[{"id":"spade-declipping","model":"synthesis"},{"id":"spade-declipping"}]}"#,
                trials: 8,
                measure: Measure::Ratio { metric: "frame_iterations", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.65),
            measured: 0.51231,
        },
        Claim {
            statement: "The corrected synthesis is at least as good as that of 2015 in at least three of four draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping","sdr":3,"seconds":0.2},"methods":[{"id":"spade-declipping","model":"corrected"},{"id":"spade-declipping","model":"synthesis"}]}"#,
                trials: 8,
                measure: Measure::AtMost { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(0.75),
            measured: 1.0,
        },
        Claim {
            statement: "The l1 norm is no substitute: it shrinks peaks, and at 5 dB gains at most 3 dB in the median",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping","sdr":5,"seconds":0.2},"methods":[{"id":"l1-declipping"}]}"#,
                trials: 8,
                measure: Measure::Median { metric: "sdr_improvement" },
            },
            bound: Bound::AtMost(3.0),
            measured: 0.83726,
        },
        Claim {
            statement: "White noise is sparse nowhere, and gains at most 2 dB in the median",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"declipping","sdr":5,"sound":"noise","seconds":0.2},"methods":[{"id":"spade-declipping"}]}"#,
                trials: 4,
                measure: Measure::Median { metric: "sdr_improvement" },
            },
            bound: Bound::AtMost(2.0),
            measured: 0.65469,
        },
    ],
};
