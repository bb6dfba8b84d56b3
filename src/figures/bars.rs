//! A bar an entry, one of them chosen, perhaps against a threshold.

use super::{Drawing, Plot, Series};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use serde::Deserialize;

/// Bars over the index axis.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Bars {
    /// Their heights.
    pub values: Series,
    /// Entries to draw in the estimate's colour.
    pub active: Vec<usize>,
    /// The entry that the method takes.
    pub chosen: Option<usize>,
    /// What stands beside the chosen one.
    pub label: String,
    /// Level that matters to the method, drawn as a dashed line (and its mirror, where bars go both ways).
    pub threshold: Option<f64>,
    /// Colour of the bars; `truth` when empty.
    pub colour: String,
}

impl Bars {
    pub(super) fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let (left, _, right, _) = plot.edges();
        let colour = if self.colour.is_empty() { "truth" } else { &self.colour };
        let thin = (plot.spacing() * 0.6).clamp(0.5, 2.0);
        let base = plot.base();
        let bar = |i: usize| {
            let x = plot.x(i as f64);
            [(x, base), (x, plot.y(self.values[i]))]
        };
        let shown = plot.indices(self.values.len());
        for i in shown.clone() {
            if self.values[i] != 0.0 {
                plot.line(bar(i), colour, thin, 0.9)?;
            }
        }
        for &i in self.active.iter().filter(|i| shown.contains(i)) {
            plot.line(bar(i), "estimate", thin.max(1.5), 1.0)?;
        }
        if let Some(level) = self.threshold {
            let both = self.values.iter().any(|&v| v < 0.0);
            for level in [level, -level].into_iter().take(if both { 2 } else { 1 }) {
                let y = plot.y(level);
                plot.dashed(&[(left, y), (right, y)], &[6.0, 4.0], "ink-2", 1.0)?;
            }
        }
        if let Some(i) = self.chosen.filter(|i| shown.contains(i)) {
            let [foot, head] = bar(i);
            plot.line([foot, head], "estimate", 3.0, 1.0)?;
            let (side, shift) = if head.0 > (left + right) / 2.0 { (HPos::Right, -7.0) } else { (HPos::Left, 7.0) };
            plot.text(&self.label, (head.0 + shift, head.1.max(8.0)), (side, VPos::Center), 13.0, "ink")?;
        }
        Ok(())
    }
}
