//! Truth and estimate over the index axis: rings and discs, told apart by shape as well as colour.

use super::{Drawing, Plot, Series};
use plotters::prelude::DrawingBackend;
use serde::Deserialize;

/// Stems of a truth and an estimate. Either may be missing (empty).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Stems {
    /// True entries: rings.
    pub truth: Series,
    /// Estimated entries: stems with discs.
    pub estimate: Series,
    /// Moduli above this count as non-zero.
    pub threshold: f64,
    /// Whether the run has ended: before, an entry is "not found yet", never "missed".
    pub ended: bool,
    /// Colour of the estimate; `estimate` when empty.
    pub colour: String,
    /// Entries that are being edited, ringed.
    pub selected: Vec<usize>,
}

/// What an index is, given truth and estimate.
enum Mark {
    Found,
    Missing,
    FalseAlarm,
    Faint,
    Nothing,
}

impl Stems {
    fn mark(&self, i: usize) -> Mark {
        let active = |series: &Series| series.get(i).is_some_and(|v| v.abs() > self.threshold);
        let known = !self.truth.is_empty();
        match (active(&self.truth), active(&self.estimate)) {
            (true, true) => Mark::Found,
            (true, false) => Mark::Missing,
            (false, true) if known => Mark::FalseAlarm,
            (false, true) => Mark::Found,
            (false, false) if self.estimate.get(i).is_some_and(|&v| v != 0.0) => Mark::Faint,
            (false, false) => Mark::Nothing,
        }
    }

    /// Draws the stems; all marks of one style together, so that a canvas can batch them.
    pub(super) fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let crowded = plot.spacing() < 3.0 && plot.frame.width < 500.0;
        let (ring, disc) = if crowded { (4.5, 2.8) } else { (6.0, 3.5) };
        let colour = if self.colour.is_empty() { "estimate" } else { &self.colour };
        let n = self.truth.len().max(self.estimate.len());
        let base = plot.base();
        let value = |series: &Series, i: usize| series.get(i).copied().unwrap_or(0.0);
        let head = |series: &Series, i: usize| (plot.x(i as f64), plot.y(value(series, i)));
        let shown = plot.indices(n);
        let of = |wanted: fn(&Mark) -> bool| shown.clone().filter(move |&i| wanted(&self.mark(i)));

        for i in of(|mark| matches!(mark, Mark::Faint)) {
            let (x, y) = head(&self.estimate, i);
            plot.line([(x, base), (x, y)], colour, 1.0, 0.5)?;
        }
        for i in of(|mark| matches!(mark, Mark::Found)) {
            let (x, y) = head(&self.estimate, i);
            plot.line([(x, base), (x, y)], colour, 1.5, 1.0)?;
        }
        let (missing, width) = if self.ended { ("miss", 2.0) } else { ("truth", 1.4) };
        for i in of(|mark| matches!(mark, Mark::Missing)) {
            let (x, y) = head(&self.truth, i);
            let short = if y < base { y + ring } else { y - ring };
            plot.dashed(&[(x, base), (x, short)], &[3.0, 3.0], missing, 1.4)?;
            plot.ring((x, y), ring, missing, width)?;
        }
        for i in of(|mark| matches!(mark, Mark::FalseAlarm)) {
            let (x, y) = head(&self.estimate, i);
            plot.line([(x, base), (x, y)], "false-alarm", 1.5, 1.0)?;
            plot.cross((x, y), 4.0, "false-alarm", 2.0)?;
        }
        for i in of(|mark| matches!(mark, Mark::Found)).filter(|&i| i < self.truth.len()) {
            plot.ring(head(&self.truth, i), ring, "truth", 1.4)?;
        }
        for i in of(|mark| matches!(mark, Mark::Found)) {
            plot.disc(head(&self.estimate, i), disc, colour)?;
        }
        for &i in self.selected.iter().filter(|i| shown.contains(i)) {
            plot.ring(head(if self.truth.is_empty() { &self.estimate } else { &self.truth }, i), 13.0, "focus", 2.0)?;
        }
        Ok(())
    }
}
