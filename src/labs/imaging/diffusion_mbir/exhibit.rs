//! DiffusionMBIR for people.

use crate::contract::{Exhibit, Paper};

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
    idea: "",
    formula: r"",
    consequence: "",
    watch: &[],
    try_this: &[],
    breaks: "",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"volumes"},"methods":[{"id":"diffusion-mbir"}]}"#,
    sweep: None,
    claims: &[],
};
