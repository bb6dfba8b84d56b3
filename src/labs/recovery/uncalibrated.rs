//! Least squares as if all gains were 1: what happens when nobody calibrates.
//!
//! `x = argmin sum_l |y_l - A_l x_l|^2` by steepest descent; a step costs p products with a matrix and its adjoint.

use super::alternating_calibration::Fit;
use super::calibration::CalibrationInstance;
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, TypedMethod};
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of least squares without calibration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Uncalibrated {
    /// Stop when a step takes less than this share off the error of the fit.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Uncalibrated {
    fn default() -> Self {
        Self { tolerance: 1e-9, max_steps: 100 }
    }
}

impl TypedMethod for Uncalibrated {
    type Instance = CalibrationInstance;

    const CARD: MethodCard = MethodCard {
        id: "uncalibrated",
        lab: "recovery",
        problem: "calibration",
        title: "Least squares without calibration",
        short: "No calibration",
        sentence: "as if all gains were 1",
        line: "Takes all gains for 1 and fits the signal",
        cost: "a product with every matrix and its adjoint",
        when: "one wants to know what calibration is worth",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<CalibrationInstance>) -> Result<Box<dyn Run>, Complaint> {
        let system = instance.system.clone();
        let (x, d) = (vec![Complex64::default(); system.signal()], vec![Complex64::from(1.0); system.sensors()]);
        Ok(Box::new(Fitting { tolerance: self.tolerance, fit: Fit::new(system, x, d), misfit: f64::INFINITY }))
    }
}

/// A run.
struct Fitting {
    tolerance: f64,
    fit: Fit,
    misfit: f64,
}

impl Run for Fitting {
    fn step(&mut self) -> Status {
        // One iteration at a time begins anew each time, which is steepest descent.
        let moved = self.fit.fit_signals(1);
        let before = std::mem::replace(&mut self.misfit, self.fit.misfit());
        if !moved || before - self.misfit <= self.tolerance * self.misfit {
            return Status::Converged(format!("a step takes less than {:e} off the error of the fit", self.tolerance));
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        self.fit.seen(self.misfit)
    }
}

static NOTE: Note = Note {
    formula: r"\hat x = \arg\min_x\ \sum_l \|y_l - A_l x_l\|^2, \qquad d_i = 1",
    breaks: "Whatever gains differ from 1 is fitted as if it were signal: a few per cent already count like noise of that size, and phases that are unknown leave nothing of the signal. It converges all the same; only the error of the fit tells.",
};
