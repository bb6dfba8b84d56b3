//! An instance of `completion`, and how factors are judged.

use super::{Entries, Factors};
use crate::contract::{Axis, Complaint, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{axpy, dot, norm, norm_inf};
use crate::labs::matrices::picture::matrix;
use crate::linalg::Svd;
use crate::operators::{Dense, randomized_svd};
use crate::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::any::Any;

/// Singular values that the spectrum shows beyond the rank.
const BEYOND: usize = 6;

/// Rounds of the subspace iteration behind the true singular vectors; exact where the rank is low.
const POWERS: usize = 4;

/// Some entries of a matrix, and the matrix. Methods estimate [`Factors`] of it, as their `(m + n) rank` entries.
pub struct CompletionInstance {
    /// What is seen.
    pub seen: Entries,
    /// Rows, m.
    pub rows: usize,
    /// Columns, n.
    pub cols: usize,
    /// The rank that methods take when they are told none.
    pub rank: usize,
    /// All entries, row by row.
    pub truth: Vec<f64>,
    /// Whether an entry is seen, row by row.
    pub mask: Vec<bool>,
    /// The largest true singular values and their vectors, `rank` and a few more.
    spectrum: Svd<f64>,
    kind: Kind,
    /// The largest modulus of the truth.
    peak: f64,
    /// Norms of the truth on what is seen and on what is not.
    sizes: [f64; 2],
}

impl CompletionInstance {
    /// `observed` are values for the entries that are seen, in the order of the mask.
    pub(super) fn new(
        (rows, cols, rank): (usize, usize, usize),
        truth: Vec<f64>,
        mask: Vec<bool>,
        observed: &[f64],
        kind: Kind,
    ) -> Self {
        let places = mask.iter().enumerate().filter(|(_, seen)| **seen).map(|(cell, _)| cell);
        let seen = Entries::new(rows, cols, places.zip(observed).map(|(cell, &y)| (cell / cols, cell % cols, y)));
        let all = Dense::from_rows(rows, cols, &truth);
        let spectrum = randomized_svd(&all, rank + BEYOND, POWERS, &mut Random::new(0, Stream::Probe));
        let peak = norm_inf(&truth);
        let mut squares = [0.0; 2];
        truth.iter().zip(&mask).for_each(|(x, seen)| squares[usize::from(!seen)] += x * x);
        Self { seen, rows, cols, rank, truth, mask, spectrum, kind, peak, sizes: squares.map(f64::sqrt) }
    }

    /// The rank that a method is told, or the instance's own.
    ///
    /// # Errors
    /// When it exceeds the matrix's smaller side.
    pub fn rank_for(&self, given: Option<usize>) -> Result<usize, Complaint> {
        let most = self.rows.min(self.cols);
        match given {
            Some(rank) if rank > most => Err(Complaint::new("rank", format!("goes up to {most} here, not {rank}"))),
            Some(rank) => Ok(rank),
            None => Ok(self.rank),
        }
    }

    /// Share of the entries that is seen, p.
    pub fn share(&self) -> f64 {
        self.seen.len() as f64 / (self.rows * self.cols) as f64
    }

    /// Factors in an observation, where they are that.
    fn factors(&self, seen: &Observation<'_>) -> Option<Factors> {
        let (rows, cols) = (self.rows, self.cols);
        match &seen.estimate {
            Values::Real(entries) if !entries.is_empty() && entries.len() % (rows + cols) == 0 => {
                Some(Factors { rows, cols, rank: entries.len() / (rows + cols), entries: entries.to_vec() })
            }
            _ => None,
        }
    }

    /// Relative errors over all entries, over those that are seen and those that are not, all against the truth.
    fn errors(&self, estimate: &Factors) -> [f64; 3] {
        let mut squares = [0.0; 2];
        for (cell, (x, seen)) in self.truth.iter().zip(&self.mask).enumerate() {
            let off = estimate.entry(cell / self.cols, cell % self.cols) - x;
            squares[usize::from(!seen)] += off * off;
        }
        let relative = |square: f64, size: f64| if size > 0.0 { square.sqrt() / size } else { square.sqrt() };
        [
            relative(squares[0] + squares[1], norm(&self.sizes)),
            relative(squares[0], self.sizes[0]),
            relative(squares[1], self.sizes[1]),
        ]
    }

    /// `|(I - U U^T) U*|`, the sine of the largest angle between the estimate's column space and the true one.
    fn distance(&self, estimate: &Svd<f64>) -> f64 {
        let off = |truth: &Vec<f64>| {
            let mut rest = truth.clone();
            estimate.left.iter().for_each(|u| axpy(-dot(u, &rest), u, &mut rest));
            rest
        };
        let true_rank = self.spectrum.values.iter().take(self.rank).filter(|&&s| s > 1e-10 * self.spectrum.values[0]);
        let columns: Vec<Vec<f64>> = self.spectrum.left.iter().take(true_rank.count()).map(off).collect();
        Svd::new(columns).values.first().copied().unwrap_or(0.0)
    }

    /// `(m / k) max_i |e_i^T U|^2`, from 1 for a spread basis to `m / k` for one that knows a row of its own.
    fn incoherence(&self, estimate: &Svd<f64>) -> f64 {
        let mut rows = vec![0.0; self.rows];
        estimate.left.iter().for_each(|u| rows.iter_mut().zip(u).for_each(|(sum, x)| *sum += x * x));
        let largest = rows.iter().fold(0.0_f64, |most, &x| most.max(x));
        largest * self.rows as f64 / estimate.left.len().max(1) as f64
    }

    fn spectrum_panel(&self, estimate: &Svd<f64>) -> Panel<'static> {
        let count = (self.rank + BEYOND).min(self.rows).min(self.cols);
        let padded = |values: &[f64]| (0..count).map(|l| values.get(l).copied().unwrap_or(0.0)).collect::<Vec<_>>();
        Panel {
            id: "spectrum",
            title: "Singular values",
            caption: "of the truth, and of the estimate",
            kind: Kind::Curves,
            shape: (2, count),
            values: Values::give([padded(&self.spectrum.values), padded(&estimate.values)].concat()),
            x: Axis::plain("index"),
            y: Axis { label: "singular value", unit: "", log: true },
            marks: Vec::new(),
            table: None,
        }
    }

    /// Beyond the largest true entry a picture has no colours.
    fn shown(&self, value: f64) -> f64 {
        let least = if self.kind == Kind::Image { 0.0 } else { -self.peak };
        value.clamp(least, self.peak)
    }
}

impl Instance for CompletionInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (rows, cols) = (self.rows, self.cols);
        let freedom = self.rank * (rows + cols - self.rank);
        json!({
            "rows": rows,
            "cols": cols,
            "size": if rows == cols { format!("n = {rows}, k = {}", self.rank) } else { format!("m = {rows}, n = {cols}, k = {}", self.rank) },
            "rank": self.rank,
            "observed": self.seen.len(),
            "oversampling": self.seen.len() as f64 / freedom as f64,
            "notes": [format!("{} entries are seen for {freedom} degrees of freedom.", self.seen.len())],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        let names = ("truth", "Truth", "$M$");
        vec![matrix(names, self.kind, (self.rows, self.cols), |i, j| self.truth[i * self.cols + j])]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(estimate) = self.factors(seen) else { return Vec::new() };
        let shape = (self.rows, self.cols);
        let cell = |i: usize, j: usize| i * self.cols + j;
        let names = ("estimate", "Estimate", "$\\hat M = U V^\\top$");
        let shown = |i, j| self.shown(estimate.entry(i, j));
        let mut panels = vec![matrix(names, self.kind, shape, shown)];
        let names = ("observed", "Seen", "$P_\\Omega(M)$, zero where nothing is seen");
        panels.push(matrix(names, self.kind, shape, |i, j| self.shown(self.seen.at(i, j).unwrap_or(0.0))));
        panels.push(self.spectrum_panel(&estimate.svd()));
        let names = ("truth", "Truth", "$M$");
        panels.push(matrix(names, self.kind, shape, |i, j| self.truth[cell(i, j)]));
        let names = ("error", "Error", "$|\\hat M - M|$");
        let off = |i, j| (self.shown(estimate.entry(i, j)) - self.truth[cell(i, j)]).abs();
        panels.push(matrix(names, Kind::Heat, shape, off));
        panels
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(estimate) = self.factors(seen) else { return Vec::new() };
        let [_, observed, unseen] = self.errors(&estimate);
        let svd = estimate.svd();
        vec![
            Trace { name: "unseen_error", value: unseen },
            Trace { name: "seen_error", value: observed },
            Trace { name: "subspace_distance", value: self.distance(&svd) },
            Trace { name: "incoherence", value: self.incoherence(&svd) },
        ]
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(estimate) = self.factors(seen) else { return Vec::new() };
        let mut metrics = self.traces(seen);
        metrics.push(Trace { name: "relative_error", value: self.errors(&estimate)[0] });
        metrics.push(Trace { name: "rank", value: estimate.svd().values.len() as f64 });
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let shape = (self.rows, self.cols);
        let mask: Vec<f64> = self.mask.iter().map(|&seen| f64::from(u8::from(seen))).collect();
        vec![("M", shape, Values::lend(&self.truth)), ("mask", shape, Values::give(mask))]
    }
}

/// Whether what is seen has a size at all: methods start from its singular vectors.
pub(super) fn is_usable(observed: &[f64]) -> bool {
    let size = norm(observed);
    size > 0.0 && size.is_finite()
}
