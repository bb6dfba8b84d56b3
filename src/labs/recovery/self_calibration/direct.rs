//! Self-calibration by a QR factorisation of its equations.

use super::{Way, estimate, scales};
use crate::contract::{Axis, Complaint, Kind, Observation, Panel, Run, Status, Trace, Values};
use crate::kernels::{Scalar, axpy, norm};
use crate::labs::recovery::calibration::{Bilinear, aligned};
use crate::linalg::{Dependent, IncrementalQr, Svd};
use crate::operators::LinearOperator;
use num_complex::Complex64;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Most unknowns: some ten seconds of a browser.
const MOST_UNKNOWNS: usize = 640;

/// Most unknowns for which singular values are shown.
const MOST_SHOWN: usize = 128;

/// Inverse iterations at most, and the change at which they end.
const ITERATIONS: (usize, f64) = (500, 1e-13);

/// A run, of one step.
pub(super) struct Factorising {
    way: Way,
    system: Arc<Bilinear>,
    scales: Vec<f64>,
    /// Columns of U, at unit length.
    columns: Vec<Vec<Complex64>>,
    /// w in units of the scaled columns.
    anchor: Vec<Complex64>,
    estimate: Vec<Complex64>,
    value: f64,
    spectrum: OnceLock<Vec<f64>>,
}

impl Factorising {
    pub(super) fn new(way: Way, system: &Arc<Bilinear>) -> Result<Self, Complaint> {
        if system.cols() > MOST_UNKNOWNS {
            let message = format!("takes up to {MOST_UNKNOWNS} unknowns, not {}; iterate instead", system.cols());
            return Err(Complaint::new("solver", message));
        }
        let scales = scales(system);
        let columns = scales.iter().enumerate().map(|(j, scale)| {
            let mut column = vec![Complex64::default(); system.rows()];
            system.column(j, &mut column);
            column.iter_mut().for_each(|entry| *entry *= scale);
            column
        });
        Ok(Self {
            way,
            columns: columns.collect(),
            anchor: system.anchor().iter().zip(&scales).map(|(w, scale)| w * scale).collect(),
            estimate: vec![Complex64::default(); system.signal() + system.sensors()],
            value: 0.0,
            spectrum: OnceLock::new(),
            system: system.clone(),
            scales,
        })
    }

    /// `argmin |U z|^2 + |w^* z - 1|^2`.
    fn anchored(&self) -> Result<Vec<Complex64>, Dependent> {
        let mut qr = IncrementalQr::new();
        for (column, w) in self.columns.iter().zip(&self.anchor) {
            qr.push(&[&column[..], &[w.conj()]].concat())?;
        }
        let mut wanted = vec![Complex64::default(); self.system.rows() + 1];
        wanted[self.system.rows()] = Complex64::from(1.0);
        Ok(qr.solve(&wanted))
    }

    /// `argmin |U z|` over unit z, by inverse iteration from w.
    fn spectral(&self) -> Result<Vec<Complex64>, Dependent> {
        let mut qr = IncrementalQr::new();
        let (last, others) = self.columns.split_last().ok_or(Dependent)?;
        others.iter().try_for_each(|column| qr.push(column))?;
        if qr.push(last).is_err() {
            // The last column is a combination of the others, which says what the kernel of U is.
            let mut z = qr.solve(last);
            z.push(Complex64::from(-1.0));
            return Ok(z);
        }
        let mut z = self.anchor.clone();
        for _ in 0..ITERATIONS.0 {
            let mut next = qr.back_substitute(&qr.solve_adjoint(&z));
            let size = norm(&next);
            next.iter_mut().for_each(|z| *z /= size);
            let moved = aligned(&next, &z).1;
            z = next;
            if moved <= ITERATIONS.1 {
                break;
            }
        }
        Ok(z)
    }

    /// `|U z| / |z|`, columns scaled.
    fn shrinks_to(&self, z: &[Complex64]) -> f64 {
        let mut image = vec![Complex64::default(); self.system.rows()];
        self.columns.iter().zip(z).for_each(|(column, &z)| axpy(z, column, &mut image));
        norm(&image) / norm(z)
    }

    fn spectrum(&self) -> &[f64] {
        self.spectrum.get_or_init(|| {
            if self.columns.len() > MOST_SHOWN {
                return Vec::new();
            }
            let mut values = Svd::new(self.columns.clone()).values;
            values.resize(self.columns.len(), 0.0);
            values
        })
    }
}

impl Run for Factorising {
    fn step(&mut self) -> Status {
        let solved = if self.way == Way::Spectral { self.spectral() } else { self.anchored() };
        let found = match solved {
            Ok(z) if z.iter().all(|&z| Scalar::is_finite(z)) && norm(&z) > 0.0 => z,
            _ => {
                let (rows, cols) = (self.system.rows(), self.system.cols());
                return Status::Failed(format!(
                    "{rows} equations leave more than one answer to {cols} unknowns; take more snapshots or fewer unknowns"
                ));
            }
        };
        self.value = self.shrinks_to(&found);
        self.estimate = estimate(&self.system, &self.scales, &found);
        Status::Converged("the factorisation is exact up to rounding".into())
    }

    fn observe(&self) -> Observation<'_> {
        let values = self.spectrum();
        let panel = Panel {
            id: "singular-values",
            title: "Singular values",
            caption: "of $U$ with columns of unit length; a last one of zero, far below the others, names one answer",
            kind: Kind::Stems,
            shape: (1, values.len()),
            values: Values::give(values.to_vec()),
            x: Axis::plain("number"),
            y: Axis::plain("value"),
            marks: Vec::new(),
            table: None,
        };
        Observation { panels: vec![panel], ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&[]),
            traces: vec![Trace { name: "shrinks_to", value: self.value }],
            panels: Vec::new(),
            events: Vec::new(),
            products: self.system.cols() as f64,
        }
    }
}
