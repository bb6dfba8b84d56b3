//! A drawn instance of `calibration`, and how answers to it are judged.

use super::bilinear::{Bilinear, aligned, inverse};
use super::picture;
use crate::contract::{Instance, Observation, Panel, Trace, Values};
use crate::kernels::{Scalar, norm};
use crate::operators::LinearOperator;
use num_complex::Complex64;
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// `y_l = D A_l x_l + e_l`, drawn.
///
/// An estimate is `(x, s)`: all entries of the signals and the m inverse gains.
pub struct CalibrationInstance {
    /// Matrices and measurements.
    pub system: Arc<Bilinear>,
    /// The true signals, one after the other.
    pub signal: Vec<Complex64>,
    /// d, m true gains.
    pub gains: Vec<Complex64>,
    /// `|e|`.
    pub noise_norm: f64,
    /// Pixels along a side where the signal is a picture.
    pub side: Option<usize>,
    /// Masks of a picture.
    pub(super) masks: Vec<Vec<f64>>,
    /// `1 / d`.
    inverse: Vec<Complex64>,
}

impl CalibrationInstance {
    pub(super) fn new(
        system: Bilinear,
        signal: Vec<Complex64>,
        gains: Vec<Complex64>,
        noise_norm: f64,
        side: Option<usize>,
        masks: Vec<Vec<f64>>,
    ) -> Self {
        let inverse = inverse(&gains);
        Self { system: Arc::new(system), signal, gains, noise_norm, side, masks, inverse }
    }

    /// `(x, s)` where `estimate` has that length.
    fn parts<'a>(&self, seen: &'a Observation<'_>) -> Option<(&'a [Complex64], &'a [Complex64])> {
        match &seen.estimate {
            Values::Complex(z) if z.len() == self.signal.len() + self.gains.len() => {
                Some(z.split_at(self.signal.len()))
            }
            _ => None,
        }
    }

    /// `(x, s)`, each in units of the true one's length: what errors are told in.
    fn balanced(&self, x: &[Complex64], s: &[Complex64]) -> Vec<Complex64> {
        let (signal, gains) = (norm(&self.signal), norm(&self.inverse));
        x.iter().map(|x| x / signal).chain(s.iter().map(|s| s / gains)).collect()
    }

    /// `diag(y_l) s - A_l x_l`, snapshot by snapshot.
    fn unmet(&self, x: &[Complex64], s: &[Complex64]) -> Vec<Complex64> {
        let mut all = Vec::with_capacity(self.system.rows());
        for (l, sensing) in self.system.sensing.iter().enumerate() {
            let mut image = vec![Complex64::default(); s.len()];
            sensing.apply(self.system.signal_of(l, x), &mut image);
            all.extend(self.system.measurements[l].iter().zip(s).zip(&image).map(|((y, s), image)| y * s - image));
        }
        all
    }

    /// `|diag(y) s - A x| / |diag(y) s|`; 1 where s is zero.
    fn equations(&self, x: &[Complex64], s: &[Complex64]) -> f64 {
        let squares = self.system.measurements.iter().flat_map(|y| y.iter().zip(s));
        let size = squares.map(|(y, s)| (y * s).abs_squared()).sum::<f64>().sqrt();
        if size > 0.0 { norm(&self.unmet(x, s)) / size } else { 1.0 }
    }
}

impl Instance for CalibrationInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (rows, cols, m) = (self.system.rows(), self.system.cols(), self.gains.len());
        let (n, p) = (self.system.sensing[0].cols(), self.system.sensing.len());
        let mut notes = Vec::new();
        if rows + 1 < cols {
            notes.push(format!("{rows} equations for {cols} unknowns: more than one answer meets them all."));
        }
        json!({
            "rows": rows,
            "cols": cols,
            "size": format!("m = {m}, n = {n}, p = {p}"),
            "complex": true,
            "noise_norm": self.noise_norm,
            "notes": notes,
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        let mut panels = Vec::new();
        if let Some(side) = self.side {
            panels.push(picture::image(("truth", "Truth", "$x$, the true picture"), side, &self.signal));
            panels.push(picture::image(
                ("camera", "Masks undone", "what the camera sees, behind its own blur, masks taken off and averaged"),
                side,
                &picture::unmasked(&self.system.measurements, &self.masks, side),
            ));
        }
        panels
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some((x, s)) = self.parts(seen) else { return Vec::new() };
        let factor = aligned(x, &self.signal).0;
        let x_near: Vec<Complex64> = x.iter().map(|x| x * factor).collect();
        let d = inverse(s);
        let factor = aligned(&d, &self.gains).0;
        let d_near: Vec<Complex64> = d.iter().map(|d| d * factor).collect();
        let mut panels = Vec::new();
        match self.side {
            Some(side) => {
                panels.push(picture::image(("signal", "Picture", "$\\hat x$, scaled to the truth"), side, &x_near));
                panels.push(picture::lens(side, &d_near));
            }
            None => panels.push(picture::signals(&self.signal, &x_near)),
        }
        panels.push(picture::gains(&self.gains, &d_near));
        panels.extend(self.panels());
        let unmet = self.unmet(x, s).iter().map(|r| r.abs()).collect();
        panels.push(picture::unmet(self.system.sensing.len(), self.gains.len(), unmet));
        panels
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some((x, s)) = self.parts(seen) else { return Vec::new() };
        let truth = self.balanced(&self.signal, &self.inverse);
        let all = [
            ("relative_error", aligned(&self.balanced(x, s), &truth).1),
            ("equations", self.equations(x, s)),
            ("signal_error", aligned(x, &self.signal).1),
            ("gain_error", aligned(s, &self.inverse).1),
        ];
        all.into_iter().map(|(name, value)| Trace { name, value }).collect()
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        self.traces(seen)
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let y: Vec<Complex64> = self.system.measurements.concat();
        let blocks = if self.system.shared { 1 } else { self.system.sensing.len() };
        vec![
            ("x", (blocks, self.signal.len() / blocks), Values::lend(&self.signal)),
            ("d", (self.gains.len(), 1), Values::lend(&self.gains)),
            ("y", (self.system.sensing.len(), self.gains.len()), Values::give(y)),
        ]
    }
}
