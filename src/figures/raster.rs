//! The support raster: step downwards, index across; a bar for each stay of an index in the support.

use super::{Drawing, Plot};
use plotters::prelude::DrawingBackend;
use serde::Deserialize;

/// More wrong stays than this are drawn pale and without crosses.
const MANY: usize = 60;

/// A stay of an index in the support.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Span {
    /// The index.
    pub index: usize,
    /// Step at which it entered.
    pub from: f64,
    /// Step at which it left, or the last step.
    pub to: f64,
    /// Whether the index is not in the true support.
    pub wrong: bool,
}

/// When each index enters and leaves the support.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Raster {
    /// Stays.
    pub spans: Vec<Span>,
    /// The true support: pale columns behind.
    pub truth: Vec<usize>,
    /// Colour of right stays; `estimate` when empty.
    pub colour: String,
}

impl Raster {
    pub(super) fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let (_, top, _, bottom) = plot.edges();
        let colour = if self.colour.is_empty() { "estimate" } else { &self.colour };
        let space = plot.spacing();
        let (found, wrong, pale) = (space.clamp(1.0, 3.5), space.clamp(1.0, 2.0), space.clamp(1.0, 4.0));
        let shown = plot.indices(usize::MAX);
        for &index in self.truth.iter().filter(|index| shown.contains(index)) {
            let x = plot.x(index as f64);
            plot.line([(x, top), (x, bottom)], "rule", pale, 0.75)?;
        }
        // A method that begins with every index active is not accused of each of them at full strength.
        let wrongs = self.spans.iter().filter(|span| span.wrong).count();
        let strength = if wrongs > MANY { 0.3 } else { 1.0 };
        for span in self.spans.iter().filter(|span| shown.contains(&span.index)) {
            let x = plot.x(span.index as f64);
            let (from, to) = (plot.y(span.from), plot.y(span.to));
            // One step must remain visible when there are thousands.
            let to = if to - from < 1.0 { from + 1.0 } else { to };
            if span.wrong {
                plot.line([(x, from), (x, to)], "false-alarm", wrong, strength)?;
            } else {
                plot.line([(x, from), (x, to)], colour, found, 1.0)?;
            }
        }
        if wrongs <= MANY {
            for span in self.spans.iter().filter(|span| span.wrong && shown.contains(&span.index)) {
                plot.cross((plot.x(span.index as f64), plot.y(span.from)), 3.5, "false-alarm", 2.0)?;
            }
        }
        Ok(())
    }
}
