//! Measurements as dots on thin stems, and the residual as bars under them.

use super::{Drawing, Plot, Series};
use plotters::prelude::DrawingBackend;
use serde::Deserialize;

/// Measurements and what is left of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Measured {
    /// `y`.
    pub measurements: Series,
    /// `r = y - A x`.
    pub residual: Series,
}

impl Measured {
    pub(super) fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let base = plot.base();
        let wide = (plot.spacing() * 0.7).clamp(0.5, 3.0);
        let top = |series: &Series, i: usize| (plot.x(i as f64), plot.y(series[i]));
        for i in 0..self.residual.len() {
            let (x, y) = top(&self.residual, i);
            plot.line([(x, base), (x, y)], "residual", wide, 1.0)?;
        }
        for i in 0..self.measurements.len() {
            let (x, y) = top(&self.measurements, i);
            plot.line([(x, base), (x, y)], "measured", 0.7, 0.45)?;
        }
        let radius = if plot.spacing() < 1.5 { 1.1 } else { 1.7 };
        for i in 0..self.measurements.len() {
            plot.disc(top(&self.measurements, i), radius, "measured")?;
        }
        Ok(())
    }
}
