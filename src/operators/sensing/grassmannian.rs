//! Columns that are pushed apart until no two are much alike.

use super::{Drawn, Gaussian, Sensing};
use crate::complaint::Complaint;
use crate::kernels::{Scalar, axpy, dot, norm};
use crate::linalg::IncrementalQr;
use crate::operators::Dense;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A frame of low coherence, by alternating projection from a random start: its Gram matrix is moved by turns to the
/// nearest one without large entries and to the nearest one of a tight frame.
///
/// ```text
/// G <- F^* F,   G_ii <- 1,   G_ij <- G_ij min(1, mu / |G_ij|)        mu the Welch bound
/// F <- sqrt(n / m) V^*,  V orthonormal for the m leading eigenvectors of G (one subspace iteration from the last V)
/// ```
///
/// Tropp, Dhillon, Heath and Strohmer, "Designing structured tight frames via an alternating projection method" (2005).
/// O(m n^2) an iteration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Grassmannian {
    /// Number of alternating projections.
    #[schemars(range(min = 0, max = 1000), extend("x-scale" = "log"))]
    pub iterations: usize,
}

impl Default for Grassmannian {
    fn default() -> Self {
        Self { iterations: 50 }
    }
}

/// Most multiplications of one projection, and of all.
const MOST_WORK: usize = 1 << 23;
const MOST_WORK_IN_ALL: usize = 1 << 29;

impl Sensing for Grassmannian {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        if rows.saturating_mul(cols).saturating_mul(cols) > MOST_WORK {
            let most = (MOST_WORK / rows).isqrt();
            let message = format!("goes up to {most} for {rows} measurements, as projections take long, not {cols}");
            return Err(Complaint::new("cols", message));
        }
        let most = MOST_WORK_IN_ALL / (rows * cols * cols);
        if self.iterations > most {
            let message = format!("goes up to {most} for {rows} x {cols}, not {}", self.iterations);
            return Err(Complaint::new("matrix.iterations", message));
        }
        let start = Gaussian::default().draw::<S>(rows, cols, seed)?;
        let start = Dense::of(&*start);
        let mut frame: Vec<Vec<S>> = (0..cols).map(|j| start.column_slice(j).to_vec()).collect();
        // With no more columns than rows, there is no tight frame to go to; orthonormal columns are best.
        let mu = welch_bound(rows, cols);
        if mu == 0.0 {
            let best = orthonormal(frame.clone());
            frame = if best.len() == cols { best } else { frame };
        } else {
            for _ in 0..self.iterations {
                frame = projected(&frame, mu);
            }
        }
        Ok(Arc::new(Dense::from_columns(rows, cols, frame.concat())))
    }
}

/// The least coherence that n columns of length m can have: `sqrt((n - m) / (m (n - 1)))`, zero for `n <= m`. Attained
/// by equiangular tight frames only, which need `n <= m (m + 1) / 2` real or `n <= m^2` complex columns.
pub fn welch_bound(rows: usize, cols: usize) -> f64 {
    if rows == 0 || cols <= rows || cols < 2 {
        return 0.0;
    }
    let (m, n) = (rows as f64, cols as f64);
    ((n - m) / (m * (n - 1.0))).sqrt()
}

/// One alternating projection of a frame of unit vectors, given column by column.
fn projected<S: Scalar>(frame: &[Vec<S>], mu: f64) -> Vec<Vec<S>> {
    let (rows, cols) = (frame[0].len(), frame.len());
    // Row i of G V is the sum over j of G_ij times row j of V, which is column j of F, conjugated and scaled; F itself
    // serves, as the scale does not matter to a span.
    let mut image = vec![vec![S::zero(); rows]; cols];
    for i in 0..cols {
        axpy(S::from_real(1.0), &frame[i], &mut image[i]);
        for j in 0..i {
            let product = dot(&frame[i], &frame[j]);
            let size = product.abs();
            let kept = if size > mu { product * (mu / size) } else { product };
            axpy(kept.conj(), &frame[j], &mut image[i]);
            axpy(kept, &frame[i], &mut image[j]);
        }
    }
    // Orthonormal rows, then unit columns.
    let directions = orthonormal((0..rows).map(|k| image.iter().map(|column| column[k]).collect()).collect());
    let column = |j: usize| -> Vec<S> {
        let mut column: Vec<S> = directions.iter().map(|direction: &Vec<S>| direction[j]).collect();
        // A frame that lost a direction to rounding stays in its own span.
        column.resize(rows, S::zero());
        let size = norm(&column);
        column.into_iter().map(|entry| if size > 0.0 { entry / size } else { entry }).collect()
    };
    (0..cols).map(column).collect()
}

/// An orthonormal basis of the span.
fn orthonormal<S: Scalar>(vectors: Vec<Vec<S>>) -> Vec<Vec<S>> {
    let mut factor = IncrementalQr::new();
    let mut found = Vec::new();
    for vector in vectors {
        if factor.push(&vector).is_ok() {
            found.extend(factor.last_direction().map(<[S]>::to_vec));
        }
    }
    found
}
