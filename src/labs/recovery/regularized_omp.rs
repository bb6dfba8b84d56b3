//! Regularized orthogonal matching pursuit, ROMP.
//!
//! ```text
//! S = {}, r = y
//! repeat
//!     J = the k columns with the largest u_j = |<a_j, r>| / |a_j|
//!     K = of all subsets of J with max u <= 2 min u, the one with the largest sum u_j^2
//!     S = S + K
//!     x = argmin |y - A z|                      over z supported on S
//!     r = y - A x
//! until |r| <= tolerance |y|  or  |S| >= 2k
//! ```
//!
//! Seeks a k-sparse `x` with `A x = y`. Columns are taken together only where they correlate about equally well, which
//! gave the first proof that a greedy method recovers all sparse signals at once; in practice it is weaker than its
//! successor CoSaMP. `A` is m x n, real or complex; a step costs one product with `A^*`, the at most 3k columns of S,
//! and O(m |S|^2) for their QR factorisation.
//!
//! Needell and Vershynin, "Uniform uncertainty principle and signal recovery via regularized orthogonal matching
//! pursuit" (2009), section 1.3.

use super::linear::LinearInstance;
use super::selection::scores;
use super::walk::Walk;
use super::{LinearMethod, sparsity_for};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status};
use crate::kernels::{Scalar, largest_abs};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of regularized OMP.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RegularizedOmp {
    /// Spikes to look for; the number of true ones where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Stop when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 16384))]
    pub max_steps: usize,
}

impl Default for RegularizedOmp {
    fn default() -> Self {
        Self { sparsity: None, tolerance: 1e-10, max_steps: 16384 }
    }
}

impl LinearMethod for RegularizedOmp {
    const CARD: MethodCard = MethodCard {
        id: "regularized-omp",
        lab: "recovery",
        problem: "linear",
        title: "Regularized orthogonal matching pursuit",
        short: "ROMP",
        sentence: "looking for {sparsity} spikes",
        line: "Takes columns together that correlate about equally well",
        cost: "one product with A^* and O(m k^2)",
        when: "for its place in history; CoSaMP does the same better",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = sparsity_for(self.sparsity, instance)?;
        Ok(Box::new(Pursuit { sparsity, walk: Walk::new(instance.clone(), self.tolerance) }))
    }
}

/// A run of ROMP.
struct Pursuit<S: Scalar> {
    sparsity: usize,
    walk: Walk<S>,
}

/// Of the `k` largest entries of `v`, those subsets whose largest is at most twice the smallest; of these the one with
/// the most energy. It is a run of the entries in order of size.
fn comparable<S: Scalar>(v: &[S], k: usize) -> Vec<usize> {
    let mut largest = largest_abs(v, k);
    largest.sort_by(|&i, &j| v[j].abs().total_cmp(&v[i].abs()).then(i.cmp(&j)));
    let energy = |run: &[usize]| run.iter().map(|&j| v[j].abs_squared()).sum::<f64>();
    let mut best: &[usize] = &[];
    for (place, &first) in largest.iter().enumerate() {
        let rest = &largest[place..];
        let run = &rest[..rest.partition_point(|&j| 2.0 * v[j].abs() >= v[first].abs())];
        if energy(run) > energy(best) {
            best = run;
        }
    }
    best.to_vec()
}

impl<S: Scalar> Run for Pursuit<S> {
    fn step(&mut self) -> Status {
        let walk = &mut self.walk;
        let mut scored = scores(&walk.instance, &walk.correlations, true);
        for &j in &walk.now.support {
            scored[j] = S::zero();
        }
        let chosen = comparable(&scored, self.sparsity);
        let Some(least) = chosen.iter().map(|&j| scored[j].abs()).reduce(f64::min) else {
            walk.stay();
            return Status::Converged("no column is left that correlates with the residual".into());
        };
        walk.show(scored, least);
        let next = walk.fit(&walk.support_and(&chosen));
        match walk.go_to(next) {
            Status::Running if self.walk.now.support.len() >= 2 * self.sparsity => {
                Status::Converged(format!("{} columns taken, twice as many as spikes", self.walk.now.support.len()))
            }
            status => status,
        }
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What ROMP looks at",
            "$|\\langle a_j, r\\rangle|$ before this step; the columns taken go down to the line, from at most twice as high",
        )
    }
}

static NOTE: Note = Note {
    formula: r"S_t = S_{t-1} \cup \arg\max_{K \subseteq \mathrm{top}_k u,\ \max_K u \le 2 \min_K u}\ \sum_{j \in K} u_j^2, \qquad u_j = \frac{|\langle a_j, r_{t-1}\rangle|}{\|a_j\|}",
    breaks: "Where spikes are about equally tall, true and false columns correlate about equally well, and up to k of them come in at once. None is taken back, and after 2k columns it stops, right or wrong. It has to be told k, and CoSaMP recovers more.",
};

#[cfg(test)]
mod tests {
    use super::comparable;

    #[test]
    fn the_run_with_most_energy_is_taken() {
        // {5} has 25; {2, -2, 1.9, ..., 1.0} has 4 + 4 + 3.61 + ..., more once there are enough.
        assert_eq!(comparable(&[5.0, 2.0, 0.0, -2.0, 1.0], 5), vec![0]);
        let mut v = vec![5.0];
        v.extend([2.0; 7]);
        assert_eq!(comparable(&v, 8), (1..8).collect::<Vec<_>>());
        assert_eq!(comparable(&v, 7), vec![0]);
        // Exactly twice as large still counts as comparable.
        assert_eq!(comparable(&[4.0, 2.0, 1.9], 3), vec![0, 1]);
        assert_eq!(comparable(&[0.0, 0.0], 2), Vec::<usize>::new());
    }
}
