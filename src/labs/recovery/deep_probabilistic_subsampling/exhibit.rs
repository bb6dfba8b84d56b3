//! How deep probabilistic subsampling is shown.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

/// Frequencies against spikes: where a learned pattern leaves less than a random one.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"signals": 32},
        "methods": [{"id": "deep-probabilistic-subsampling"}, {"id": "fixed-pattern"}]
    },
    "x": {"param": "problem.budget", "from": 8, "to": 32, "steps": 7},
    "y": {"param": "problem.scene.sparsity", "from": 1, "to": 7, "steps": 7},
    "metric": {"median": "relative_error"},
    "trials": 2
}"#;

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "deep-probabilistic-subsampling",
    n: Some(51),
    lab: "recovery",
    title: "Learning where to measure",
    paper: Paper {
        authors: "Huijben, Veeling, Janse, Mischi and van Sloun",
        title: "Learning Sub-Sampling and Signal Recovery with Applications in Ultrasound Imaging",
        year: 2020,
        link: "https://arxiv.org/abs/1908.05764",
    },
    idea: "Of 64 frequencies 16 may be measured, the same ones for every signal of a kind. Give each frequency a logit, add Gumbel noise, measure the 16 largest, and let a network of eight thresholding steps recover the signal. Choosing has no derivative, so on the way back a softmax with the same noise stands in for it, and pattern and network learn together.",
    formula: r"S = \operatorname{top}_m(\phi + G), \qquad \frac{\partial S}{\partial \phi} \approx \frac{\partial}{\partial \phi} \sum_{j \le m} \operatorname{softmax}_{\setminus S_{j-1}} \Big(\frac{\phi + G}{\tau}\Big)",
    consequence: "Signals are real, so frequencies n and N - n tell the same. Nobody says so, but the learned pattern comes to hold no such pair: none of its 16 frequencies is spent on what another one has told.",
    watch: &[
        Watch {
            panel: "history",
            text: "*Pattern by batch* is the support picture: a column is a frequency. It is restless at first; of two columns n and 64 - n at least one is empty in the end.",
        },
        Watch {
            panel: "logits",
            text: "*Logits* spread out from nearly nothing. The 16 highest are the pattern, and each draw measures others with them.",
        },
        Watch {
            panel: "entropy",
            text: "*Entropy of each choice* falls as logits spread. Training still draws other patterns now and then; errors are told for the one that would be used.",
        },
    ],
    try_this: &[
        Try {
            link: "Give each choice logits of its own.",
            question: "Where do the choices settle, and what does the entropy's weight do to them?",
            patch: r#"{"methods":[{"id":"deep-probabilistic-subsampling","sampler":"top-1"},{"id":"deep-probabilistic-subsampling","sampler":"top-1","entropy":0},{"id":"deep-probabilistic-subsampling"}]}"#,
        },
        Try {
            link: "Measure drawings instead of spikes.",
            question: "How far out are learned frequencies, and which of each pair across the middle is there?",
            patch: r#"{"problem":{"scene":{"id":"drawing","side":16,"length":null,"sparsity":null},"budget":64},"methods":[{"id":"deep-probabilistic-subsampling","batches":300,"batch":16,"rate":0.03},{"id":"fixed-pattern","batches":300,"batch":16,"rate":0.03},{"id":"fixed-pattern","pattern":"low-pass","batches":300,"batch":16,"rate":0.03},{"id":"fixed-pattern","pattern":"variable-density","batches":300,"batch":16,"rate":0.03}]}"#,
        },
        Try {
            link: "Set LOUPE beside it.",
            question: "Its masks are soft in training. What does that do to a network that is used with hard ones?",
            patch: r#"{"methods":[{"id":"deep-probabilistic-subsampling"},{"id":"loupe"}]}"#,
        },
        Try {
            link: "Train nothing: FISTA on a random pattern.",
            question: "After how many steps is it where eight trained ones are?",
            patch: r#"{"methods":[{"id":"deep-probabilistic-subsampling"},{"id":"fixed-pattern"},{"id":"fixed-pattern-fista","max_steps":8},{"id":"fixed-pattern-fista"}]}"#,
        },
    ],
    breaks: "A network that learns from patterns which still change is made for none of them: in one draw of five a random pattern that is held still does better, and with batches half as large it does as well in the median. Logits that learn at a fifth of the rate find little, and an entropy that weighs ten times as much makes top-1 decide before it knows. And eight folds are few: six hundred steps of FISTA, untrained and on a random pattern, end as low.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"sampling-design"},"methods":[{"id":"deep-probabilistic-subsampling"},{"id":"fixed-pattern"},{"id":"fixed-pattern","pattern":"low-pass"},{"id":"fixed-pattern","pattern":"variable-density"}]}"#,
    sweep: Some(SWEEP),
    claims: &[
        Claim {
            statement: "Of 64 frequencies 16 that are learned leave at most seven tenths of the error that 16 random ones leave, in the median, with the same network trained for either",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"sampling-design"},"methods":[{"id":"deep-probabilistic-subsampling"},{"id":"fixed-pattern"}]}"#,
                trials: 5,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.7),
            measured: 0.4216622596916913,
        },
        Claim {
            statement: "Sixteen that are learned leave at most a tenth of what the sixteen lowest ones leave",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"sampling-design"},"methods":[{"id":"deep-probabilistic-subsampling"},{"id":"fixed-pattern","pattern":"low-pass"}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.1),
            measured: 0.050636058549157696,
        },
        Claim {
            statement: "Evenly spaced frequencies cannot tell shifts of a spike apart: whatever the network, they leave at least four fifths of the signal",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"sampling-design"},"methods":[{"id":"fixed-pattern","pattern":"uniform","batches":100}]}"#,
                trials: 3,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtLeast(0.8),
            measured: 0.8698734115663244,
        },
        Claim {
            statement: "The learned pattern holds no pair of frequencies that mirror each other, in four of five draws at least",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"sampling-design","signals":1},"methods":[{"id":"deep-probabilistic-subsampling"}]}"#,
                trials: 5,
                measure: Measure::Share { metric: "mirrored_pairs", at_most: 0.0 },
            },
            bound: Bound::AtLeast(0.8),
            measured: 1.0,
        },
        Claim {
            statement: "A random pattern holds one or two such pairs, in the median",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"sampling-design","signals":1},"methods":[{"id":"fixed-pattern","batches":1,"batch":1}]}"#,
                trials: 60,
                measure: Measure::Median { metric: "mirrored_pairs" },
            },
            bound: Bound::Within(1.0, 2.0),
            measured: 2.0,
        },
        Claim {
            statement: "On the same random pattern eight trained folds leave at most three tenths of the error that eight steps of FISTA leave",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"sampling-design"},"methods":[{"id":"fixed-pattern"},{"id":"fixed-pattern-fista","max_steps":8}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.3),
            measured: 0.17259863275502405,
        },
        Claim {
            statement: "A quarter of the frequencies of drawings, learned, leaves at most seven tenths of the error that mostly low ones leave",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"sampling-design","scene":{"id":"drawing","side":16},"budget":64,"signals":16},"methods":[{"id":"deep-probabilistic-subsampling","batches":300,"batch":16,"rate":0.03},{"id":"fixed-pattern","pattern":"variable-density","batches":300,"batch":16,"rate":0.03}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.7),
            measured: 0.42983620160936337,
        },
    ],
};
