//! Sparse Bayesian learning of arrays whose support is a product.
//!
//! ```text
//! gamma = the same for all, s2 = |y|^2 / (10 m)
//! repeat
//!     x, S  = posterior means and variances under gamma = gamma_1 (x) ... (x) gamma_I
//!     d     = |x|^2 + diag S
//!     gamma = argmin sum_n log gamma_n + d_n / gamma_n over such products          am
//!           = the best rank-one approximation of d, unfolded, index by index       svd
//!           = as am, with neighbours coupled along blocks                          pattern-coupled
//!     s2    = (|y - A x|^2 + s2 sum_n (1 - S_nn / gamma_n)) / m, unless s2 is given
//!     drop values of an index with gamma_i below `prune` of its largest
//! until |d gamma| <= tolerance |gamma|
//! ```
//!
//! Plain SBL gives each of n entries a variance; here n_1 + ... + n_I numbers are learned, which leaves fewer wrong
//! minima. The posterior costs one small eigenvalue problem an index ([`super::kronecker_evidence`]), and an update O(n) a
//! cycle ([`super::kronecker_updates`]). AM with one cycle is the older method KSBL. It never raises
//! `log det C + y^* C^{-1} y` while s2 stands still; SVD is no minimiser of the M-step's cost but agrees with it where d is
//! a product. The pattern-coupled rule couples `gamma_i = C w_i + 1e-5` along indices whose support is one block.
//!
//! He and Joseph, "Bayesian algorithms for Kronecker-structured sparse vector recovery with application to IRS-MIMO channel
//! estimation" (2023): AM- and SVD-KroSBL, and PC-KroSBL.

use super::kronecker::KroneckerInstance;
use super::kronecker_evidence::{outer, posterior};
use super::kronecker_updates::{alternate, alternate_coupled, by_rank_one, change, prune};
use crate::contract::{
    Axis, Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel,
    Paper, Run, Status, Trace, Try, TypedMethod, Values, Watch,
};
use crate::kernels::{Scalar, norm};
use crate::operators::LinearOperator;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Least noise variance, relative to `|y|^2 / m`.
const LEAST_NOISE: f64 = 1e-12;

/// Noise variance at the start, in the same units.
const FIRST_NOISE: f64 = 0.1;

/// Below this fraction of the largest of its factor a variance is dropped: by alternating updates, which move it slowly
/// as every value in use holds the others where they are, and by singular vectors.
const PRUNE: (f64, f64) = (1e-2, 1e-3);

/// Where a cycle that changes the product by less ends the update.
const SETTLED: f64 = 1e-5;

/// How the factors of the prior variances move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Update {
    /// The best rank-one approximation of the expected squares: few steps.
    #[default]
    #[schemars(extend("x-label" = "SVD"))]
    Svd,
    /// Alternating minimisation over one index after the other: steady and slow.
    #[schemars(extend("x-label" = "alternating"))]
    Am,
    /// Alternating, with neighbours coupled along indices that are known to have blocks.
    PatternCoupled,
}

impl Update {
    /// Below which fraction of the largest a variance is dropped.
    fn least(self) -> f64 {
        if self == Update::Svd { PRUNE.1 } else { PRUNE.0 }
    }
}

/// Parameters of Kronecker-structured sparse Bayesian learning.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct KroneckerSbl {
    /// How the factors of the prior variances move.
    pub update: Update,
    /// Most cycles over all indices in an alternating update; 1 makes it KSBL.
    #[schemars(range(min = 1, max = 100), extend("x-scale" = "log"))]
    pub cycles: usize,
    /// How strongly neighbours are coupled, where they are.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.05))]
    pub coupling: f64,
    /// Noise variance of a measurement; learned where it is left out. Never less than 1e-12 of |y|^2 / m.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub noise_variance: Option<f64>,
    /// Stop when an update changes the prior variances by less than this fraction of them.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 10000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for KroneckerSbl {
    fn default() -> Self {
        Self {
            update: Update::default(),
            cycles: 50,
            coupling: 0.5,
            noise_variance: None,
            tolerance: 1e-4,
            max_steps: 150,
        }
    }
}

impl TypedMethod for KroneckerSbl {
    type Instance = KroneckerInstance;

    const CARD: MethodCard = MethodCard {
        id: "kronecker-sbl",
        lab: "recovery",
        problem: "kronecker",
        title: "Kronecker-structured sparse Bayesian learning",
        short: "KroSBL",
        sentence: "with {update} updates",
        line: "SBL whose variances are a product, one factor an index",
        cost: "two products with A and a small eigenvalue problem an index",
        when: "the support is a product of supports and A is a product of matrices",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<KroneckerInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Learning::new(self.clone(), instance.clone())))
    }
}

/// A run of KroSBL.
struct Learning {
    settings: KroneckerSbl,
    instance: Arc<KroneckerInstance>,
    /// The factors of the prior variances.
    gammas: Vec<Vec<f64>>,
    noise: f64,
    /// `|y|^2 / m`.
    mean_square: f64,
    objective: f64,
    /// Share of d that is one product, where the update tells.
    rank_one: f64,
    estimate: Vec<Complex64>,
    residual: Vec<Complex64>,
    support: Vec<usize>,
    dropped: Vec<usize>,
    products: f64,
}

impl Learning {
    fn new(settings: KroneckerSbl, instance: Arc<KroneckerInstance>) -> Self {
        let mean_square = Complex64::norm_squared(&instance.measurements) / instance.rows() as f64;
        // As much prior variance as explains y, the same for all entries.
        let lengths = instance.operator.column_norms();
        let energy = lengths.iter().map(|length| length * length).sum::<f64>();
        let each = if energy > 0.0 { mean_square * instance.rows() as f64 / energy } else { 0.0 };
        let mut gammas: Vec<Vec<f64>> = instance.sizes().iter().map(|&n| vec![1.0 / (n as f64).sqrt(); n]).collect();
        let [.., last] = instance.sizes();
        gammas[2] = vec![each * ((instance.cols() / last) as f64).sqrt(); last];
        let told = settings.noise_variance.unwrap_or(FIRST_NOISE * mean_square);
        Self {
            noise: told.max(LEAST_NOISE * mean_square),
            gammas,
            mean_square,
            objective: 0.0,
            rank_one: 1.0,
            estimate: vec![Complex64::default(); instance.cols()],
            residual: instance.measurements.clone(),
            support: (0..instance.cols()).collect(),
            dropped: Vec::new(),
            products: 0.0,
            settings,
            instance,
        }
    }

    /// Means and expected squares; the noise is learned on the way.
    fn expect(&mut self) -> Vec<f64> {
        let Self { instance, gammas, noise, .. } = self;
        let seen = posterior(&instance.operator, &instance.measurements, gammas, *noise);
        self.objective = seen.objective;
        self.residual = instance.residual(&seen.means);
        self.products += 3.0;
        if self.settings.noise_variance.is_none() {
            let share = |(gamma, variance): (f64, &f64)| if gamma > 0.0 { 1.0 - variance / gamma } else { 0.0 };
            let determined: f64 = outer(gammas).into_iter().zip(&seen.variances).map(share).sum();
            let next = (Complex64::norm_squared(&self.residual) + *noise * determined) / self.residual.len() as f64;
            self.noise = next.max(LEAST_NOISE * self.mean_square);
        }
        let squares = seen.means.iter().zip(&seen.variances).map(|(x, variance)| x.abs_squared() + variance);
        let squares = squares.collect();
        self.estimate = seen.means;
        squares
    }

    /// Moves the prior variances; returns their relative change.
    fn update(&mut self, squares: &[f64]) -> f64 {
        let before = outer(&self.gammas);
        match self.settings.update {
            Update::Svd => self.rank_one = by_rank_one(squares, &mut self.gammas),
            Update::Am => self.cycle(|gammas| alternate(squares, gammas)),
            Update::PatternCoupled => {
                let (blocky, coupling) = (self.instance.blocky, self.settings.coupling);
                self.cycle(|gammas| alternate_coupled(squares, gammas, &blocky, coupling));
            }
        }
        prune(&mut self.gammas, self.settings.update.least());
        let after = outer(&self.gammas);
        let active = |&n: &usize| after[n] > 0.0;
        self.dropped = self.support.iter().copied().filter(|n| !active(n)).collect();
        self.support.retain(active);
        change(&before, &after)
    }

    fn cycle(&mut self, mut once: impl FnMut(&mut [Vec<f64>]) -> f64) {
        for _ in 0..self.settings.cycles {
            if once(&mut self.gammas) < SETTLED {
                break;
            }
        }
    }
}

impl Run for Learning {
    fn step(&mut self) -> Status {
        self.dropped.clear();
        if self.mean_square == 0.0 || self.gammas.iter().any(|gamma| gamma.iter().all(|&g| g <= 0.0)) {
            self.estimate.fill(Complex64::default());
            return Status::Converged("nothing is left that explains the measurements".into());
        }
        let squares = self.expect();
        if !squares.iter().all(|d| d.is_finite()) {
            return Status::Failed("the posterior is not finite; set noise_variance, or raise it".into());
        }
        if self.update(&squares) <= self.settings.tolerance {
            Status::Converged(format!("prior variances change by less than {:e} of them", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let shown: Vec<f64> = self.gammas.iter().flat_map(|gamma| relative(gamma)).collect();
        let panel = Panel {
            id: "looks-at",
            title: "Factors of the prior variances",
            caption: "$\\gamma_1$, $\\gamma_2$, $\\gamma_3$ one after the other, each in units of its largest; what falls below the line is dropped",
            kind: Kind::Bars,
            shape: (1, shown.len()),
            values: Values::give(shown),
            x: Axis::plain("index"),
            y: Axis::plain("variance"),
            marks: vec![Mark::Threshold { value: self.settings.update.least() }],
            table: None,
        };
        let size = norm(&self.instance.measurements);
        let relative_residual = if size > 0.0 { norm(&self.residual) / size } else { 0.0 };
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: relative_residual },
                Trace { name: "objective", value: self.objective },
                Trace { name: "noise_variance", value: self.noise },
                Trace { name: "rank_one", value: self.rank_one },
            ],
            panels: vec![panel],
            events: self.dropped.iter().map(|&index| Event::Drop { index }).collect(),
            products: self.products,
        }
    }
}

/// In units of the largest.
fn relative(gamma: &[f64]) -> Vec<f64> {
    let most = gamma.iter().fold(0.0_f64, |most, &g| most.max(g));
    gamma.iter().map(|g| if most > 0.0 { g / most } else { 0.0 }).collect()
}

static EXHIBIT: Exhibit = Exhibit {
    id: "kronecker-sbl",
    n: Some(3),
    lab: "recovery",
    title: "Kronecker-structured sparse Bayesian learning",
    paper: Paper {
        authors: "He and Joseph",
        title: "Bayesian Algorithms for Kronecker-structured Sparse Vector Recovery With Application to IRS-MIMO Channel Estimation",
        year: 2023,
        link: "https://arxiv.org/abs/2307.14719",
    },
    idea: "An array is measured along each of its indices, and few values of each index matter. Give every value of an index one variance, and every entry the product of its three. Far fewer numbers are learned, and far fewer ways are left to be wrong.",
    formula: r"x \sim \mathcal{CN}\big(0,\ \mathrm{diag}(\gamma_1 \otimes \gamma_2 \otimes \gamma_3)\big), \qquad y = (A_1 \otimes A_2 \otimes A_3)\,x + e",
    consequence: "The covariance of the measurements is diagonal in a product of small bases, so a step costs three small eigenvalue problems. Projecting all expected squares on a product at once, by singular vectors, takes far fewer steps than one index after the other.",
    watch: &[
        Watch {
            panel: "paths",
            text: "Rays in *Angles and paths* are as long as what goes along them. Those that do not end in a ring fade.",
        },
        Watch {
            panel: "looks-at",
            text: "Three rows of bars in *Factors of the prior variances*, one an index. When one falls, a whole slice of the array goes.",
        },
        Watch {
            panel: "marginals",
            text: "*Along each index*: what is wanted and what is reached, index after index.",
        },
    ],
    try_this: &[
        Try {
            link: "Take the alternating update, and one cycle of it.",
            question: "It lowers the cost as far as it goes, one index at a time. Why is it slower?",
            patch: r#"{"methods":[{"id":"kronecker-sbl"},{"id":"kronecker-sbl","update":"am"},{"id":"kronecker-sbl","update":"am","cycles":1}]}"#,
        },
        Try {
            link: "Set plain SBL beside it, on a small cube.",
            question: "216 variances in place of 18. What do they light up?",
            patch: r#"{"problem":{"scene":{"id":"cube","angles":null,"antennas":null,"settings":null,"pilots":null,"side":6,"first":3,"second":4,"third":5}},"methods":[{"id":"kronecker-sbl"},{"id":"unstructured-sbl","max_steps":60}]}"#,
        },
        Try {
            link: "Couple neighbouring angles.",
            question: "Clusters are three angles wide. Does knowing that they are blocks help the product?",
            patch: r#"{"methods":[{"id":"kronecker-sbl"},{"id":"kronecker-sbl","update":"pattern-coupled"}]}"#,
        },
        Try {
            link: "Take 3 settings of the surface instead of 5.",
            question: "Three numbers for ten angles. Which of the three arrays loses its way first?",
            patch: r#"{"problem":{"scene":{"settings":3}}}"#,
        },
    ],
    breaks: "The support must be a product: a few entries that lie off it are lost or light up whole slices. With too many values an index all methods fail at once. Alternating updates with a learned noise may not be done within their steps, and coupled ones smear the edges of a cluster.",
    spec: r#"{"v":1,"seed":3,"problem":{"id":"kronecker","scene":{"id":"link","angles":10,"antennas":8,"settings":5,"pilots":4},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"kronecker-sbl"},{"id":"kronecker-omp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "On a channel of 10 angles an array, 160 measurements for 1000 unknowns and 20 dB, the SVD update leaves an error of at most 0.06",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"kronecker","scene":{"id":"link","angles":10,"antennas":8,"settings":5,"pilots":4},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"kronecker-sbl"}]}"#,
                trials: 20,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtMost(0.06),
            measured: 0.039471,
        },
        Claim {
            statement: "There, at least nine tenths of all places that are true or found are both, in the median",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"kronecker","scene":{"id":"link","angles":10,"antennas":8,"settings":5,"pilots":4},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"kronecker-sbl"}]}"#,
                trials: 20,
                measure: Measure::Median { metric: "support_overlap" },
            },
            bound: Bound::AtLeast(0.9),
            measured: 1.0,
        },
        Claim {
            statement: "There, Kronecker-OMP leaves five times the error or more",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"kronecker","scene":{"id":"link","angles":10,"antennas":8,"settings":5,"pilots":4},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"kronecker-sbl"},{"id":"kronecker-omp"}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.2),
            measured: 0.063243,
        },
        Claim {
            statement: "At 10 dB the alternating update with a learned noise, after 150 steps, leaves twice the error or more",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"kronecker","scene":{"id":"link","angles":10,"antennas":8,"settings":5,"pilots":4},"noise":{"id":"gaussian","snr_db":10}},"methods":[{"id":"kronecker-sbl"},{"id":"kronecker-sbl","update":"am"}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.5),
            measured: 0.29628,
        },
        Claim {
            statement: "Coupling neighbours does not pay here, although clusters are blocks: at 20 dB it leaves more error than the SVD update",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"kronecker","scene":{"id":"link","angles":10,"antennas":8,"settings":5,"pilots":4},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"kronecker-sbl","update":"pattern-coupled"},{"id":"kronecker-sbl"}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.2),
            measured: 3.5874,
        },
        Claim {
            statement: "On a cube of side 10 with 2 values of each index, 5 x 7 x 8 measurements and 20 dB, the SVD update takes less than a third of the steps of the alternating one",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"kronecker","scene":{"id":"cube"},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"kronecker-sbl"},{"id":"kronecker-sbl","update":"am"}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.33),
            measured: 0.10638,
        },
        Claim {
            statement: "On a cube of side 6 with 3 x 4 x 5 measurements, it leaves less than 0.4 of the error of plain SBL after 60 steps",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"kronecker","scene":{"id":"cube","side":6,"first":3,"second":4,"third":5},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"kronecker-sbl"},{"id":"unstructured-sbl","max_steps":60}]}"#,
                trials: 8,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.4),
            measured: 0.16929,
        },
        Claim {
            statement: "With 6 of 10 values of each index, 216 entries for 280 measurements, the product no longer helps: the error is 0.4 at least",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"kronecker","scene":{"id":"cube","sparsity":6},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"kronecker-sbl"}]}"#,
                trials: 20,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtLeast(0.4),
            measured: 0.53946,
        },
    ],
};
