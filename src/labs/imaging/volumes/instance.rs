//! An instance of `volumes`, and how volumes are judged.

use super::picture::three_slices;
use super::scanner::Measuring;
use super::{Scanner, Volumes};
use crate::contract::{Axis, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{distance, norm};
use crate::labs::imaging::quality::{psnr, ssim};
use crate::operators::{LinearOperator, Repeated};
use crate::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// A volume, measured slice by slice. Methods estimate it, slice by slice, each row by row.
pub struct VolumesInstance {
    /// `A` on every slice, with the norm 1.
    pub operator: Arc<dyn LinearOperator<f64>>,
    /// `y`, slice by slice.
    pub measurements: Vec<f64>,
    /// The true volume.
    pub truth: Vec<f64>,
    /// Slices, rows and columns.
    pub shape: [usize; 3],
    /// How slices were measured.
    pub scanner: Scanner,
    /// What the scanner's own numbers were multiplied by.
    pub scale: f64,
    /// The seed, for methods that draw noise.
    pub seed: u64,
    /// How a slice's measurements are shown.
    measured: (usize, usize),
    cut: f64,
    /// Mean change from slice to slice, of the truth.
    roughness: f64,
}

impl VolumesInstance {
    pub(super) fn measure(problem: &Volumes, shape: [usize; 3], truth: Vec<f64>, seed: u64) -> Self {
        let Measuring { operator, scale, shape: measured } = problem.scanner.measuring(shape[1], seed);
        let operator: Arc<dyn LinearOperator<f64>> = Arc::new(Repeated::new(operator, shape[0]));
        let mut measurements = vec![0.0; operator.rows()];
        operator.apply(&truth, &mut measurements);
        let size = norm(&measurements) / (measurements.len() as f64).sqrt();
        let mut random = Random::new(seed, Stream::Noise);
        measurements.iter_mut().for_each(|y| *y += problem.noise * size * random.normal());
        let roughness = mean_change(&truth, shape[1] * shape[2]);
        let (scanner, cut) = (problem.scanner.clone(), problem.cut);
        Self { operator, measurements, truth, shape, scanner, scale, seed, measured, cut, roughness }
    }

    /// Voxels of a slice.
    pub fn slice_size(&self) -> usize {
        self.shape[1] * self.shape[2]
    }

    /// Three slices of a volume, as a panel.
    pub(in crate::labs::imaging) fn slices(
        &self,
        names: (&'static str, &'static str, &'static str),
        kind: Kind,
        voxel: impl Fn(usize) -> f64,
    ) -> Panel<'static> {
        three_slices(names, kind, self.shape, self.cut, voxel)
    }

    fn residual(&self, x: &[f64]) -> f64 {
        let mut image = vec![0.0; self.operator.rows()];
        self.operator.apply(x, &mut image);
        distance(&image, &self.measurements) / norm(&self.measurements)
    }

    fn estimate<'a>(&self, seen: &'a Observation<'_>) -> Option<&'a [f64]> {
        match &seen.estimate {
            Values::Real(x) if x.len() == self.truth.len() => Some(x),
            _ => None,
        }
    }

    /// Mean structural similarity of the planes that fix a column, or of the slices.
    fn similarity(&self, x: &[f64], sagittal: bool) -> f64 {
        let [slices, side, _] = self.shape;
        let plane = |volume: &[f64], i: usize| -> Vec<f64> {
            if sagittal {
                volume[i..].iter().step_by(side).map(|v| v.clamp(0.0, 1.0)).collect()
            } else {
                volume[i * side * side..(i + 1) * side * side].iter().map(|v| v.clamp(0.0, 1.0)).collect()
            }
        };
        let count = if sagittal { side } else { slices };
        (0..count).map(|i| ssim(&plane(x, i), &plane(&self.truth, i), side)).sum::<f64>() / count as f64
    }

    /// Mean change from each slice to the next, of the truth and of the estimate.
    fn flicker(&self, x: &[f64]) -> Panel<'static> {
        let n = self.slice_size();
        let changes = |volume: &[f64]| -> Vec<f64> {
            volume.chunks_exact(n).zip(volume[n..].chunks_exact(n)).map(|(a, b)| change(a, b) / n as f64).collect()
        };
        let (truth, found) = (changes(&self.truth), changes(x));
        let caption = "mean $|x_{z+1} - x_z|$ for each slice z: of the truth, and of the estimate";
        Panel {
            id: "flicker",
            title: "From slice to slice",
            caption,
            kind: Kind::Curves,
            shape: (2, truth.len()),
            values: Values::give([truth, found].concat()),
            x: Axis::plain("slice"),
            y: Axis::plain("change"),
            marks: Vec::new(),
            table: None,
        }
    }

    /// What was measured of the axial slice that is shown.
    fn sinogram(&self) -> Panel<'static> {
        let size = self.measured.0 * self.measured.1;
        let slice = ((self.cut * self.shape[0] as f64) as usize).min(self.shape[0] - 1);
        let (title, caption, x, y) = match self.scanner {
            Scanner::Ct(_) => ("Sinogram", "$y$ of the axial slice: a row a view", "detector", "view"),
            Scanner::Mri(_) => {
                ("Lines of k-space", "$y$ of the axial slice: real and imaginary parts in turn", "frequency", "line")
            }
        };
        Panel {
            id: "measurements",
            title,
            caption,
            kind: Kind::Heat,
            shape: self.measured,
            values: Values::give(self.measurements[slice * size..(slice + 1) * size].to_vec()),
            x: Axis::plain(x),
            y: Axis::plain(y),
            marks: Vec::new(),
            table: None,
        }
    }
}

impl Instance for VolumesInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (rows, cols) = (self.operator.rows(), self.operator.cols());
        let [slices, side, _] = self.shape;
        json!({
            "rows": rows,
            "cols": cols,
            "size": format!("m = {rows}, n = {side} x {side} x {slices}"),
            "things": "differences",
            "profile": "Change from slice to slice",
            "scale": self.scale,
            "notes": [
                format!("{rows} numbers are measured of {cols} voxels."),
                "The support is the set of differences between a voxel and the one in the next slice that a method keeps above its threshold."
            ],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        let names = ("truth", "Truth", "$x$: axial, coronal and sagittal slices");
        vec![self.slices(names, Kind::Image, |i| self.truth[i].clamp(0.0, 1.0)), self.sinogram()]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(x) = self.estimate(seen) else { return Vec::new() };
        let names = ("estimate", "Estimate", "$\\hat x$: axial, coronal and sagittal slices");
        let mut panels = vec![self.slices(names, Kind::Image, |i| x[i].clamp(0.0, 1.0))];
        panels.extend(self.panels());
        panels.push(self.flicker(x));
        let names = ("error", "Error", "$|\\hat x - x|$, cut off at 1");
        panels.push(self.slices(names, Kind::Heat, |i| (x[i] - self.truth[i]).abs().min(1.0)));
        panels
    }

    /// Mean change from each slice to the next: a frame of a whole volume would be too large to keep for every step.
    fn profile<'a>(&self, seen: &Observation<'a>) -> Values<'a> {
        match self.estimate(seen) {
            Some(x) => {
                let n = self.slice_size();
                let changes = x.chunks_exact(n).zip(x[n..].chunks_exact(n)).map(|(a, b)| change(a, b) / n as f64);
                Values::give(changes.collect::<Vec<f64>>())
            }
            None => seen.estimate.clone(),
        }
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(x) = self.estimate(seen) else { return Vec::new() };
        vec![
            Trace { name: "relative_error", value: distance(x, &self.truth) / norm(&self.truth) },
            Trace { name: "relative_residual", value: self.residual(x) },
            Trace { name: "roughness", value: mean_change(x, self.slice_size()) / self.roughness },
            Trace { name: "psnr", value: psnr(x, &self.truth) },
        ]
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let mut metrics = self.traces(seen);
        if let Some(x) = self.estimate(seen) {
            metrics.push(Trace { name: "ssim", value: self.similarity(x, false) });
            metrics.push(Trace { name: "sagittal_ssim", value: self.similarity(x, true) });
        }
        metrics
    }

    fn flops(&self, products: f64) -> Option<f64> {
        Some(products * self.operator.flops())
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let [slices, side, _] = self.shape;
        vec![
            ("x", (slices * side, side), Values::lend(&self.truth)),
            ("y", (slices, self.measured.0 * self.measured.1), Values::lend(&self.measurements)),
        ]
    }
}

/// `sum |b_i - a_i|`.
fn change(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + (b - a).abs())
}

/// Mean change of a voxel from a slice of `size` voxels to the next.
fn mean_change(volume: &[f64], size: usize) -> f64 {
    change(&volume[..volume.len() - size], &volume[size..]) / (volume.len() - size) as f64
}
