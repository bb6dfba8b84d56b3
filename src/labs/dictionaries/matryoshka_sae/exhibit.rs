//! How the Matryoshka autoencoder is shown.

use crate::contract::{Bound, Claim, Exhibit, Experiment, Measure, Paper, Try, Watch};

pub(super) static EXHIBIT: Exhibit = Exhibit {
    id: "matryoshka-sae",
    n: Some(99),
    lab: "dictionaries",
    title: "Nested dictionaries",
    paper: Paper {
        authors: "Bussmann, Nabeshima, Karvonen and Nanda",
        title: "Learning Multi-Level Features with Matryoshka Sparse Autoencoders",
        year: 2025,
        link: "https://arxiv.org/abs/2503.17547",
    },
    idea: "A sparse autoencoder saves activations where it can. An owl is always a bird, so one latent for owls with the bird in it does the work of two, and the latent for birds falls silent: it is absorbed. Nest the dictionaries: the first few latents have to reconstruct every input by themselves, then the first ten, then all. A latent that comes first cannot leave its work to one that is not there yet.",
    formula: r"\mathcal L = \frac 1 {G+1} \sum_{i=0}^{G} \Big\| x - b - \sum_{j \le m_i} a_j e_j \Big\|^2, \qquad 0 = m_0 < m_1 < \dots < m_G = m",
    consequence: "A latent of group s hears of all residuals from s on, and of none before. So early latents are for what all inputs share, late ones for what is left.",
    watch: &[
        Watch {
            panel: "activations",
            text: "Rows of *Activations* are features, tree by tree, and would be those of *Features*. BatchTopK leaves holes in a parent's row where a child is active: it is absorbed. Nested groups fill them.",
        },
        Watch {
            panel: "cosines",
            text: "*Cosines* of latents and features. With nested groups the first ten latents have the parents, to the left, and the last ten nearly all children, to the right. With one group anything stands anywhere, and children's rows have their parents in them.",
        },
        Watch {
            panel: "prefixes",
            text: "*Explained by a prefix* rises early: five latents have two fifths of the variance, where five of the plain autoencoder have next to nothing. But the plain one ends at the top, and the nested one does not.",
        },
    ],
    try_this: &[
        Try {
            link: "Draw prefixes anew for each batch.",
            question: "Latents now stand by what they carry. Which come first?",
            patch: r#"{"methods":[{"id":"matryoshka-sae"},{"id":"random-prefix-sae"}]}"#,
        },
        Try {
            link: "Set small autoencoders beside it, of 5 and of 10 latents.",
            question: "What do they explain that the nested prefixes of 5 and 10 do not?",
            patch: r#"{"methods":[{"id":"matryoshka-sae"},{"id":"batch-topk-sae","latents":5},{"id":"batch-topk-sae","latents":10}]}"#,
        },
        Try {
            link: "Give it 40 latents for the 20 features.",
            question: "The first group has room for children now. Where are the holes, and do five groups mend them?",
            patch: r#"{"methods":[{"id":"matryoshka-sae","latents":40},{"id":"matryoshka-sae","latents":40,"groups":5}]}"#,
        },
        Try {
            link: "Choose by threshold or by input.",
            question: "TopK has to spend two activations on every input. What does it do with the second where there is one feature?",
            patch: r#"{"methods":[{"id":"batch-topk-sae"},{"id":"topk-sae"},{"id":"jumprelu-sae"}]}"#,
        },
    ],
    breaks: "A first group with room for children lets them absorb again: with 40 latents a fifth of the parents' inputs is lost in three groups, and hardly any in five. Two latents for three parents are no harm here, since the second group makes up for it. Nothing is free: nested groups explain 97 % of the variance where BatchTopK has 99, and a prefix of five explains less than a dictionary of five that was trained for itself, 0.41 against 0.53. In one draw of eight a parent is absorbed nearly whole all the same.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"matryoshka-sae"},{"id":"batch-topk-sae"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "A plain BatchTopK autoencoder with as many latents as there are features leaves a parent's latent silent in at least two fifths of the inputs with a child of it, in the median of five draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"batch-topk-sae"}]}"#,
                trials: 5,
                measure: Measure::Median { metric: "absorption" },
            },
            bound: Bound::AtLeast(0.4),
            measured: 0.5902255639097744,
        },
        Claim {
            statement: "With groups of 5, 5 and 10 latents it is at most 0.15 of them",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"matryoshka-sae"}]}"#,
                trials: 5,
                measure: Measure::Median { metric: "absorption" },
            },
            bound: Bound::AtMost(0.15),
            measured: 0.0,
        },
        Claim {
            statement: "In four draws of five at least, nested groups absorb no more than BatchTopK does",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"matryoshka-sae"},{"id":"batch-topk-sae"}]}"#,
                trials: 5,
                measure: Measure::AtMost { metric: "absorption", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(0.8),
            measured: 1.0,
        },
        Claim {
            statement: "The rows of BatchTopK's children have their parents in them: a mean cosine of at least 0.15",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"batch-topk-sae"}]}"#,
                trials: 5,
                measure: Measure::Median { metric: "kinship" },
            },
            bound: Bound::AtLeast(0.15),
            measured: 0.34671733551015094,
        },
        Claim {
            statement: "With nested groups it is at most 0.1",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"matryoshka-sae"}]}"#,
                trials: 5,
                measure: Measure::Median { metric: "kinship" },
            },
            bound: Bound::AtMost(0.1),
            measured: 0.014423171426324467,
        },
        Claim {
            statement: "The price: nested groups explain 94 to 98.5 % of the variance",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"matryoshka-sae"}]}"#,
                trials: 5,
                measure: Measure::Median { metric: "fve" },
            },
            bound: Bound::Within(0.94, 0.985),
            measured: 0.9713397042009705,
        },
        Claim {
            statement: "BatchTopK explains at least 98.5 % of it",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"batch-topk-sae"}]}"#,
                trials: 5,
                measure: Measure::Median { metric: "fve" },
            },
            bound: Bound::AtLeast(0.985),
            measured: 0.9897126267140713,
        },
        Claim {
            statement: "Prefixes that are drawn anew for each batch come to as little absorption, with no sizes of groups to choose",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"random-prefix-sae"}]}"#,
                trials: 5,
                measure: Measure::Median { metric: "absorption" },
            },
            bound: Bound::AtMost(0.15),
            measured: 0.0,
        },
        Claim {
            statement: "They find at least 17 of the 20 features",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"seed":1,"problem":{"id":"features"},"methods":[{"id":"random-prefix-sae"}]}"#,
                trials: 5,
                measure: Measure::Median { metric: "recovered" },
            },
            bound: Bound::AtLeast(0.85),
            measured: 1.0,
        },
    ],
};
