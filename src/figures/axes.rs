//! The layer of axes: horizontal grid, the axis line, ticks outward, labels. No frame.

use super::ticks::ticks;
use super::{Drawing, Plot, ScaleKind};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Size of tick labels and length of ticks, in pixels.
const LABEL: f64 = 12.0;
const TICK: f64 = 4.0;

/// Draws the axes of a plot.
pub(super) fn draw<DB: DrawingBackend>(plot: &Plot<'_, DB>) -> Drawing<DB> {
    let (left, top, right, bottom) = plot.edges();
    let y = &plot.frame.y;
    if y.ticks {
        let wanted = ((bottom - top) / 45.0).round().clamp(3.0, 4.0) as usize;
        for (value, label) in ticks(y, wanted) {
            let place = plot.y(value);
            plot.line([(left, place), (right, place)], "grid", 1.0, 1.0)?;
            plot.text(&label, (left - 8.0, place), (HPos::Right, VPos::Center), LABEL, "ink-3")?;
        }
    }
    let zero_inside = y.kind == ScaleKind::Linear && y.from.min(y.to) <= 0.0 && y.from.max(y.to) >= 0.0;
    let base = if zero_inside { plot.y(0.0) } else { bottom };
    plot.line([(left, base), (right, base)], "axis", 1.0, 1.0)?;
    if plot.frame.x.ticks {
        let wanted = ((right - left) / 88.0).round().clamp(2.0, 8.0) as usize;
        for (value, label) in ticks(&plot.frame.x, wanted) {
            let place = plot.x(value);
            plot.line([(place, bottom), (place, bottom + TICK)], "axis", 1.0, 1.0)?;
            // The last label must not be cut off by the canvas.
            let half = 0.28 * LABEL * label.chars().count() as f64;
            let center = place.min(plot.frame.width - half);
            plot.text(&label, (center, bottom + TICK + 4.0), (HPos::Center, VPos::Top), LABEL, "ink-3")?;
        }
    }
    Ok(())
}
