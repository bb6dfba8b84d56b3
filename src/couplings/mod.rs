//! Couplings: entropic optimal transport between two discrete measures, in the log domain.
//!
//! For marginals `a` (n entries) and `b` (m entries) of equal mass, a cost `C` (n x m) and a sharpness `eta = 1 / eps`, the
//! plan that minimises `<C, P> + (1/eta) sum P log P` over couplings of `a` and `b` has the form
//!
//! ```text
//! P_ij = exp(eta (x_i + y_j - C_ij) - 1)
//! ```
//!
//! and the potentials `(x, y)` maximise the concave `f(x, y) = -(1/eta) sum P + a.x + b.y`. Nothing is ever divided by a small
//! number: sums of exponentials are taken relative to their largest term.

mod rounding;

pub use rounding::{primal, rounded};

use crate::kernels::exp;

/// The two measures, the cost between them and the sharpness.
#[derive(Clone, Debug)]
pub struct Entropic {
    /// `C`, row by row.
    pub cost: Vec<f64>,
    /// `a`, all positive.
    pub source: Vec<f64>,
    /// `b`, all positive, with the mass of `a`.
    pub target: Vec<f64>,
    /// `eta = 1 / eps`.
    pub sharpness: f64,
}

/// A plan with its sums by row and by column.
#[derive(Clone, Debug)]
pub struct Plan {
    /// `P`, row by row.
    pub entries: Vec<f64>,
    /// `P 1`.
    pub rows: Vec<f64>,
    /// `P^T 1`.
    pub cols: Vec<f64>,
}

impl Entropic {
    /// Entries of `a`, n.
    pub fn rows(&self) -> usize {
        self.source.len()
    }

    /// Entries of `b`, m.
    pub fn cols(&self) -> usize {
        self.target.len()
    }

    /// The plan at potentials `z = (x, y)`. Entries that overflow are infinite. O(n m).
    pub fn plan(&self, z: &[f64]) -> Plan {
        let (n, m) = (self.rows(), self.cols());
        let (x, y) = z.split_at(n);
        let mut entries = vec![0.0; n * m];
        let mut rows = vec![0.0; n];
        let mut cols = vec![0.0; m];
        for (i, row) in entries.chunks_exact_mut(m).enumerate() {
            let cost = &self.cost[i * m..(i + 1) * m];
            for ((entry, c), y) in row.iter_mut().zip(cost).zip(y) {
                *entry = self.sharpness * (x[i] + y - c) - 1.0;
            }
            exp(row);
            rows[i] = row.iter().sum();
            for (sum, entry) in cols.iter_mut().zip(row.iter()) {
                *sum += entry;
            }
        }
        Plan { entries, rows, cols }
    }

    /// `f(z)`, given the mass of the plan there.
    pub fn potential(&self, z: &[f64], mass: f64) -> f64 {
        let (x, y) = z.split_at(self.rows());
        let earned = |weights: &[f64], z: &[f64]| weights.iter().zip(z).fold(0.0, |sum, (w, z)| sum + w * z);
        earned(&self.source, x) + earned(&self.target, y) - mass / self.sharpness
    }

    /// `|P 1 - a|_1 + |P^T 1 - b|_1`.
    pub fn marginal_error(&self, plan: &Plan) -> f64 {
        off(&plan.rows, &self.source) + off(&plan.cols, &self.target)
    }

    /// `grad f = (a - P 1, b - P^T 1)`.
    pub fn gradient(&self, plan: &Plan) -> Vec<f64> {
        let rows = self.source.iter().zip(&plan.rows);
        rows.chain(self.target.iter().zip(&plan.cols)).map(|(wanted, reached)| wanted - reached).collect()
    }

    /// `log sum_j exp(eta (y_j - C_ij) - 1)` for each row `i`: the logarithm of a row's sum at `x = 0`. O(n m).
    pub fn row_logs(&self, y: &[f64], sharpness: f64) -> Vec<f64> {
        let mut terms = vec![0.0; self.cols()];
        self.cost
            .chunks_exact(self.cols())
            .map(|cost| {
                let mut largest = f64::NEG_INFINITY;
                for ((term, y), c) in terms.iter_mut().zip(y).zip(cost) {
                    *term = sharpness * (y - c) - 1.0;
                    largest = largest.max(*term);
                }
                terms.iter_mut().for_each(|term| *term -= largest);
                exp(&mut terms);
                largest + libm::log(terms.iter().sum())
            })
            .collect()
    }

    /// The same for columns, `log sum_i exp(eta (x_i - C_ij) - 1)`, in two passes over the rows of `C`. O(n m).
    pub fn col_logs(&self, x: &[f64], sharpness: f64) -> Vec<f64> {
        let m = self.cols();
        let mut largest = vec![f64::NEG_INFINITY; m];
        for (cost, x) in self.cost.chunks_exact(m).zip(x) {
            for (largest, c) in largest.iter_mut().zip(cost) {
                *largest = largest.max(sharpness * (x - c) - 1.0);
            }
        }
        let mut sums = vec![0.0; m];
        let mut terms = vec![0.0; m];
        for (cost, x) in self.cost.chunks_exact(m).zip(x) {
            for ((term, c), largest) in terms.iter_mut().zip(cost).zip(&largest) {
                *term = sharpness * (x - c) - 1.0 - largest;
            }
            exp(&mut terms);
            for (sum, term) in sums.iter_mut().zip(&terms) {
                *sum += term;
            }
        }
        largest.iter().zip(sums).map(|(largest, sum)| largest + libm::log(sum)).collect()
    }
}

/// Potentials that give sums with logarithms `logs` (at zero) the `weights`: half an iteration of Sinkhorn's.
pub fn scaled(weights: &[f64], logs: &[f64], sharpness: f64) -> Vec<f64> {
    weights.iter().zip(logs).map(|(weight, log)| (libm::log(*weight) - log) / sharpness).collect()
}

/// `|x - y|_1`.
fn off(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).fold(0.0, |sum, (x, y)| sum + (x - y).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Entropic {
        Entropic {
            cost: vec![0.0, 0.3, 1.0, 0.7, 0.1, 0.4],
            source: vec![0.4, 0.6],
            target: vec![0.3, 0.2, 0.5],
            sharpness: 7.0,
        }
    }

    #[test]
    fn logs_are_those_of_the_sums() {
        let transport = small();
        let z = [0.2, -0.1, 0.3, 0.05, -0.2];
        let plan = transport.plan(&z);
        for (i, log) in transport.row_logs(&z[2..], 7.0).into_iter().enumerate() {
            assert!((libm::exp(log + 7.0 * z[i]) - plan.rows[i]).abs() < 1e-14);
        }
        for (j, log) in transport.col_logs(&z[..2], 7.0).into_iter().enumerate() {
            assert!((libm::exp(log + 7.0 * z[2 + j]) - plan.cols[j]).abs() < 1e-14);
        }
    }

    #[test]
    fn nothing_overflows_where_the_plan_does_not() {
        let transport = Entropic { sharpness: 1e5, ..small() };
        let x = scaled(&transport.source, &transport.row_logs(&[9.0, -9.0, 0.0], 1e5), 1e5);
        let plan = transport.plan(&[&x[..], &[9.0, -9.0, 0.0]].concat());
        for (sum, wanted) in plan.rows.iter().zip(&transport.source) {
            assert!((sum - wanted).abs() < 1e-9, "{sum} is not {wanted}");
        }
    }

    #[test]
    fn the_gradient_is_that_of_the_potential() {
        let transport = small();
        let z = [0.2, -0.1, 0.3, 0.05, -0.2];
        let f = |z: &[f64]| transport.potential(z, transport.plan(z).rows.iter().sum());
        let gradient = transport.gradient(&transport.plan(&z));
        for i in 0..z.len() {
            let (mut above, mut below) = (z, z);
            above[i] += 1e-5;
            below[i] -= 1e-5;
            let slope = (f(&above) - f(&below)) / 2e-5;
            // The difference quotient is off by (eta h)^2 / 6 of what it is: 8e-10.
            assert!((slope - gradient[i]).abs() < 2e-9 * (1.0 + gradient[i].abs()), "{i}: {slope} and {}", gradient[i]);
        }
    }
}
