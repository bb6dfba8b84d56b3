//! Penalised logistic regression over a path of penalties, by coordinate descent.
//!
//! `min (1/N) sum_i log(1 + exp(-y_i (b + x_i^T beta))) + lambda (alpha |beta|_1 + (1 - alpha) |beta|^2 / 2)` with features
//! scaled to unit variance. Each coordinate minimises the quadratic that bounds the loss from above with curvature 1/4, so the
//! objective falls at every update; a sweep costs O(n P) for n different rows.
//!
//! Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models via coordinate descent" (2010), with the
//! bound of Boehning and Lindsay (1988) in place of reweighting.

use super::scoring::ScoringInstance;
use crate::losses::logistic::sigmoid;

/// Penalties on the path, and the last of them as a share of the first.
pub(super) const PENALTIES: usize = 24;
const LAST: f64 = 1e-3;

/// Most sweeps at a penalty, and the change that ends them.
const SWEEPS: usize = 200;
const CHANGE: f64 = 1e-7;

/// Curvature of the logistic loss, at most.
const CURVATURE: f64 = 0.25;

/// The path, solved up to some penalty.
pub(super) struct LogisticPath {
    /// Features less their mean and over their deviation, a column after the other; constant ones are zero.
    columns: Vec<Vec<f64>>,
    means: Vec<f64>,
    deviations: Vec<f64>,
    /// Examples of each class in each row, over N.
    positives: Vec<f64>,
    negatives: Vec<f64>,
    alpha: f64,
    first: f64,
    solved: usize,
    intercept: f64,
    slopes: Vec<f64>,
    scores: Vec<f64>,
}

impl LogisticPath {
    /// Before the first penalty, the least one at which all slopes are zero. `alpha` is the share of the l1 norm.
    pub(super) fn new(instance: &ScoringInstance, alpha: f64) -> Self {
        let n = instance.examples() as f64;
        let share = |count: usize| count as f64 / n;
        let positives: Vec<f64> = instance.patterns.iter().map(|p| share(p.positives)).collect();
        let negatives: Vec<f64> = instance.patterns.iter().map(|p| share(p.negatives)).collect();
        let mass: Vec<f64> = positives.iter().zip(&negatives).map(|(p, q)| p + q).collect();
        let (mut columns, mut means, mut deviations) = (Vec::new(), Vec::new(), Vec::new());
        for j in 0..instance.width() {
            let column: Vec<f64> = instance.patterns.iter().map(|p| f64::from(p.features[j])).collect();
            let mean = column.iter().zip(&mass).fold(0.0, |sum, (x, m)| sum + x * m);
            let variance = column.iter().zip(&mass).fold(0.0, |sum, (x, m)| sum + (x - mean) * (x - mean) * m);
            let deviation = if variance > 1e-12 { variance.sqrt() } else { f64::INFINITY };
            columns.push(column.iter().map(|x| (x - mean) / deviation).collect());
            means.push(mean);
            deviations.push(deviation);
        }
        let intercept = libm::log(instance.positives as f64 / instance.negatives as f64);
        let mut path = Self {
            slopes: vec![0.0; columns.len()],
            scores: vec![intercept; positives.len()],
            columns,
            means,
            deviations,
            positives,
            negatives,
            alpha,
            first: 0.0,
            solved: 0,
            intercept,
        };
        let steepest = path.columns.iter().fold(0.0_f64, |most, column| most.max(path.slope(column).abs()));
        path.first = steepest / alpha.max(0.01);
        path
    }

    /// Whether all penalties are solved.
    pub(super) fn is_done(&self) -> bool {
        self.solved == PENALTIES
    }

    /// Solves at the next penalty, and returns it.
    pub(super) fn next(&mut self) -> f64 {
        let share = self.solved as f64 / (PENALTIES - 1) as f64;
        let lambda = self.first * libm::pow(LAST, share);
        self.solved += 1;
        let ones = vec![1.0; self.scores.len()];
        for _ in 0..SWEEPS {
            let step = self.slope(&ones) / CURVATURE;
            self.intercept -= step;
            self.scores.iter_mut().for_each(|score| *score -= step);
            let mut change = step.abs();
            for j in 0..self.columns.len() {
                let free = self.slopes[j] - self.slope(&self.columns[j]) / CURVATURE;
                let threshold = lambda * self.alpha / CURVATURE;
                let shrunk = (free.abs() - threshold).max(0.0).copysign(free);
                let slope = shrunk / (1.0 + lambda * (1.0 - self.alpha) / CURVATURE);
                let step = slope - self.slopes[j];
                if step != 0.0 {
                    self.slopes[j] = slope;
                    for (score, x) in self.scores.iter_mut().zip(&self.columns[j]) {
                        *score += step * x;
                    }
                }
                change = change.max(step.abs());
            }
            if change < CHANGE {
                break;
            }
        }
        lambda
    }

    /// Derivative of the loss along a column.
    fn slope(&self, column: &[f64]) -> f64 {
        let mut slope = 0.0;
        for (i, x) in column.iter().enumerate() {
            let positive = sigmoid(self.scores[i]);
            slope += x * (self.negatives[i] * positive - self.positives[i] * (1.0 - positive));
        }
        slope
    }

    /// Intercept and slopes for features as they are.
    pub(super) fn coefficients(&self) -> Vec<f64> {
        let slopes: Vec<f64> = self.slopes.iter().zip(&self.deviations).map(|(slope, sd)| slope / sd).collect();
        let shift = slopes.iter().zip(&self.means).fold(0.0, |sum, (slope, mean)| sum + slope * mean);
        std::iter::once(self.intercept - shift).chain(slopes).collect()
    }
}

/// Coefficients scaled so that the largest slope is `most`; as they are where all slopes are zero.
pub(super) fn rescaled(coefficients: &[f64], most: f64) -> Vec<f64> {
    let largest = coefficients[1..].iter().fold(0.0_f64, |largest, slope| largest.max(slope.abs()));
    let factor = if largest > 0.0 { most / largest } else { 1.0 };
    coefficients.iter().map(|value| value * factor).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scoring::ScoringInstance;
    use super::*;
    use crate::contract::NoFiles;
    use crate::labs::registry;
    use serde_json::json;

    /// At every penalty the slopes are where the derivative of the penalised loss holds zero.
    #[test]
    fn optimality_conditions_hold() {
        let problem = registry().problem("scoring").unwrap();
        let params = json!({"id": "scoring", "source": {"id": "planted", "flips": 0.2}});
        let instance = problem.instance(&params, 3, &NoFiles).unwrap();
        let instance: &ScoringInstance = instance.as_any().downcast_ref().unwrap();
        for alpha in [0.0, 0.5, 1.0] {
            let mut path = LogisticPath::new(instance, alpha);
            while !path.is_done() {
                let lambda = path.next();
                assert!(path.slope(&vec![1.0; path.scores.len()]).abs() < 1e-6);
                for (column, slope) in path.columns.iter().zip(&path.slopes) {
                    let derivative = path.slope(column) + lambda * (1.0 - alpha) * slope;
                    let off = if *slope == 0.0 {
                        (derivative.abs() - lambda * alpha).max(0.0)
                    } else {
                        (derivative + (lambda * alpha).copysign(*slope)).abs()
                    };
                    assert!(off < 1e-6, "{alpha}, {lambda}: {off}");
                }
            }
        }
    }
}
