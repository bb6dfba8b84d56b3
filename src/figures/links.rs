//! Points and lines in the plane: two clouds, and what goes from one to the other.

use super::{Drawing, Plot, Series};
use plotters::prelude::DrawingBackend;
use serde::Deserialize;

/// Rows `(x, y, u, v, weight)`: a line from (x, y) to (u, v), as strong as its weight. A line of no length is a point, of the first
/// cloud where its weight is positive, of the second where it is negative.
#[derive(Clone, Debug, Deserialize)]
pub struct Links {
    /// The rows, one after the other.
    pub rows: Series,
    /// Colour of lines and of the first cloud; `estimate` when empty.
    #[serde(default)]
    pub colour: String,
}

/// Strongest and weakest line that is drawn, in pixels.
const WIDTHS: (f64, f64) = (2.2, 0.4);
/// Radius of the heaviest point, in pixels, and the least radius.
const RADII: (f64, f64) = (4.5, 2.0);

impl Links {
    /// Lines first, then the points above them: discs and rings.
    pub(super) fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let colour = if self.colour.is_empty() { "estimate" } else { &self.colour };
        let rows = self.rows.as_chunks::<5>().0;
        let is_point = |row: &&[f64; 5]| row[0] == row[2] && row[1] == row[3];
        let heaviest = |points: bool| {
            let weights = rows.iter().filter(|row| is_point(row) == points).map(|row| row[4].abs());
            weights.fold(0.0_f64, f64::max)
        };
        let strongest = heaviest(false);
        for &[x, y, u, v, weight] in rows.iter().filter(|row| !is_point(row)) {
            let share = if strongest > 0.0 { (weight / strongest).clamp(0.0, 1.0) } else { 0.0 };
            let width = WIDTHS.1 + (WIDTHS.0 - WIDTHS.1) * share;
            plot.line([(plot.x(x), plot.y(y)), (plot.x(u), plot.y(v))], colour, width, 0.15 + 0.7 * share)?;
        }
        let most = heaviest(true);
        for &[x, y, _, _, weight] in rows.iter().filter(is_point) {
            let share = if most > 0.0 { weight.abs() / most } else { 0.0 };
            let (at, radius) = ((plot.x(x), plot.y(y)), RADII.1.max(RADII.0 * share.sqrt()));
            if weight < 0.0 {
                plot.disc(at, radius, "paper")?;
                plot.ring(at, radius, "truth", 1.5)?;
            } else {
                plot.disc(at, radius, colour)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Figure, Frame, Scale, ScaleKind, Theme, svg};
    use super::*;

    #[test]
    fn a_line_and_its_two_ends_are_drawn() {
        let rows = [[0.0, 0.0, 1.0, 1.0, 0.5], [0.0, 0.0, 0.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0, -1.0]];
        let scale = Scale { from: -1.0, to: 2.0, kind: ScaleKind::Linear, ticks: false };
        let frame =
            Frame { width: 90.0, height: 90.0, left: 0.0, right: 0.0, top: 0.0, bottom: 0.0, x: scale, y: scale };
        let figure = Figure::Links(Links { rows: Series(rows.concat()), colour: String::new() });
        let text = svg(&figure, &frame, &Theme::default());
        assert_eq!(text.matches("<circle").count(), 3);
        assert!(text.contains("300,600 600,300"), "{text}");
    }
}
