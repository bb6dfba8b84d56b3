//! DiffusionMBIR for people.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "diffusion-mbir",
    n: Some(38),
    lab: "imaging",
    title: "Volumes from a prior over slices",
    paper: Paper {
        authors: "Chung, Ryu, McCann, Klasky and Ye",
        title: "Solving 3D Inverse Problems using Pre-trained 2D Diffusion Models",
        year: 2023,
        link: "https://arxiv.org/abs/2211.10655",
    },
    idea: "A prior over volumes would have to be learned from many volumes. One over slices is learned from few, since each has many slices. Clean all slices of a volume together, from pure noise downwards, and let the measurements and the total variation across slices speak at every noise level.",
    formula: r"x \leftarrow \text{denoise}_{\sigma_i}(x) \ \text{slice by slice}, \qquad x \leftarrow \arg\min_x \tfrac12 \|A x - y\|^2 + \lambda \|D_z x\|_1",
    consequence: "The prior knows slices and nothing between them; total variation knows the one direction that the prior cannot see. Neither has seen a volume.",
    watch: &[
        Watch {
            panel: "estimate",
            text: "The second and third picture in *Estimate*, which cut through all slices. Without total variation they have stripes.",
        },
        Watch {
            panel: "flicker",
            text: "*From slice to slice*: noise first, and in the end as much change as there truly is.",
        },
        Watch {
            panel: "denoised",
            text: "What the prior already sees behind the noise in *Denoised*: first the mean of all bodies, then this one.",
        },
    ],
    try_this: &[
        Try {
            link: "Leave every slice to itself.",
            question: "Which of the three cuts shows the difference, and why not the first?",
            patch: r#"{"methods":[{"id":"diffusion-mbir"},{"id":"slice-wise-score"}]}"#,
        },
        Try {
            link: "See through two views only.",
            question: "What does total variation alone make of them? And what does the prior make up?",
            patch: r#"{"problem":{"scanner":{"id":"ct","views":2}},"methods":[{"id":"diffusion-mbir"},{"id":"slice-wise-score"},{"id":"admm-tv"},{"id":"filtered-back-projection"}]}"#,
        },
        Try {
            link: "Look from one side.",
            question: "Views over 90 degrees see some edges and miss others. Who misses them?",
            patch: r#"{"problem":{"scanner":{"id":"ct","views":30,"arc":90}},"methods":[{"id":"diffusion-mbir"},{"id":"slice-wise-score"},{"id":"admm-tv"}]}"#,
        },
        Try {
            link: "Show it boxes.",
            question: "The prior has seen bodies. What does it put between the views, and who is better now?",
            patch: r#"{"problem":{"scene":"boxes"},"methods":[{"id":"diffusion-mbir"},{"id":"admm-tv"}]}"#,
        },
    ],
    breaks: "Where the volume is none of those that the prior has learned, few views are filled with what it knows, and total variation alone is better. A penalty ten times as large flattens the change from slice to slice, and with 16 thick slices or two views this one already does. Lines of k-space want a tenth of it.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes"},"methods":[{"id":"diffusion-mbir"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "Eight views of 32 x 32 x 32 voxels give a median PSNR of at least 31.4 dB",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes"},"methods":[{"id":"diffusion-mbir"}]}"#,
                trials: 2,
                measure: Measure::Median { metric: "psnr" },
            },
            bound: Bound::AtLeast(31.4),
            measured: 32.61439,
        },
        Claim {
            statement: "Total variation alone leaves there at least 1.4 times the error",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes"},"methods":[{"id":"admm-tv"},{"id":"diffusion-mbir"}]}"#,
                trials: 2,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.4),
            measured: 1.54804,
        },
        Claim {
            statement: "The same prior without total variation leaves at least 1.15 times the error, on 16 slices",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes","slices":16},"methods":[{"id":"slice-wise-score"},{"id":"diffusion-mbir"}]}"#,
                trials: 2,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.15),
            measured: 1.32238,
        },
        Claim {
            statement: "With two views total variation alone leaves at least 1.7 times the error",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes","scanner":{"id":"ct","views":2}},"methods":[{"id":"admm-tv"},{"id":"diffusion-mbir"}]}"#,
                trials: 2,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.7),
            measured: 2.07273,
        },
        Claim {
            statement: "From slice to slice the volume changes 0.95 to 1.15 times as much as the true one, ...",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes"},"methods":[{"id":"diffusion-mbir"}]}"#,
                trials: 2,
                measure: Measure::Median { metric: "roughness" },
            },
            bound: Bound::Within(0.95, 1.15),
            measured: 1.07853,
        },
        Claim {
            statement: "... and without total variation at least 1.4 times",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes"},"methods":[{"id":"slice-wise-score"}]}"#,
                trials: 2,
                measure: Measure::Median { metric: "roughness" },
            },
            bound: Bound::AtLeast(1.4),
            measured: 1.56157,
        },
        Claim {
            statement: "Half the noise levels cost at most 1.5 dB: the error grows by at most 1.19",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes","slices":16},"methods":[{"id":"diffusion-mbir","steps":50},{"id":"diffusion-mbir"}]}"#,
                trials: 2,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1.19),
            measured: 1.04001,
        },
        Claim {
            statement: "With two views and a rho of 0.05, differences that still hold the last level's noise end the run at no more than 13 dB",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes","slices":16,"scanner":{"id":"ct","views":2}},"methods":[{"id":"diffusion-mbir","rho":0.05,"variant":{"id":"fast","refresh":false}}]}"#,
                trials: 2,
                measure: Measure::Median { metric: "psnr" },
            },
            bound: Bound::AtMost(13.0),
            measured: 5.27864,
        },
        Claim {
            statement: "Views over 90 degrees only leave total variation alone at least twice the error",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes","slices":16,"scanner":{"id":"ct","views":30,"arc":90}},"methods":[{"id":"admm-tv"},{"id":"diffusion-mbir"}]}"#,
                trials: 2,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(2.0),
            measured: 2.81342,
        },
    ],
};
