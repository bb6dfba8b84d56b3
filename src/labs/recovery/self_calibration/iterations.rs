//! Self-calibration by conjugate gradients.

use super::{SelfCalibration, Way, estimate, scales};
use crate::contract::{Observation, Run, Status, Trace, Values};
use crate::kernels::{Scalar, axpy, dot, norm};
use crate::labs::recovery::calibration::Bilinear;
use crate::linalg::{Cgls, LeastSingular};
use crate::operators::{ColumnScaled, LinearOperator};
use num_complex::Complex64;
use std::borrow::Cow;
use std::sync::Arc;

/// Where the iteration stands.
enum Search {
    /// On `|U z|^2 + |w^* z - 1|^2`.
    Anchored(Cgls<Complex64>),
    /// On `|U z| / |z|`.
    Spectral(LeastSingular<Complex64>),
}

/// A run.
pub(super) struct Iterating {
    system: Arc<Bilinear>,
    scaled: ColumnScaled<Arc<Bilinear>>,
    scales: Vec<f64>,
    /// w in units of the scaled columns.
    anchor: Vec<Complex64>,
    tolerance: f64,
    search: Search,
    /// The gradient at the first step.
    first: Option<f64>,
    steps: usize,
    estimate: Vec<Complex64>,
}

impl Iterating {
    pub(super) fn new(settings: &SelfCalibration, system: &Arc<Bilinear>) -> Self {
        let scales = scales(system);
        let scaled = ColumnScaled::new(system.clone(), scales.clone());
        let anchor: Vec<Complex64> = system.anchor().iter().zip(&scales).map(|(w, scale)| w * scale).collect();
        let rows = system.rows();
        let search = match settings.way {
            Way::LeastSquares => {
                // All equations want zero, but the last one.
                let mut wanted = vec![Complex64::default(); rows + 1];
                wanted[rows] = Complex64::from(1.0);
                Search::Anchored(Cgls::new(wanted, anchor.clone()))
            }
            Way::Spectral => {
                let mut image = vec![Complex64::default(); rows];
                scaled.apply(&anchor, &mut image);
                Search::Spectral(LeastSingular::new(anchor.clone(), image))
            }
        };
        let estimate = vec![Complex64::default(); system.signal() + system.sensors()];
        Self {
            system: system.clone(),
            scaled,
            scales,
            anchor,
            tolerance: settings.tolerance,
            search,
            first: None,
            steps: 0,
            estimate,
        }
    }

    /// One iteration, and the gradient relative to the first; `None` when it cannot go on.
    fn advance(&mut self) -> Option<f64> {
        let Self { scaled, anchor, search, .. } = self;
        match search {
            Search::Anchored(solve) => {
                let rows = scaled.rows();
                let went_on = solve.step(
                    |z, r| {
                        scaled.apply(z, &mut r[..rows]);
                        r[rows] = dot(anchor, z);
                    },
                    |r, z| {
                        scaled.adjoint(&r[..rows], z);
                        axpy(r[rows], anchor, z);
                    },
                );
                went_on.then(|| solve.relative_slope())
            }
            Search::Spectral(search) => {
                let went_on = search.step(|z, r| scaled.apply(z, r), |r, z| scaled.adjoint(r, z));
                let first = *self.first.get_or_insert(search.slope());
                went_on.then(|| if first > 0.0 { search.slope() / first } else { 0.0 })
            }
        }
    }

    fn solution(&self) -> &[Complex64] {
        match &self.search {
            Search::Anchored(solve) => &solve.solution,
            Search::Spectral(search) => &search.vector,
        }
    }
}

impl Run for Iterating {
    fn step(&mut self) -> Status {
        let slope = self.advance();
        self.steps += 1;
        self.estimate = estimate(&self.system, &self.scales, self.solution());
        match slope {
            _ if !self.estimate.iter().all(|&z| Scalar::is_finite(z)) => {
                Status::Diverged("the estimate is not finite; measurements of very different sizes do that".into())
            }
            None => Status::Converged("the gradient is zero".into()),
            Some(slope) if slope <= self.tolerance => {
                Status::Converged(format!("gradient below {:e} of the first", self.tolerance))
            }
            Some(_) => Status::Running,
        }
    }

    fn observe(&self) -> Observation<'_> {
        // How far the answer is from the kernel of U, which is what decides between answers when there is noise.
        let value = match &self.search {
            Search::Anchored(solve) => {
                let mut image = vec![Complex64::default(); self.scaled.rows()];
                self.scaled.apply(&solve.solution, &mut image);
                let size = norm(&solve.solution);
                if size > 0.0 { norm(&image) / size } else { 0.0 }
            }
            Search::Spectral(search) => search.value(),
        };
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&[]),
            traces: vec![Trace { name: "shrinks_to", value }],
            panels: Vec::new(),
            events: Vec::new(),
            products: 2.0 * self.steps as f64,
        }
    }
}

/// `(x, s)` by least squares, iterated to `tolerance` or for `most` steps: a start for others.
pub(in crate::labs::recovery) fn least_squares(system: &Arc<Bilinear>, tolerance: f64, most: usize) -> Vec<Complex64> {
    let mut run = Iterating::new(&SelfCalibration { tolerance, ..SelfCalibration::default() }, system);
    for _ in 0..most {
        if run.step() != Status::Running {
            break;
        }
    }
    run.estimate
}
