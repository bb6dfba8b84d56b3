//! The Hessian of the entropic potential with few of its entries kept.
//!
//! ```text
//! -grad^2 f = eta [ diag(P 1)   P         ]      M = eta [ diag(P 1)   S         ] + v v^T,  v = (a, -b)
//!                 [ P^T         diag(P^T 1) ]              [ S^T         diag(P^T 1) ]
//! ```
//!
//! `S` is `P` on the cells that are kept. The diagonal keeps the full sums, so `M` is diagonally dominant, whatever is dropped;
//! `v v^T` lifts the direction `(1, -1)` along which `f` is flat.

use crate::couplings::{Entropic, Plan};
use crate::kernels::{axpy, dot, largest_abs};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which entries of the plan the Hessian keeps, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Keep {
    /// The largest entries, so many a point.
    #[schemars(extend("x-phrase" = "[the largest] {per_point} entries a point"))]
    Largest(Largest),
    /// All but the smallest, whose mass stays below a share of the marginal error.
    #[schemars(extend("x-phrase" = "[all but] {dropped} of the error"))]
    Adaptive(Adaptive),
    /// All of them: Newton's own method.
    #[schemars(extend("x-phrase" = "[all entries]"))]
    All(All),
}

impl Default for Keep {
    fn default() -> Self {
        Keep::Largest(Largest::default())
    }
}

/// The largest entries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Largest {
    /// Entries kept for each point of the larger side.
    #[schemars(range(min = 1.0, max = 64.0), extend("x-scale" = "log"))]
    pub per_point: f64,
}

impl Default for Largest {
    fn default() -> Self {
        Self { per_point: 10.0 }
    }
}

/// As many as the marginal error asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Adaptive {
    /// Mass that may be dropped, as a share of the marginal error.
    #[schemars(range(min = 0.000001, max = 1.0), extend("x-scale" = "log"))]
    pub dropped: f64,
}

impl Default for Adaptive {
    fn default() -> Self {
        Self { dropped: 1e-3 }
    }
}

/// No parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct All {}

impl Keep {
    /// The cells that are kept, ascending: `i m + j`. O(n m), or O(n m log n m) where the share adapts.
    pub(super) fn cells(&self, plan: &Plan, error: f64) -> Vec<usize> {
        let points = plan.rows.len().max(plan.cols.len()) as f64;
        match self {
            Keep::All(_) => (0..plan.entries.len()).collect(),
            Keep::Largest(Largest { per_point }) => largest_abs(&plan.entries, (per_point * points).ceil() as usize),
            Keep::Adaptive(Adaptive { dropped }) => {
                let mut cells: Vec<usize> = (0..plan.entries.len()).collect();
                cells.sort_unstable_by(|&i, &j| plan.entries[i].total_cmp(&plan.entries[j]).then(j.cmp(&i)));
                let mut mass = 0.0;
                let least = cells.iter().position(|&cell| {
                    mass += plan.entries[cell];
                    mass >= dropped * error
                });
                let mut kept = cells.split_off(least.unwrap_or(0));
                kept.sort_unstable();
                kept
            }
        }
    }
}

/// `M`, for products with vectors.
pub(super) struct SparseHessian {
    sharpness: f64,
    rows: usize,
    sums: Vec<f64>,
    /// Row, column and value of each kept entry.
    kept: Vec<(usize, usize, f64)>,
    lift: Vec<f64>,
}

impl SparseHessian {
    /// `M` at a plan, from the cells that are kept.
    pub(super) fn new(transport: &Entropic, plan: &Plan, cells: &[usize]) -> Self {
        let cols = transport.cols();
        let lift = transport.source.iter().copied().chain(transport.target.iter().map(|b| -b));
        Self {
            sharpness: transport.sharpness,
            rows: transport.rows(),
            sums: [&plan.rows[..], &plan.cols].concat(),
            kept: cells.iter().map(|&cell| (cell / cols, cell % cols, plan.entries[cell])).collect(),
            lift: lift.collect(),
        }
    }

    /// Its diagonal.
    pub(super) fn diagonal(&self) -> Vec<f64> {
        self.sums.iter().zip(&self.lift).map(|(sum, v)| self.sharpness * sum + v * v).collect()
    }

    /// `image = M z`. O(n + m + entries kept).
    pub(super) fn multiply(&self, z: &[f64], image: &mut [f64]) {
        for ((image, z), sum) in image.iter_mut().zip(z).zip(&self.sums) {
            *image = sum * z;
        }
        for &(i, j, value) in &self.kept {
            let j = self.rows + j;
            image[i] += value * z[j];
            image[j] += value * z[i];
        }
        image.iter_mut().for_each(|value| *value *= self.sharpness);
        axpy(dot(&self.lift, z), &self.lift, image);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_entries_give_the_derivative_of_the_gradient() {
        let transport = Entropic {
            cost: vec![0.0, 0.3, 1.0, 0.7, 0.1, 0.4],
            source: vec![0.4, 0.6],
            target: vec![0.3, 0.2, 0.5],
            sharpness: 7.0,
        };
        let z = [0.2, -0.1, 0.3, 0.05, -0.2];
        let plan = transport.plan(&z);
        let hessian = SparseHessian::new(&transport, &plan, &Keep::All(All {}).cells(&plan, 1.0));
        let direction = [0.3, -0.5, 0.2, 0.7, -0.1];
        let mut image = [0.0; 5];
        hessian.multiply(&direction, &mut image);
        let lifted = dot(&hessian.lift, &direction);
        let at = |t: f64| {
            let moved: Vec<f64> = z.iter().zip(&direction).map(|(z, d)| z + t * d).collect();
            transport.gradient(&transport.plan(&moved))
        };
        for ((above, below), (image, v)) in at(1e-5).iter().zip(at(-1e-5)).zip(image.iter().zip(&hessian.lift)) {
            let slope = (above - below) / 2e-5;
            // The difference quotient is off by (eta h)^2 / 6 of what it is: 8e-10.
            assert!((slope + image - lifted * v).abs() < 2e-9 * (1.0 + slope.abs()), "{slope} and {image}");
        }
    }

    #[test]
    fn what_is_dropped_is_small() {
        let plan =
            Plan { entries: vec![0.5, 1e-5, 0.2, 2e-5, 0.0, 0.3], rows: vec![0.7, 0.3], cols: vec![0.5, 0.1, 0.4] };
        assert_eq!(Keep::Largest(Largest { per_point: 1.0 }).cells(&plan, 1.0), [0, 2, 5]);
        assert_eq!(Keep::Adaptive(Adaptive { dropped: 1e-3 }).cells(&plan, 0.02), [0, 2, 3, 5]);
        assert_eq!(Keep::All(All {}).cells(&plan, 1.0).len(), 6);
    }
}
