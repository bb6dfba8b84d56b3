//! Frequencies of a picture along a scanner's path.

use super::partial::{Partial, Square};
use super::partial_fourier::Fourier;
use super::sizes::{check_complex, check_fits};
use super::subsampling::Selection;
use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which frequencies are measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mask {
    /// Lines through the centre, as few as there must be, at equal angles.
    #[default]
    Radial,
    /// A spiral from the centre outwards, with as few turns as there must be.
    Spiral,
    /// Drawn, with chances that fall with the distance from the centre.
    VariableDensity,
}

/// m frequencies of the 2-D Fourier transform of a square picture, on a grid, with entries of modulus `1/sqrt m`.
///
/// A path is followed in steps of half a cell until it has met m cells; where the last line or turn has more than are
/// left, those nearest to the centre are taken. Unknowns are the picture row by row; products are O(n log n).
/// Candès, Romberg and Tao, "Robust uncertainty principles" (2006), for lines; Lustig, Donoho and Pauly, "Sparse MRI"
/// (2007), for variable density.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Mri {
    /// Which frequencies are measured.
    pub mask: Mask,
    /// For variable density, the power q in chances that fall as `(1 - r)^q`, with r from 0 at the centre to 1 in the
    /// corners.
    #[schemars(range(min = 0.0, max = 20.0), extend("x-step" = 0.5))]
    pub density: f64,
}

impl Default for Mri {
    fn default() -> Self {
        Self { mask: Mask::Radial, density: 4.0 }
    }
}

impl Sensing for Mri {
    fn is_complex(&self) -> bool {
        true
    }

    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_complex::<S>("partial-dct")?;
        check_fits("cols", cols, "a square for a picture", |n| n.isqrt() * n.isqrt() == n)?;
        if rows > cols {
            let message = format!("goes up to the number of unknowns, {cols}, for an MRI mask, not {rows}");
            return Err(Complaint::new("rows", message));
        }
        let side = cols.isqrt();
        let cells = match self.mask {
            Mask::Radial => along(rows, side, radial),
            Mask::Spiral => along(rows, side, spiral),
            Mask::VariableDensity => drawn(rows, side, self.density, &mut Random::new(seed, Stream::Matrix)),
        };
        let transform = Fourier2d { line: Fourier::new(side), side };
        Ok(Partial::new(transform, Selection::of(cells, cols)).scaled(true))
    }
}

/// A signed frequency in `-side/2 ..= (side-1)/2` as an index of the transform; [`signed`] is the other way round.
fn wrapped(frequency: i64, side: usize) -> usize {
    frequency.rem_euclid(side as i64) as usize
}

fn signed(index: usize, side: usize) -> i64 {
    if 2 * index < side + side % 2 { index as i64 } else { index as i64 - side as i64 }
}

/// Distance of a cell from the centre, in cells.
fn radius(cell: usize, side: usize) -> f64 {
    let (u, v) = (signed(cell / side, side) as f64, signed(cell % side, side) as f64);
    (u * u + v * v).sqrt()
}

/// `rows` cells of a path that is as sparse as can be, ascending: among the densities that a bisection tries.
fn along(rows: usize, side: usize, path: fn(usize, f64) -> Vec<(f64, f64)>) -> Vec<usize> {
    let met = |density: usize| met_by(&path(density, side as f64 / std::f64::consts::SQRT_2 + 1.0), side);
    // Lines or turns closer than a cell apart meet every cell; `few` meet too few of them, `many` enough.
    let (mut few, mut many) = (0, 1);
    while many < 4 * side && met(many).len() < rows {
        (few, many) = (many, 2 * many);
    }
    while many - few > 1 {
        let middle = few.midpoint(many);
        if met(middle).len() < rows { few = middle } else { many = middle }
    }
    let mut cells = met(many);
    if cells.len() < rows {
        cells = (0..side * side).collect();
    }
    cells.sort_by(|&a, &b| radius(a, side).total_cmp(&radius(b, side)).then(a.cmp(&b)));
    cells.truncate(rows);
    cells.sort_unstable();
    cells
}

/// The cells that points, as pairs of frequencies, fall into. Ascending.
fn met_by(points: &[(f64, f64)], side: usize) -> Vec<usize> {
    let low = -(side as i64 / 2);
    let within = |w: i64| (low..low + side as i64).contains(&w);
    let mut met = vec![false; side * side];
    for &(u, v) in points {
        let (u, v) = (libm::round(u) as i64, libm::round(v) as i64);
        if within(u) && within(v) {
            met[wrapped(u, side) * side + wrapped(v, side)] = true;
        }
    }
    (0..met.len()).filter(|&cell| met[cell]).collect()
}

/// Points half a cell apart on `lines` lines through the centre.
fn radial(lines: usize, reach: f64) -> Vec<(f64, f64)> {
    let steps = (2.0 * reach) as i64;
    let line = |l: usize| {
        let (sin, cos) = libm::sincos(std::f64::consts::PI * l as f64 / lines as f64);
        (-steps..=steps).map(move |step| (0.5 * step as f64 * cos, 0.5 * step as f64 * sin))
    };
    (0..lines).flat_map(line).collect()
}

/// Points about half a cell apart on an Archimedean spiral of `turns` turns.
fn spiral(turns: usize, reach: f64) -> Vec<(f64, f64)> {
    let full = std::f64::consts::TAU * turns as f64;
    let mut points = vec![(0.0, 0.0)];
    let mut angle = 0.0;
    while angle < full {
        let radius = reach * angle / full;
        let (sin, cos) = libm::sincos(angle);
        points.push((radius * cos, radius * sin));
        // Arc length is at most (radius + reach / full) times the angle near the centre.
        angle += 0.5 / (radius + reach / full);
    }
    points
}

/// Cells drawn one after the other without replacement, with chances in proportion to `(1 - r)^power`: those with the
/// largest `log(u) / weight` (Efraimidis and Spirakis 2006).
fn drawn(rows: usize, side: usize, power: f64, random: &mut Random) -> Vec<usize> {
    let corner = side as f64 * std::f64::consts::FRAC_1_SQRT_2 + 1.0;
    let keys = (0..side * side).map(|cell| {
        let weight = libm::pow(1.0 - radius(cell, side) / corner, power);
        (libm::log(1.0 - random.uniform()) / weight, cell)
    });
    let mut keys: Vec<(f64, usize)> = keys.collect();
    keys.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut cells: Vec<usize> = keys[..rows].iter().map(|&(_, cell)| cell).collect();
    cells.sort_unstable();
    cells
}

/// The unitary Fourier transform along both sides of a square picture.
pub struct Fourier2d {
    line: Fourier,
    side: usize,
}

impl Fourier2d {
    fn on_both_sides<S: Scalar>(&self, picture: &mut [S], transform: impl Fn(&mut [S])) {
        let side = self.side;
        for _ in 0..2 {
            picture.chunks_exact_mut(side).for_each(&transform);
            for i in 0..side {
                for j in 0..i {
                    picture.swap(i * side + j, j * side + i);
                }
            }
        }
    }
}

impl<S: Scalar> Square<S> for Fourier2d {
    fn forward(&self, x: &mut [S]) {
        self.on_both_sides(x, |line| self.line.forward(line));
    }

    fn adjoint(&self, x: &mut [S]) {
        self.on_both_sides(x, |line| self.line.adjoint(line));
    }

    fn entry(&self, i: usize, j: usize) -> S {
        let side = self.side;
        let along: S = self.line.entry(i / side, j / side);
        let across: S = self.line.entry(i % side, j % side);
        along * across
    }

    fn squared_norms(&self, rows: &[usize]) -> Vec<f64> {
        let n = self.side * self.side;
        vec![rows.len() as f64 / n as f64; n]
    }
}
