//! Proximal gradient steps on a weighted spectrum as the folds of a network, and the derivatives of its loss.
//!
//! ```text
//! forwards    r_k = y - F x_k,   d_k = Re F^* (w o r_k),   x_(k+1) = soft(x_k + g_k d_k; t_k),   x_0 = 0
//! backwards   v = v where x_(k+1) is not zero, else 0
//!             dl/dg_k = <v, d_k>,   dl/dt_k = -<v, sgn x_(k+1)>,   dl/dw += g_k Re(conj(F v) o r_k)
//!             v = v - g_k Re F^* (w o F v)
//! ```
//!
//! `v` is the gradient of the loss by `x_k`. A fold takes two transforms in either direction.

use crate::kernels::{axpy, dot, subtract};
use crate::labs::recovery::subsampling::Fourier;
use crate::penalties::l1::soft_threshold;
use num_complex::Complex64;

/// The folds: what is learned of the recovery.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// `g_k`, positive.
    pub steps: Vec<f64>,
    /// `t_k`, positive.
    pub thresholds: Vec<f64>,
}

/// What the backward pass needs to know of the forward one.
pub struct Pass {
    /// `x_0` to `x_K`.
    pub states: Vec<Vec<f64>>,
    /// `r_k`, at all frequencies.
    unmet: Vec<Vec<Complex64>>,
    /// `d_k`.
    downhill: Vec<Vec<f64>>,
}

impl Pass {
    /// `x_K`.
    pub fn output(&self) -> &[f64] {
        &self.states[self.states.len() - 1]
    }
}

/// Derivatives of a loss.
pub struct Slopes {
    /// By `g_k`.
    pub steps: Vec<f64>,
    /// By `t_k`.
    pub thresholds: Vec<f64>,
    /// By `w`.
    pub weights: Vec<f64>,
}

/// `Re F^* (w o s)`.
fn weighted(fourier: &Fourier, weights: &[f64], spectrum: &[Complex64]) -> Vec<f64> {
    fourier.signal(spectrum.iter().zip(weights).map(|(s, w)| s * w).collect())
}

impl Network {
    /// Through all folds.
    pub fn forward(&self, fourier: &Fourier, weights: &[f64], y: &[Complex64]) -> Pass {
        let mut states = vec![vec![0.0; fourier.size()]];
        let (mut unmet, mut downhill) = (vec![y.to_vec()], Vec::with_capacity(self.steps.len()));
        for (k, (&step, &threshold)) in self.steps.iter().zip(&self.thresholds).enumerate() {
            if k > 0 {
                let mut residual = y.to_vec();
                subtract(y, &fourier.spectrum(&states[k]), &mut residual);
                unmet.push(residual);
            }
            let d = weighted(fourier, weights, &unmet[k]);
            let mut x = states[k].clone();
            axpy(step, &d, &mut x);
            x.iter_mut().for_each(|x| *x = soft_threshold(*x, threshold));
            states.push(x);
            downhill.push(d);
        }
        Pass { states, unmet, downhill }
    }

    /// The derivatives of a loss from its gradient by the output.
    pub fn backward(&self, fourier: &Fourier, weights: &[f64], pass: &Pass, mut gradient: Vec<f64>) -> Slopes {
        let folds = self.steps.len();
        let mut slopes =
            Slopes { steps: vec![0.0; folds], thresholds: vec![0.0; folds], weights: vec![0.0; weights.len()] };
        for k in (0..folds).rev() {
            let after = &pass.states[k + 1];
            for (v, &x) in gradient.iter_mut().zip(after) {
                if x == 0.0 {
                    *v = 0.0;
                }
            }
            slopes.steps[k] = dot(&gradient, &pass.downhill[k]);
            slopes.thresholds[k] = -gradient.iter().zip(after).fold(0.0, |sum, (v, x)| sum + v * x.signum());
            let spectrum = fourier.spectrum(&gradient);
            let pairs = spectrum.iter().zip(&pass.unmet[k]);
            for (slope, (v, r)) in slopes.weights.iter_mut().zip(pairs) {
                *slope += self.steps[k] * (v.re * r.re + v.im * r.im);
            }
            if k > 0 {
                axpy(-self.steps[k], &weighted(fourier, weights, &spectrum), &mut gradient);
            }
        }
        slopes
    }
}
