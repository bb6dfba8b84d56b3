//! What a problem with a certified answer is, and the numbers behind it.

use crate::certificate::Certificate;
use nalgebra::{DMatrix, DVector};
use num_complex::Complex64;
use pursuit::contract::{Instance, NoFiles, Spec};
use pursuit::kernels::Scalar;
use pursuit::labs::recovery::linear::{LinearInstance, Recovery};
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Arc;

/// Which answer is asked for, and when it is reached.
#[derive(Clone, Copy, PartialEq)]
pub enum Question {
    /// The truth, within 1 % of its norm.
    Truth,
    /// Any `x` with `A x = y` and the least l1 norm, both within 1 %; there are several.
    LeastL1,
    /// The minimum of `1/2 |y - A x|^2 + lambda |x|_1`, within 1e-6 of `1/2 |y|^2`.
    Lasso(f64),
    /// The least residual that k columns leave, within 1e-6 of it.
    BestSubset(usize),
}

/// Why a method is not expected to reach an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Columns so close to each other, or spikes so many, that nothing promises that picks or thresholds are right.
    Coherence,
    /// More spikes than the least l1 norm can tell.
    AboveL1,
    /// Message passing is for large matrices with independent entries.
    Independent,
    /// Another question is asked than the one that the method answers.
    Question,
    /// The objective has many minima, and which one is met is not known beforehand.
    Minima,
    /// Too many steps for the method's default.
    Slow,
    /// Entries of short columns count for more in the objective than those of long ones.
    Scale,
    /// The squares of such numbers leave the range of doubles.
    Range,
    /// The method learns the size of a noise that is not there, and shrinks entries by it or creeps as it vanishes.
    Noise,
    /// Two entries tie, so that no threshold keeps the one and drops the other.
    Tie,
    /// Too few measurements for a rule that is made for many.
    Small,
    /// The tree of subsets is too large for the steps that the test allows.
    Tree,
}

impl Reason {
    pub const ALL: [(Reason, &'static str, &'static str); 12] = [
        (Reason::Coherence, "c", "nothing promises picks or thresholds for so close columns or so many spikes"),
        (Reason::AboveL1, "l", "more spikes than the least l1 norm can tell"),
        (Reason::Independent, "i", "message passing is for large matrices with independent entries"),
        (Reason::Question, "q", "another question is asked than the one that the method answers"),
        (Reason::Minima, "m", "many minima, and which one is met is not known beforehand"),
        (Reason::Slow, "s", "more steps than its default allows, or a stop before the answer is near enough"),
        (Reason::Scale, "u", "columns of uneven length: entries of short ones count for more in the objective"),
        (Reason::Range, "r", "the squares of such numbers leave the range of doubles"),
        (
            Reason::Noise,
            "n",
            "learns the size of a noise that is not there, and shrinks entries by it or creeps as it vanishes",
        ),
        (Reason::Tie, "e", "equal entries, and no threshold keeps the one and drops the other"),
        (Reason::Small, "f", "too few measurements for a rule that is made for many"),
        (Reason::Tree, "t", "a tree larger than the 300 nodes that are tried here"),
    ];

    pub fn letter(self) -> &'static str {
        Self::ALL.iter().find(|(reason, ..)| *reason == self).expect("all are listed").1
    }
}

/// What kind of method it is: what it may be expected to reach follows from that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Picks columns.
    Greedy,
    /// Keeps the largest entries of a gradient step.
    Thresholding,
    /// The least l1 norm of all solutions.
    L1,
    /// The LASSO.
    Lasso,
    /// A penalty with many minima.
    NonConvex,
    /// Sparse Bayesian learning.
    Bayes,
    /// Message passing.
    Passing,
    /// All subsets.
    Tree,
}

/// A problem with a certified answer.
pub struct Case {
    pub name: &'static str,
    pub about: &'static str,
    pub problem: Value,
    pub question: Question,
    pub certificate: Certificate,
    /// Whether the signs of entries are known, and told to methods that can use it.
    pub nonnegative: bool,
    /// Kinds that are not expected to reach the answer.
    pub beyond: Vec<(Kind, Reason)>,
}

impl Case {
    pub fn new(name: &'static str, about: &'static str, problem: Value, certificate: Certificate) -> Self {
        let beyond = vec![(Kind::Passing, Reason::Independent)];
        Self { name, about, problem, question: Question::Truth, certificate, nonnegative: false, beyond }
    }

    /// A case of one's own numbers.
    pub fn of(
        name: &'static str,
        about: &'static str,
        (matrix, y, x): (Vec<Vec<f64>>, Vec<f64>, Vec<f64>),
        certificate: Certificate,
    ) -> Self {
        let data = json!({"matrix": matrix, "measurements": y, "truth": x});
        Self::new(name, about, json!({"id": "linear", "data": data}), certificate)
    }

    pub fn asking(mut self, question: Question) -> Self {
        self.question = question;
        self
    }

    pub fn beyond(mut self, beyond: &[(Kind, Reason)]) -> Self {
        self.beyond.extend(beyond);
        self
    }

    /// Large enough, and with independent entries: message passing is expected to work.
    pub fn random(mut self) -> Self {
        self.beyond.retain(|(kind, _)| *kind != Kind::Passing);
        self
    }

    pub fn spec(&self, method: Value) -> Spec {
        let spec = json!({"v": 1, "seed": 1, "problem": self.problem, "methods": [method]});
        Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{}: {complaint}", self.name))
    }

    pub fn instance(&self) -> Arc<dyn Instance> {
        let instance = self.spec(json!({"id": "omp"})).instance(registry(), &NoFiles);
        instance.unwrap_or_else(|complaint| panic!("{}: {complaint}", self.name))
    }
}

/// `A`, `y` and the truth as plain complex numbers, scaled so that the largest entries of `A` and of `y` are one.
pub struct Plain {
    pub matrix: DMatrix<Complex64>,
    pub y: DVector<Complex64>,
    pub truth: DVector<Complex64>,
    /// What `A` and `y` were divided by.
    pub scales: (f64, f64),
}

impl Plain {
    pub fn of(instance: &dyn Instance) -> Self {
        match instance.as_any().downcast_ref::<Recovery>().expect("the problem is linear") {
            Recovery::Real(instance) => Self::from(instance, |v| Complex64::new(v, 0.0)),
            Recovery::Complex(instance) => Self::from(instance, |v| v),
        }
    }

    fn from<S: Scalar>(instance: &LinearInstance<S>, plain: fn(S) -> Complex64) -> Self {
        let (m, n) = (instance.rows(), instance.cols());
        let mut column = vec![S::zero(); m];
        let mut matrix = DMatrix::zeros(m, n);
        for j in 0..n {
            instance.operator.column(j, &mut column);
            matrix.column_mut(j).iter_mut().zip(&column).for_each(|(entry, &value)| *entry = plain(value));
        }
        let peak = |entries: &[Complex64]| entries.iter().map(|v| v.norm()).fold(0.0, f64::max);
        let scale_of = |peak: f64| if peak > 0.0 { peak } else { 1.0 };
        let mut y: DVector<Complex64> = instance.measurements.iter().map(|&v| plain(v)).collect::<Vec<_>>().into();
        let scales = (scale_of(peak(matrix.as_slice())), scale_of(peak(y.as_slice())));
        matrix.iter_mut().for_each(|v| *v /= scales.0);
        y.iter_mut().for_each(|v| *v /= scales.1);
        let truth = instance.truth.as_ref().expect("every problem has a truth");
        let truth = Self::scaled(scales, truth.iter().map(|&v| plain(v)));
        Self { matrix, y, truth, scales }
    }

    /// An estimate in the same units.
    pub fn scaled((a, y): (f64, f64), estimate: impl Iterator<Item = Complex64>) -> DVector<Complex64> {
        estimate.map(|v| v * (a / y)).collect::<Vec<_>>().into()
    }

    /// `A_S`.
    pub fn columns(&self, support: &[usize]) -> DMatrix<Complex64> {
        self.matrix.select_columns(support)
    }

    pub fn support(&self) -> Vec<usize> {
        (0..self.truth.len()).filter(|&j| self.truth[j].norm() > 0.0).collect()
    }

    pub fn residual(&self, x: &DVector<Complex64>) -> f64 {
        (&self.y - &self.matrix * x).norm()
    }

    pub fn norm_one(x: &DVector<Complex64>) -> f64 {
        x.iter().map(|v| v.norm()).sum()
    }

    /// `1/2 |y - A x|^2 + lambda |x|_1`, lambda in the problem's own units.
    pub fn lasso(&self, x: &DVector<Complex64>, lambda: f64) -> f64 {
        let lambda = lambda / (self.scales.0 * self.scales.1);
        0.5 * self.residual(x) * self.residual(x) + lambda * Self::norm_one(x)
    }
}
