//! Filtered back-projection: the inverse of the Radon transform, as far as there are views. Of lines of k-space, the transform back with
//! zeros for what is not measured.
//!
//! ```text
//! x(p) = sum over the views of (arc / views) (h * y_view)(place of p on the detectors)
//! h(0) = 1 / 4 w^2,   h(n) = -1 / (pi n w)^2 for odd n,   0 for other even n,        w the width of a detector in pixels
//! ```
//!
//! One step. Ramachandran and Lakshminarayanan (1971); Kak and Slaney, "Principles of computerized tomographic imaging" (1988), 3.3.3.

use super::volumes::{Ct, Scanner, VolumesInstance};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, TypedMethod, Values};
use crate::operators::LinearOperator;
use crate::transforms::Fft;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::f64::consts::{PI, SQRT_2};
use std::sync::Arc;

/// No parameters.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FilteredBackProjection {}

impl TypedMethod for FilteredBackProjection {
    type Instance = VolumesInstance;

    const CARD: MethodCard = MethodCard {
        id: "filtered-back-projection",
        lab: "imaging",
        problem: "volumes",
        title: "Filtered back-projection",
        short: "FBP",
        sentence: "",
        line: "Inverts the transform by its formula, as if there were views enough",
        cost: "a filter for each view and one product with A^T",
        when: "there are as many views as pixels along a side",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        1
    }

    fn start(&self, instance: &Arc<VolumesInstance>) -> Result<Box<dyn Run>, Complaint> {
        let x = vec![0.0; instance.truth.len()];
        Ok(Box::new(Formula { instance: instance.clone(), x, products: 0.0 }))
    }
}

/// A run.
struct Formula {
    instance: Arc<VolumesInstance>,
    x: Vec<f64>,
    products: f64,
}

impl Run for Formula {
    fn step(&mut self) -> Status {
        let instance = &self.instance;
        let filtered = match &instance.scanner {
            Scanner::Ct(ct) => filtered(ct, instance),
            Scanner::Mri(_) => instance.measurements.clone(),
        };
        instance.operator.adjoint(&filtered, &mut self.x);
        self.products = 1.0;
        Status::Converged("the formula has one step".into())
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.x),
            support: Cow::Borrowed(&[]),
            traces: Vec::new(),
            panels: Vec::new(),
            events: Vec::new(),
            products: self.products,
        }
    }
}

/// All views of all slices, filtered and weighted such that `A^T` makes volumes of them.
fn filtered(ct: &Ct, instance: &VolumesInstance) -> Vec<f64> {
    let detectors = Ct::detectors(instance.shape[1]);
    let width = SQRT_2 * instance.shape[1] as f64 / detectors as f64;
    let fft = Fft::new((2 * detectors).next_power_of_two());
    let ramp = ramp(&fft);
    // Once for the measurements, which are a scaled A's, and once for its adjoint.
    let weight = ct.arc.to_radians() / ct.views as f64 / (width * width) / (instance.scale * instance.scale);
    let filter = |view: &[f64]| {
        let mut spectrum = vec![Complex64::default(); fft.size()];
        spectrum.iter_mut().zip(view).for_each(|(entry, &y)| *entry = Complex64::new(y * weight, 0.0));
        fft.forward(&mut spectrum);
        spectrum.iter_mut().zip(&ramp).for_each(|(entry, gain)| *entry *= gain);
        fft.inverse(&mut spectrum);
        spectrum.truncate(view.len());
        spectrum.into_iter().map(|entry| entry.re)
    };
    instance.measurements.chunks_exact(detectors).flat_map(filter).collect()
}

/// The spectrum of `h` for detectors of unit width.
fn ramp(fft: &Fft) -> Vec<f64> {
    let size = fft.size();
    let mut taps = vec![Complex64::default(); size];
    taps[0].re = 0.25;
    for n in (1..size / 2).step_by(2) {
        let tap = -1.0 / (PI * n as f64 * PI * n as f64);
        (taps[n].re, taps[size - n].re) = (tap, tap);
    }
    fft.forward(&mut taps);
    taps.into_iter().map(|entry| entry.re).collect()
}

static NOTE: Note = Note {
    formula: r"x(p) = \sum_{v} \tfrac{\text{arc}}{V}\, (h * y_v)(\langle p, n_v \rangle)",
    breaks: "It takes views that are not there for zero: few of them leave streaks through the whole slice, and a limited arc smears what lies along it. Its filter amplifies noise in proportion to frequency.",
};
