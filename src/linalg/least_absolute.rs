//! Least absolute deviations that gain one column at a time, solved exactly.

use super::{Dependent, IncrementalQr};
use crate::kernels::{Weighted, axpy, dot, norm, norm_inf, norm_one, weighted_median};

/// How far measurements are moved to break ties, relative to the largest.
const PERTURBATION: f64 = 1e-10;

/// Slopes this little beyond 1 in modulus are rounding.
const ROUNDING: f64 = 1e-9;

/// Steps of one fit, a row and column: far more than are ever taken.
const MOST_PIVOTS: usize = 20;

/// What is left of a column on the rows that are not interpolated, below which it is dependent.
const DEPENDENT: f64 = 1e-10;

/// `x = argmin |y - A_S z|_1` for the columns pushed so far.
///
/// A minimum interpolates as many measurements as there are columns, so it is sought among such vertices: along the
/// edge on which the sum falls fastest, to the weighted median of where residuals change sign (Bloomfield and Steiger
/// 1980). A new column starts from the vertex of the old ones. A pivot costs O(m k + m log m).
///
/// Ties, such as more residuals that are zero than columns, would let it go in circles. So measurements are moved by
/// amounts too small to see while the rows are chosen, and the values are those that interpolate the true ones.
#[derive(Clone, Debug)]
pub struct LeastAbsolute {
    measurements: Vec<f64>,
    columns: Vec<Vec<f64>>,
    /// The rows whose residual is zero, one a column.
    rows: Vec<usize>,
    /// `A_S d_i` for the direction `d_i` that moves row i of `rows` by one and keeps the others.
    edges: Vec<Vec<f64>>,
    /// Residual of the moved measurements.
    moved: Vec<f64>,
    values: Vec<f64>,
    residual: Vec<f64>,
}

impl LeastAbsolute {
    /// No columns yet.
    pub fn new(measurements: &[f64]) -> Self {
        let size = PERTURBATION * norm_inf(measurements);
        // Multiples of the golden ratio, which no few rows have in common.
        let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
        let moved = measurements.iter().enumerate().map(|(i, y)| y + size * (((i + 1) as f64 * golden).fract() - 0.5));
        Self {
            moved: moved.collect(),
            measurements: measurements.to_vec(),
            columns: Vec::new(),
            rows: Vec::new(),
            edges: Vec::new(),
            values: Vec::new(),
            residual: measurements.to_vec(),
        }
    }

    /// `x`, one value a column in the order in which they were pushed.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// `y - A_S x`, m entries.
    pub fn residual(&self) -> &[f64] {
        &self.residual
    }

    /// Appends a column and fits again.
    ///
    /// # Errors
    /// [`Dependent`] when it lies in the span of the others, or there are as many as rows; nothing is changed then.
    pub fn push(&mut self, column: &[f64]) -> Result<(), Dependent> {
        let mut edge = column.to_vec();
        for (&row, old) in self.rows.iter().zip(&self.edges) {
            axpy(-column[row], old, &mut edge);
        }
        for &row in &self.rows {
            edge[row] = 0.0;
        }
        if self.rows.len() == column.len() || norm_inf(&edge) <= DEPENDENT * norm(column) {
            return Err(Dependent);
        }
        let (step, row) = self.search(&edge).ok_or(Dependent)?;
        let before = self.clone();
        self.columns.push(column.to_vec());
        axpy(-step, &edge, &mut self.moved);
        self.rows.push(row);
        self.edges.push(edge);
        self.normalise(self.rows.len() - 1);
        for _ in 0..MOST_PIVOTS * (self.rows.len() + column.len()) {
            if !self.pivot() {
                break;
            }
        }
        let fitted = self.interpolate();
        if fitted.is_err() {
            *self = before;
        }
        fitted
    }

    /// How far to go along an edge, and the row that ends there: the weighted median of `r_i / e_i`.
    fn search(&self, edge: &[f64]) -> Option<(f64, usize)> {
        let mut points: Vec<Weighted> = (0..edge.len())
            .filter(|&i| edge[i] != 0.0)
            .map(|i| Weighted { position: self.moved[i] / edge[i], weight: edge[i].abs(), tag: i })
            .filter(|point| point.position.is_finite())
            .collect();
        weighted_median(&mut points).map(|point| (point.position, point.tag))
    }

    /// Goes along the steepest edge that leads down; false when none does.
    fn pivot(&mut self) -> bool {
        let mut signs: Vec<f64> = self.moved.iter().map(|&r| if r == 0.0 { 0.0 } else { r.signum() }).collect();
        self.rows.iter().for_each(|&row| signs[row] = 0.0);
        let steepest = self
            .edges
            .iter()
            .enumerate()
            .map(|(i, edge)| (i, dot(&signs, edge).abs()))
            .fold((0, 1.0 + ROUNDING), |best, one| if one.1 > best.1 { one } else { best });
        if steepest.1 <= 1.0 + ROUNDING {
            return false;
        }
        let leaving = steepest.0;
        let Some((step, row)) = self.search(&self.edges[leaving]) else { return false };
        if row == self.rows[leaving] {
            return false;
        }
        axpy(-step, &self.edges[leaving], &mut self.moved);
        self.rows[leaving] = row;
        self.normalise(leaving);
        true
    }

    /// Makes edge `i` move its row by one, and the others leave that row alone.
    fn normalise(&mut self, i: usize) {
        let row = self.rows[i];
        self.moved[row] = 0.0;
        let scale = 1.0 / self.edges[i][row];
        self.edges[i].iter_mut().for_each(|entry| *entry *= scale);
        self.edges[i][row] = 1.0;
        let edge = std::mem::take(&mut self.edges[i]);
        for other in self.edges.iter_mut().filter(|other| !other.is_empty()) {
            axpy(-other[row], &edge, other);
            other[row] = 0.0;
        }
        self.edges[i] = edge;
    }

    /// The values that interpolate the true measurements in the chosen rows, by QR, and their residual.
    fn interpolate(&mut self) -> Result<(), Dependent> {
        let mut factors = IncrementalQr::new();
        let picked = |v: &[f64]| self.rows.iter().map(|&row| v[row]).collect::<Vec<f64>>();
        for column in &self.columns {
            factors.push(&picked(column))?;
        }
        self.values = factors.solve(&picked(&self.measurements));
        self.residual.clone_from(&self.measurements);
        for (column, &value) in self.columns.iter().zip(&self.values) {
            axpy(-value, column, &mut self.residual);
        }
        self.rows.iter().for_each(|&row| self.residual[row] = 0.0);
        Ok(())
    }

    /// `|r|_1` minus the value of a feasible dual point, relative to `|y|_1`: at most rounding and what moving the
    /// measurements costs. O(m k^2).
    ///
    /// The dual of the fit is `max y^T u` with `A_S^T u = 0` and `|u|_inf <= 1`.
    pub fn gap(&self) -> f64 {
        let mut dual: Vec<f64> = self.moved.iter().map(|&r| if r == 0.0 { 0.0 } else { r.signum() }).collect();
        self.rows.iter().for_each(|&row| dual[row] = 0.0);
        let slopes: Vec<f64> = self.edges.iter().map(|edge| -dot(&dual, edge)).collect();
        for (&row, slope) in self.rows.iter().zip(slopes) {
            dual[row] = slope;
        }
        let most = norm_inf(&dual).max(1.0);
        let size = norm_one(&self.measurements);
        let gap = norm_one(&self.residual) - dot(&self.measurements, &dual) / most;
        if size > 0.0 { gap / size } else { gap }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without order in place of random ones.
    fn hash(i: usize, j: usize) -> f64 {
        2.0 * (libm::sin(i as f64 * 12.9898 + j as f64 * 78.233) * 43_758.545_3).rem_euclid(1.0) - 1.0
    }

    #[test]
    fn every_fit_is_proved() {
        for (rows, cols) in [(5, 2), (30, 7), (60, 25), (41, 40)] {
            let y: Vec<f64> =
                (0..rows).map(|i| hash(i, 1000) + if i % 9 == 0 { 50.0 * hash(i, 77) } else { 0.0 }).collect();
            let mut fit = LeastAbsolute::new(&y);
            for j in 0..cols {
                let column: Vec<f64> = (0..rows).map(|i| hash(i * 31 + 5, j * 17 + 3)).collect();
                fit.push(&column).unwrap();
                assert!(fit.gap().abs() < 1e-8, "{rows} x {}: {}", j + 1, fit.gap());
            }
        }
    }

    #[test]
    fn gross_errors_do_not_matter_and_ties_do_no_harm() {
        // All but five of 40 measurements are exact, so that 35 residuals vanish at once.
        let columns: Vec<Vec<f64>> = (0..6).map(|j| (0..40).map(|i| hash(i * 13 + 1, j * 29)).collect()).collect();
        let truth = [1.0, -2.0, 0.5, 3.0, -0.25, 1.5];
        let mut y = vec![0.0; 40];
        columns.iter().zip(truth).for_each(|(column, x)| axpy(x, column, &mut y));
        (0..5).for_each(|i| y[8 * i] += 100.0 * hash(i, 3));
        let mut fit = LeastAbsolute::new(&y);
        columns.iter().for_each(|column| fit.push(column).unwrap());
        fit.values().iter().zip(truth).for_each(|(x, truth)| assert!((x - truth).abs() < 1e-12, "{x} is not {truth}"));
    }

    #[test]
    fn one_column_has_the_weighted_median() {
        // Ratios 4, 1, 3 with weights 1, 2, 1: half of the weight is passed at 1.
        let mut fit = LeastAbsolute::new(&[4.0, -2.0, 3.0]);
        fit.push(&[1.0, -2.0, 1.0]).unwrap();
        assert!((fit.values()[0] - 1.0).abs() < 1e-12 && (norm_one(fit.residual()) - 5.0).abs() < 1e-12);
        assert_eq!(fit.push(&[2.0, -4.0, 2.0]), Err(Dependent));
        assert_eq!(fit.push(&[0.0; 3]), Err(Dependent));
    }
}
