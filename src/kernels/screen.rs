//! Which columns can correlate most with a vector: told from 16-bit copies, without ever missing one.
//!
//! Column `a` and vector `r` are scaled to length `L = 32767` and rounded to integers `a~`, `r~`. Then
//!
//! ```text
//! L^2 <a, r> / (|a| |r|) = <a~, r~> + e,     |e| <= |a~| d + L d,     d = sqrt(m) / 2
//! ```
//!
//! by Cauchy-Schwarz, as no rounding error of m entries is longer than `d` and `|a~|` is at most `L + d`. The integer
//! product is exact: `|a~| |r~|` is below 2^31, and 32-bit sums that wrap on the way end at the right number. So each
//! column's correlation lies in an interval, and a column whose interval ends below the start of another's cannot
//! be the largest. What is left is computed in f64 by the caller: the choice is that of a full scan, ties included.

use super::norm;
use super::quantise::{BLOCK, LENGTH, quantise, quantised};
use wide::{i16x8, i32x4};

/// Columns that are read together, so that a scan reads one stream of memory and each load of `r` serves eight.
const PANEL: usize = 8;
/// Lengths that screening trusts itself with: far from where squares or products of two of them leave f64's range.
const SAFE: std::ops::RangeInclusive<f64> = 1e-90..=1e90;
/// Most rows for which the allowances below cover the rounding of f64 sums.
const MOST_ROWS: usize = 1 << 20;

/// Vectors of integers in a column, an even number.
fn height(rows: usize) -> usize {
    2 * rows.div_ceil(BLOCK)
}

/// Most that `<a~, r~>` is away from `L^2 <a, r> / (|a| |r|)`. The last 1 allows for the rounding of f64 sums over
/// m <= 2^20 entries, of order m 2^-53 L^2 at most.
fn width(rows: usize) -> f64 {
    let d = (rows as f64).sqrt() / 2.0;
    (LENGTH + d) * d + LENGTH * d + 1.0
}

/// A 16-bit copy of a matrix's columns: 2 m n bytes, a quarter of the matrix, and 8 n for their norms.
#[derive(Clone, Debug)]
pub struct Screen {
    rows: usize,
    /// Panel by panel, in it vector by vector down the columns, in that column by column. Zeros fill up rows and
    /// columns.
    panels: Vec<i16x8>,
    /// `|a_j|`; infinite for a column that cannot be screened.
    norms: Vec<f64>,
    /// Whether zeros are all that cannot be screened.
    complete: bool,
}

impl Screen {
    /// Copies the columns of the matrix whose entries are given column by column, m > 0 entries each. O(m n).
    ///
    /// # Panics
    /// When there are no rows, or the number of entries is not a multiple of them.
    pub fn new(rows: usize, entries: &[f64]) -> Self {
        assert!(rows > 0 && entries.len().is_multiple_of(rows));
        let (cols, height) = (entries.len() / rows, height(rows));
        let mut panels = vec![i16x8::ZERO; cols.div_ceil(PANEL) * height * PANEL];
        let mut norms = Vec::with_capacity(cols);
        let mut complete = true;
        for (j, column) in entries.chunks_exact(rows).enumerate() {
            let size = norm(column);
            norms.push(if SAFE.contains(&size) { size } else { f64::INFINITY });
            complete &= SAFE.contains(&size) || column.iter().all(|&entry| entry == 0.0);
            if SAFE.contains(&size) {
                let panel = &mut panels[j / PANEL * height * PANEL..][..height * PANEL];
                let mut places = panel.chunks_exact_mut(PANEL).map(|columns| &mut columns[j % PANEL]);
                quantise(column, size, |pair| {
                    pair.into_iter().zip(&mut places).for_each(|(lanes, place)| *place = lanes)
                });
            }
        }
        Self { rows, panels, norms, complete }
    }

    /// Ascending, all columns that can have the largest `|<a_j, r>| / lengths[j]` among those that are `free` and
    /// have a length that is not zero. `None` when nothing can be said of this `r`. O(m n) on two bytes an entry.
    ///
    /// # Panics
    /// When a slice has another length than the matrix says.
    pub fn candidates(&self, r: &[f64], lengths: &[f64], free: &[bool]) -> Option<Vec<usize>> {
        assert!(r.len() == self.rows && lengths.len() == self.norms.len() && free.len() == self.norms.len());
        let size = norm(r);
        if !SAFE.contains(&size) || self.rows > MOST_ROWS {
            return None;
        }
        let width = width(self.rows);
        let r = quantised(r, size);
        let products = self.products(&r);
        let weights = self.weights(lengths, free);
        let least = least(&products, &weights, width);
        let reaches = |j: usize| (f64::from(products[j].unsigned_abs()) + width) * weights[j] >= least;
        Some((0..products.len()).filter(|&j| reaches(j) && free[j] && lengths[j] != 0.0).collect())
    }

    /// `<a_j, r>` for all columns, each off by the returned error times `|a_j|` at most. `None` when nothing can be said
    /// of this `r`, or of a column that is not zero. O(m n) on two bytes an entry.
    ///
    /// # Panics
    /// When `r` has not an entry a row.
    pub fn approximate(&self, r: &[f64]) -> Option<(Vec<f64>, f64)> {
        assert!(r.len() == self.rows);
        let size = norm(r);
        if !SAFE.contains(&size) || self.rows > MOST_ROWS || !self.complete {
            return None;
        }
        let unit = size / (LENGTH * LENGTH);
        let products = self.products(&quantised(r, size));
        // A column of infinite length is zero here, and so is its product.
        let value = |(&product, &norm): (&i32, &f64)| {
            if norm < f64::INFINITY { f64::from(product) * (unit * norm) } else { 0.0 }
        };
        // A part in 1e9 allows for the rounding of norms and products.
        let error = (width(self.rows) + 1e-9 * LENGTH * LENGTH) * unit;
        Some((products.iter().zip(&self.norms).map(value).collect(), error))
    }

    /// `|<a_j, r>| / lengths[j]` is `L^-2 |r|` times something in `(|<a~_j, r~>| -+ width) weight`: infinite where
    /// nothing is known, and zero where the column is not to be looked at.
    fn weights(&self, lengths: &[f64], free: &[bool]) -> Vec<f64> {
        let weight = |((&norm, &length), &free): ((&f64, &f64), &bool)| {
            let known = if SAFE.contains(&length) { norm / length } else { f64::INFINITY };
            if free & (length != 0.0) { known } else { 0.0 }
        };
        self.norms.iter().zip(lengths).zip(free).map(weight).collect()
    }

    /// `<a~_j, r~>` for all columns.
    fn products(&self, r: &[i16x8]) -> Vec<i32> {
        let mut products = Vec::with_capacity(self.norms.len() + PANEL);
        for panel in self.panels.chunks_exact(r.len() * PANEL) {
            let mut sums = [i32x4::ZERO; PANEL];
            for (columns, &r) in panel.as_chunks::<PANEL>().0.iter().zip(r) {
                for (sum, column) in sums.iter_mut().zip(columns) {
                    *sum += column.dot(r);
                }
            }
            products.extend(sums.map(i32x4::reduce_add));
        }
        products.truncate(self.norms.len());
        products
    }
}

/// What the largest is at least, in the units of the weights; zero where even that is not known.
fn least(products: &[i32], weights: &[f64], width: f64) -> f64 {
    // Each lane its own: the comparisons of one are a chain.
    let mut lanes = [0.0f64; 8];
    for (products, weights) in products.chunks(8).zip(weights.chunks(8)) {
        for ((lane, product), weight) in lanes.iter_mut().zip(products).zip(weights) {
            let lower = (f64::from(product.unsigned_abs()) - width) * weight;
            *lane = if (lower > *lane) & (lower < f64::INFINITY) { lower } else { *lane };
        }
    }
    // A part in 1e9 allows for the rounding of norms, weights and quotients.
    lanes.into_iter().fold(0.0, f64::max) * (1.0 - 1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `<a~_j, r~>` as the screen has it, and in 64 bits, entry by entry.
    fn products(rows: usize, columns: &[Vec<f64>], r: &[f64]) -> (Vec<i32>, Vec<i64>) {
        let integers =
            |x: &[f64]| -> Vec<i16> { quantised(x, norm(x)).into_iter().flat_map(i16x8::to_array).collect() };
        let product = |(a, r)| i64::from(a) * i64::from(r);
        let exact = |column: &Vec<f64>| integers(column).into_iter().zip(integers(r)).map(product).sum();
        let screen = Screen::new(rows, &columns.concat());
        (screen.products(&quantised(r, norm(r))), columns.iter().map(exact).collect())
    }

    #[test]
    fn integer_products_are_exact() {
        for rows in 1..67 {
            let wave = |step: usize| (0..rows).map(|i| libm::sin((i * step) as f64 + 0.4)).collect::<Vec<f64>>();
            let columns: Vec<_> = (1..20).map(wave).collect();
            let (fast, exact) = products(rows, &columns, &wave(7));
            assert!(fast.iter().map(|&p| i64::from(p)).eq(exact), "{rows} rows");
        }
    }

    #[test]
    fn the_largest_products_fit() {
        for rows in [1, 2, 3, 9, 64, 1000, 20_000] {
            let flat = vec![1.0; rows];
            let mut spike = vec![0.0; rows];
            spike[rows - 1] = -1.0;
            for r in [&flat, &spike] {
                let (fast, exact) = products(rows, &[flat.clone(), spike.clone()], r);
                assert!(fast.iter().map(|&p| i64::from(p)).eq(exact), "{rows} rows");
            }
        }
    }

    #[test]
    fn the_width_covers_every_product() {
        for rows in [1, 5, 40, 300] {
            let wave = |step: usize| (0..rows).map(|i| libm::cos((i * i * step) as f64)).collect::<Vec<f64>>();
            let columns: Vec<_> = (1..30).map(wave).collect();
            let r = wave(1);
            let (fast, _) = products(rows, &columns, &r);
            let width = width(rows);
            for (column, product) in columns.iter().zip(fast) {
                let exact = super::super::dot(column, &r) / (norm(column) * norm(&r)) * LENGTH * LENGTH;
                assert!((exact - f64::from(product)).abs() <= width, "{rows} rows: {exact} {product} {width}");
            }
        }
    }
}
