//! A matrix as colours.

use super::{Drawing, Plot, Scheme, Series, Theme};
use plotters::prelude::DrawingBackend;
use serde::Deserialize;

/// A matrix of numbers, row by row.
#[derive(Clone, Debug, Deserialize)]
pub struct Heat {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// Entries, row by row.
    pub values: Series,
    /// Which colours.
    pub scheme: Scheme,
    /// Columns drawn in full; the others are paled to 30 %. All are full when empty.
    #[serde(default)]
    pub active: Vec<usize>,
    /// Value of the last colour, and for a diverging scheme of minus the first; the largest modulus when absent.
    #[serde(default)]
    pub peak: Option<f64>,
}

impl Heat {
    /// Every cell as a rectangle: for export. The page paints [`pixels`] under the axes instead.
    pub(super) fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let pixels = pixels(self, plot.theme);
        let (left, top, right, bottom) = plot.edges();
        let (width, height) = ((right - left) / self.cols as f64, (bottom - top) / self.rows as f64);
        for (place, pixel) in pixels.as_chunks::<4>().0.iter().enumerate() {
            let (x, y) = ((place % self.cols) as f64, (place / self.cols) as f64);
            let corner = (left + x * width, top + y * height);
            let colour = plotters::style::RGBColor(pixel[0], pixel[1], pixel[2]);
            plot.cell(corner, (corner.0 + width, corner.1 + height), colour)?;
        }
        Ok(())
    }
}

/// The matrix as RGBA bytes, one pixel an entry, row by row. O(rows cols).
pub fn pixels(heat: &Heat, theme: &Theme) -> Vec<u8> {
    let table = theme.table(heat.scheme);
    let largest = heat.values.iter().fold(0.0_f64, |peak, v| if v.is_finite() { peak.max(v.abs()) } else { peak });
    let peak = heat.peak.filter(|&peak| peak > 0.0).unwrap_or(if largest > 0.0 { largest } else { 1.0 });
    let paper = theme.colour("paper");
    let mut lit = vec![heat.active.is_empty(); heat.cols];
    for &col in &heat.active {
        if let Some(lit) = lit.get_mut(col) {
            *lit = true;
        }
    }
    let blend = |colour: u8, paper: u8| (0.3 * f64::from(colour) + 0.7 * f64::from(paper)).round() as u8;
    let mut pixels = Vec::with_capacity(4 * heat.values.len());
    for (place, value) in heat.values.iter().enumerate().take(heat.rows * heat.cols) {
        let share = match heat.scheme {
            Scheme::Diverging => 0.5 + 0.5 * value / peak,
            Scheme::Sequential | Scheme::Grey => value / peak,
        };
        let colour = table[(share * 255.0).round().clamp(0.0, 255.0) as usize];
        if lit[place % heat.cols] {
            pixels.extend([colour.0, colour.1, colour.2, 255]);
        } else {
            pixels.extend([blend(colour.0, paper.0), blend(colour.1, paper.1), blend(colour.2, paper.2), 255]);
        }
    }
    pixels
}
