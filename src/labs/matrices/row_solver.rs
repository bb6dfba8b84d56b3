//! The small least-squares problems of alternating minimisation, `min_x |A x - b|` for a tall A of k columns, and how nearly they are solved.
//!
//! ```text
//! S A = Q R                              a sketch of A, and its QR factorisation
//! z   = CGLS(A R^-1, b)                  until |R^-T A^T r| <= accuracy |R^-T A^T b|
//! x   = R^-1 z
//! ```
//!
//! The singular values of `A R^-1` are near 1 whatever those of A are, so the number of iterations depends on the accuracy alone
//! (Rokhlin and Tygert 2008). Work is told in multiplications.

use crate::kernels::{axpy, dot, norm};
use crate::linalg::{Cgls, IncrementalQr};
use crate::operators::Sketch;
use crate::signals::random::Random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most iterations of an inner solve; CGLS ends long before.
const MOST_ITERATIONS: usize = 500;

/// A triangular factor with a smaller pivot than this, relative to its largest, is no preconditioner.
const SINGULAR: f64 = 1e-8;

/// How a row is solved, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum RowSolver {
    /// Conjugate gradients, preconditioned by a sketch: the paper's solver.
    #[schemars(extend("x-phrase" = "[sketched] to {accuracy}"))]
    Sketched(Sketched),
    /// Gradient descent, preconditioned by a sketch, with steps that are measured.
    #[schemars(extend("x-phrase" = "[by sketched gradients] to {accuracy}"))]
    Gradient(SketchedGradient),
    /// Conjugate gradients as they are.
    #[schemars(extend("x-phrase" = "[by plain CGLS] to {accuracy}"))]
    Plain(Plain),
    /// QR.
    #[schemars(extend("x-phrase" = "[exactly]"))]
    Exact(Exact),
    /// QR, and then a random error of a given size: what the paper's theorem is about.
    #[schemars(extend("x-phrase" = "[exactly, then wrong] by {accuracy}"))]
    Perturbed(Perturbed),
}

impl Default for RowSolver {
    fn default() -> Self {
        RowSolver::Sketched(Sketched::default())
    }
}

/// The sketched solver.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sketched {
    /// Relative accuracy of a row.
    #[schemars(range(min = 1e-12, max = 0.9), extend("x-scale" = "log"))]
    pub accuracy: f64,
    /// Which sketch.
    pub sketch: Sketch,
    /// Rows of the sketch for each column; rows with fewer observations are solved by QR.
    #[schemars(range(min = 2, max = 32))]
    pub oversampling: usize,
}

impl Default for Sketched {
    fn default() -> Self {
        Self { accuracy: 1e-2, sketch: Sketch::Count, oversampling: 8 }
    }
}

/// The sketched gradient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SketchedGradient {
    /// Relative accuracy of a row.
    #[schemars(range(min = 1e-12, max = 0.9), extend("x-scale" = "log"))]
    pub accuracy: f64,
    /// Which sketch.
    pub sketch: Sketch,
    /// Rows of the sketch for each column.
    #[schemars(range(min = 2, max = 32))]
    pub oversampling: usize,
}

impl Default for SketchedGradient {
    fn default() -> Self {
        Self { accuracy: 1e-2, sketch: Sketch::Count, oversampling: 8 }
    }
}

/// CGLS without a preconditioner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Plain {
    /// Relative accuracy of a row.
    #[schemars(range(min = 1e-12, max = 0.9), extend("x-scale" = "log"))]
    pub accuracy: f64,
}

impl Default for Plain {
    fn default() -> Self {
        Self { accuracy: 1e-2 }
    }
}

/// No parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Exact {}

/// An error model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Perturbed {
    /// Length of the error, relative to the row.
    #[schemars(range(min = 1e-12, max = 0.9), extend("x-scale" = "log"))]
    pub accuracy: f64,
}

impl Default for Perturbed {
    fn default() -> Self {
        Self { accuracy: 1e-2 }
    }
}

/// A row that was solved.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The solution, k numbers.
    pub x: Vec<f64>,
    /// Iterations that it took; none by QR.
    pub iterations: usize,
    /// Multiplications.
    pub work: f64,
}

impl RowSolver {
    /// Solves `min |A x - b|` for the columns of A. `None` where there are fewer rows than columns, or columns depend on each other.
    pub fn solve(&self, columns: &[Vec<f64>], wanted: &[f64], random: &mut Random) -> Option<Solved> {
        if wanted.len() < columns.len() {
            return None;
        }
        match self {
            RowSolver::Exact(_) => exact(columns, wanted),
            RowSolver::Perturbed(Perturbed { accuracy }) => {
                let mut solved = exact(columns, wanted)?;
                let error: Vec<f64> = solved.x.iter().map(|_| random.normal()).collect();
                axpy(accuracy * norm(&solved.x) / norm(&error), &error, &mut solved.x);
                Some(solved)
            }
            RowSolver::Plain(Plain { accuracy }) => Some(conjugate_gradients(columns, wanted, None, *accuracy)),
            RowSolver::Sketched(Sketched { accuracy, sketch, oversampling }) => {
                match sketched_factor(columns, *sketch, *oversampling, random) {
                    Some((factor, work)) => {
                        let mut solved = conjugate_gradients(columns, wanted, Some(&factor), *accuracy);
                        solved.work += work;
                        Some(solved)
                    }
                    None => exact(columns, wanted),
                }
            }
            RowSolver::Gradient(SketchedGradient { accuracy, sketch, oversampling }) => {
                match sketched_factor(columns, *sketch, *oversampling, random) {
                    Some((factor, work)) => {
                        let mut solved = gradient_descent(columns, wanted, &factor, *accuracy);
                        solved.work += work;
                        Some(solved)
                    }
                    None => exact(columns, wanted),
                }
            }
        }
    }
}

/// By QR, O(q k^2).
pub(super) fn exact(columns: &[Vec<f64>], wanted: &[f64]) -> Option<Solved> {
    let mut factors = IncrementalQr::new();
    for column in columns {
        factors.push(column).ok()?;
    }
    Some(Solved { x: factors.solve(wanted), iterations: 0, work: factorising(wanted.len(), columns.len()) })
}

/// Multiplications of a QR factorisation by Gram-Schmidt, twice round.
fn factorising(rows: usize, cols: usize) -> f64 {
    2.0 * rows as f64 * (cols * cols) as f64
}

/// The triangular factor of a sketch, and the work for it; `None` where A is not much taller than the sketch would be, or the sketch has
/// lost rank.
fn sketched_factor(
    columns: &[Vec<f64>],
    sketch: Sketch,
    oversampling: usize,
    random: &mut Random,
) -> Option<(IncrementalQr<f64>, f64)> {
    let (rows, cols) = (columns[0].len(), columns.len());
    let short = oversampling * cols;
    if rows <= short {
        return None;
    }
    let drawn = sketch.draw(short, rows, random);
    let mut factors = IncrementalQr::new();
    let mut image = vec![0.0; drawn.rows()];
    for column in columns {
        drawn.apply(column, &mut image);
        factors.push(&image).ok()?;
    }
    let sketching = match sketch {
        Sketch::Count => rows * cols,
        Sketch::Hadamard => rows.next_power_of_two() * rows.next_power_of_two().ilog2() as usize * cols,
    };
    (factors.least_pivot() >= SINGULAR).then(|| (factors, sketching as f64 + factorising(short, cols)))
}

/// `A R^-1`, or A where there is no R.
struct Preconditioned<'a> {
    columns: &'a [Vec<f64>],
    factor: Option<&'a IncrementalQr<f64>>,
}

impl Preconditioned<'_> {
    fn solution(&self, z: &[f64]) -> Vec<f64> {
        self.factor.map_or_else(|| z.to_vec(), |factor| factor.back_substitute(z))
    }

    fn apply(&self, z: &[f64], image: &mut [f64]) {
        image.fill(0.0);
        self.columns.iter().zip(self.solution(z)).for_each(|(column, x)| axpy(x, column, image));
    }

    fn adjoint(&self, residual: &[f64], slope: &mut [f64]) {
        let products: Vec<f64> = self.columns.iter().map(|column| dot(column, residual)).collect();
        slope.copy_from_slice(&self.factor.map_or(products.clone(), |factor| factor.solve_adjoint(&products)));
    }

    /// Multiplications of a product with the operator and one with its adjoint.
    fn work(&self) -> f64 {
        let (rows, cols) = (self.columns[0].len() as f64, self.columns.len() as f64);
        2.0 * rows * cols + if self.factor.is_some() { cols * cols } else { 0.0 }
    }
}

fn conjugate_gradients(
    columns: &[Vec<f64>],
    wanted: &[f64],
    factor: Option<&IncrementalQr<f64>>,
    accuracy: f64,
) -> Solved {
    let operator = Preconditioned { columns, factor };
    let mut slope = vec![0.0; columns.len()];
    operator.adjoint(wanted, &mut slope);
    let mut solve = Cgls::new(wanted.to_vec(), slope);
    let mut iterations = 0;
    while solve.relative_slope() > accuracy && iterations < MOST_ITERATIONS {
        if !solve.step(|z, image| operator.apply(z, image), |r, slope| operator.adjoint(r, slope)) {
            break;
        }
        iterations += 1;
    }
    let work = (iterations as f64 + 0.5) * operator.work();
    Solved { x: operator.solution(&solve.solution), iterations, work }
}

/// `z = z + eta s`, `s = (A R^-1)^T r`, with the step `eta = |s|^2 / |A R^-1 s|^2` that goes farthest down: one that is guessed diverges
/// where a sketch is poor.
fn gradient_descent(columns: &[Vec<f64>], wanted: &[f64], factor: &IncrementalQr<f64>, accuracy: f64) -> Solved {
    let operator = Preconditioned { columns, factor: Some(factor) };
    let (mut image, mut slope) = (vec![0.0; wanted.len()], vec![0.0; columns.len()]);
    let (mut z, mut residual) = (slope.clone(), wanted.to_vec());
    operator.adjoint(&residual, &mut slope);
    let start = norm(&slope);
    let mut iterations = 0;
    while norm(&slope) > accuracy * start && iterations < MOST_ITERATIONS {
        operator.apply(&slope, &mut image);
        let length = dot(&slope, &slope) / dot(&image, &image);
        axpy(length, &slope, &mut z);
        axpy(-length, &image, &mut residual);
        operator.adjoint(&residual, &mut slope);
        iterations += 1;
    }
    let work = (iterations as f64 + 0.5) * operator.work();
    Solved { x: operator.solution(&z), iterations, work }
}

#[cfg(test)]
mod tests;
