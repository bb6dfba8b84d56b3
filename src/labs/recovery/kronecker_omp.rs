//! Orthogonal matching pursuit for arrays: picks values of each index, and fits all their combinations.
//!
//! ```text
//! S_1 = ... = S_I = {}, r = y
//! repeat
//!     (j_1, ..., j_I) = argmax |<a_j, r>| / |a_j|       over all entries, a_j = a_{j_1} (x) ... (x) a_{j_I}
//!     S_i = S_i + {j_i}, where |S_i| < k
//!     x   = argmin |y - A z|                            over z on S_1 x ... x S_I
//!     r   = y - A x
//! until all |S_i| = k, or |r| <= tolerance |y|
//! ```
//!
//! The fit is `(A_1,S_1^+ (x) ... (x) A_I,S_I^+) y`: a small least-squares problem an index. A step costs two products with
//! A and O(m_i k^2) an index.
//!
//! Caiafa and Cichocki, "Computing sparse representations of multidimensional signals using Kronecker bases" (2013).

use super::kronecker::KroneckerInstance;
use crate::contract::{
    Complaint, Event, Kind, Mark, MethodCard, Note, Observation, Panel, Run, Status, Trace, TypedMethod, Values,
};
use crate::kernels::{Scalar, argmax_among, dot, norm};
use crate::linalg::Cholesky;
use crate::operators::{Dense, KroneckerProduct, LinearOperator};
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of Kronecker-OMP.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct KroneckerOmp {
    /// Values of each index to pick; the most that are true for any where it is left out.
    #[schemars(range(min = 1, max = 20))]
    pub values: Option<usize>,
    /// Stop early when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1000))]
    pub max_steps: usize,
}

impl Default for KroneckerOmp {
    fn default() -> Self {
        Self { values: None, tolerance: 1e-10, max_steps: 100 }
    }
}

impl TypedMethod for KroneckerOmp {
    type Instance = KroneckerInstance;

    const CARD: MethodCard = MethodCard {
        id: "kronecker-omp",
        lab: "recovery",
        problem: "kronecker",
        title: "Kronecker orthogonal matching pursuit",
        short: "Kronecker-OMP",
        sentence: "with up to {values} values an index",
        line: "Picks the strongest entry's values of all indices, and fits all combinations",
        cost: "two products with A and a small least-squares problem an index",
        when: "the support is a small product and its size is known",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<KroneckerInstance>) -> Result<Box<dyn Run>, Complaint> {
        // No index has more picks than measurements, or the fit is not determined.
        let sides = instance.operator.factors().iter();
        let most = sides.map(|side| side.rows().min(side.cols())).collect();
        Ok(Box::new(Pursuit {
            limit: instance.values_for(self.values)?,
            most,
            settings: self.clone(),
            lengths: instance.operator.column_norms(),
            picks: vec![Vec::new(); 3],
            scores: vec![0.0; instance.cols()],
            estimate: vec![Complex64::default(); instance.cols()],
            residual: instance.measurements.clone(),
            support: Vec::new(),
            picked: None,
            products: 0.0,
            instance: instance.clone(),
        }))
    }
}

/// A run of Kronecker-OMP.
struct Pursuit {
    settings: KroneckerOmp,
    /// Picks an index, asked for.
    limit: usize,
    instance: Arc<KroneckerInstance>,
    /// Most picks an index.
    most: Vec<usize>,
    lengths: Vec<f64>,
    /// S_i, ascending.
    picks: Vec<Vec<usize>>,
    scores: Vec<f64>,
    estimate: Vec<Complex64>,
    residual: Vec<Complex64>,
    support: Vec<usize>,
    picked: Option<usize>,
    products: f64,
}

impl Pursuit {
    /// The strongest entry with a value that is new to some index.
    fn strongest(&mut self) -> Option<usize> {
        let mut correlations = vec![Complex64::default(); self.scores.len()];
        self.instance.operator.adjoint(&self.residual, &mut correlations);
        self.products += 1.0;
        for ((score, c), &length) in self.scores.iter_mut().zip(&correlations).zip(&self.lengths) {
            *score = if length > 0.0 { c.abs() / length } else { 0.0 };
        }
        let full: Vec<bool> = (0..3).map(|i| self.full(i)).collect();
        let adds = |j: usize| {
            let values = self.values(j);
            let known = |i: usize| self.picks[i].contains(&values[i]);
            (0..3).any(|i| !known(i)) && (0..3).all(|i| known(i) || !full[i])
        };
        argmax_among((0..self.scores.len()).filter(|&j| adds(j)).map(|j| (j, self.scores[j])))
    }

    fn full(&self, i: usize) -> bool {
        self.picks[i].len() >= self.limit.min(self.most[i])
    }

    /// The values of all indices of entry j.
    fn values(&self, j: usize) -> [usize; 3] {
        let [_, second, third] = self.instance.sizes();
        [j / (second * third), j / third % second, j % third]
    }

    /// Fits all combinations of picks; `false` where columns of an index depend on each other.
    fn fit(&mut self) -> bool {
        let mut sides = Vec::with_capacity(3);
        for (factor, places) in self.instance.operator.factors().iter().zip(&self.picks) {
            let columns: Vec<&[Complex64]> = places.iter().map(|&j| factor.column_slice(j)).collect();
            let Ok(gram) = Cholesky::new(columns.len(), |i, j| dot(columns[i], columns[j])) else { return false };
            // Rows of the pseudo-inverse are columns of its adjoint A (A^* A)^{-1}, one row of the Gram's inverse each.
            let mut adjoint = Vec::with_capacity(columns.len() * factor.rows());
            for i in 0..columns.len() {
                let mut weights = vec![Complex64::default(); columns.len()];
                weights[i] = Complex64::from(1.0);
                gram.solve(&mut weights);
                let mut column = vec![Complex64::default(); factor.rows()];
                columns.iter().zip(weights).for_each(|(a, weight)| Complex64::axpy(weight, a, &mut column));
                adjoint.extend(column);
            }
            sides.push(Dense::from_columns(factor.rows(), columns.len(), adjoint));
        }
        let inverse = KroneckerProduct::new(sides);
        let mut values = vec![Complex64::default(); inverse.cols()];
        inverse.adjoint(&self.instance.measurements, &mut values);
        let [_, second, third] = self.instance.sizes();
        let [a, b, c] = [0, 1, 2].map(|i| &self.picks[i]);
        let places =
            a.iter().flat_map(|&i| b.iter().flat_map(move |&j| c.iter().map(move |&k| (i * second + j) * third + k)));
        self.support = places.collect();
        self.estimate.fill(Complex64::default());
        self.support.iter().zip(values).for_each(|(&place, value)| self.estimate[place] = value);
        self.residual = self.instance.residual(&self.estimate);
        self.products += 1.0;
        true
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(&self.residual) / size } else { 0.0 }
    }
}

impl Run for Pursuit {
    fn step(&mut self) -> Status {
        self.picked = self.strongest();
        let Some(j) = self.picked else {
            return Status::Converged("no entry is left that correlates with the residual".into());
        };
        let values = self.values(j);
        for (picks, value) in self.picks.iter_mut().zip(values) {
            if let Err(place) = picks.binary_search(&value) {
                picks.insert(place, value);
            }
        }
        if !self.fit() {
            return Status::Failed("columns of an index that are picked depend on each other; pick fewer".into());
        }
        if self.relative_residual() <= self.settings.tolerance {
            Status::Converged(format!("residual below {:e} of y", self.settings.tolerance))
        } else if (0..3).all(|i| self.full(i)) {
            Status::Converged(format!("all picks made, {} an index at most", self.limit))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What Kronecker-OMP looks at",
            "$|\\langle a_j, r\\rangle| / |a_j|$ before this step; the tallest gives its value of each index",
        );
        let chosen = self.picked.map(|index| Mark::Chosen { index });
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![Trace { name: "relative_residual", value: self.relative_residual() }],
            panels: vec![Panel::vector(names, Kind::Bars, &self.scores).with_marks(chosen)],
            events: self.picked.map(|index| Event::Pick { index }).into_iter().collect(),
            products: self.products,
        }
    }
}

static NOTE: Note = Note {
    formula: r"(j_1, \dots, j_I) = \arg\max_{j} \frac{|\langle a_{j_1} \otimes \dots \otimes a_{j_I},\ r\rangle|}{\|a_{j_1} \otimes \dots \otimes a_{j_I}\|}, \qquad S_i \leftarrow S_i \cup \{j_i\}, \qquad x = \big(A_{1, S_1}^{+} \otimes \dots \otimes A_{I, S_I}^{+}\big)\, y",
    breaks: "A pick is never taken back, and a wrong value of one index takes a whole slice with it. Neighbouring angles have columns that correlate: on a channel of 10 angles and 20 dB it leaves at least five times the error of Kronecker SBL. It has to be told how many values an index has, and entries off the product are lost.",
};
