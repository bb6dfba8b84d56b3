//! A phase diagram: cells that grow with their trials, 50 % contours with bands, curves of theory.

use super::plot::Point;
use super::{Drawing, Plot, Scheme, Series};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use serde::Deserialize;

/// A curve with a name on it.
#[derive(Clone, Debug, Deserialize)]
pub struct Named {
    /// Horizontal values.
    pub x: Series,
    /// Vertical values.
    pub y: Series,
    /// What stands on the line.
    pub name: String,
}

/// A measured contour: one point a column that has one.
#[derive(Clone, Debug, Deserialize)]
pub struct Contour {
    /// Horizontal values, ascending.
    pub x: Series,
    /// Vertical values.
    pub y: Series,
    /// Lower ends of the band.
    pub low: Series,
    /// Upper ends of the band.
    pub high: Series,
    /// Colour.
    pub colour: String,
    /// What stands on the line.
    pub name: String,
    /// Whether its band is drawn.
    #[serde(default)]
    pub banded: bool,
}

/// A map of `cols` by `rows` cells over the whole plot. Cells are row by row from the bottom, as a sweep has them.
#[derive(Clone, Debug, Deserialize)]
pub struct Phase {
    /// Number of columns.
    pub cols: usize,
    /// Number of rows.
    pub rows: usize,
    /// Share of its trials that each cell has had: its area. Nothing is drawn for 0.
    pub shares: Series,
    /// What the colour says: 0 to 1, or -1 to 1 for a diverging scheme.
    pub values: Series,
    /// Which colours.
    pub scheme: Scheme,
    /// Contours above the cells.
    #[serde(default)]
    pub contours: Vec<Contour>,
    /// Curves of theory above those.
    #[serde(default)]
    pub theory: Vec<Named>,
}

/// Width of a contour's line and of its casing.
const LINE: f64 = 2.5;
const CASING: f64 = 6.5;
/// A cell that has few trials is still a square that can be seen, in pixels.
const LEAST: f64 = 2.5;
/// Space between full cells, in pixels.
const SEAM: f64 = 0.5;

impl Phase {
    pub(super) fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        self.draw_cells(plot)?;
        for contour in self.contours.iter().filter(|contour| contour.banded) {
            draw_band(contour, plot)?;
        }
        for contour in &self.contours {
            self.draw_contour(contour, plot)?;
        }
        for curve in &self.theory {
            let points = points(&curve.x, &curve.y, plot);
            plot.line(points.iter().copied(), "halo", CASING - 1.0, 0.8)?;
            plot.dashed(&points, &[6.0, 4.0], "theory", 1.75)?;
        }
        // Names come last, each at another part of the width; theory's above its line, the measured ones below.
        for (i, contour) in self.contours.iter().enumerate() {
            let points = points(&contour.x, &contour.y, plot);
            draw_name(&contour.name, &points, (0.8 - 0.17 * i as f64, 14.0), &contour.colour, plot)?;
        }
        for (i, curve) in self.theory.iter().enumerate() {
            let points = points(&curve.x, &curve.y, plot);
            draw_name(&curve.name, &points, (0.93 - 0.25 * i as f64, -14.0), "theory", plot)?;
        }
        Ok(())
    }

    fn draw_cells<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let table = plot.theme.table(self.scheme);
        let (left, top, right, bottom) = plot.edges();
        let (width, height) = ((right - left) / self.cols as f64, (bottom - top) / self.rows as f64);
        for (cell, (share, value)) in self.shares.iter().zip(self.values.iter()).enumerate() {
            if *share <= 0.0 || value.is_nan() {
                continue;
            }
            let (column, row) = (cell % self.cols, cell / self.cols);
            let place = if self.scheme == Scheme::Diverging { 0.5 + 0.5 * value } else { *value };
            let colour = table[(place * 255.0).round().clamp(0.0, 255.0) as usize];
            let side = share.min(1.0).sqrt();
            let half = |length: f64| (0.5 * (length * side - SEAM)).max(0.5 * LEAST.min(length));
            let x = left + (column as f64 + 0.5) * width;
            let y = bottom - (row as f64 + 0.5) * height;
            let (across, up) = (half(width), half(height));
            let (corner, opposite) = ((x - across, y - up), (x + across, y + up));
            // The palest colour is nearly paper: a hem tells that there are trials.
            if side < 0.98 {
                plot.rectangle((corner.0 - 0.6, corner.1 - 0.6), (opposite.0 + 0.6, opposite.1 + 0.6), "rule", 1.0)?;
            }
            plot.cell(corner, opposite, colour)?;
        }
        Ok(())
    }

    /// Solid where the band is narrower than two cells, dotted elsewhere; broken where a column has no point.
    fn draw_contour<DB: DrawingBackend>(&self, contour: &Contour, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let (left, top, right, bottom) = plot.edges();
        let (column, two_cells) = ((right - left) / self.cols as f64, 2.0 * (bottom - top) / self.rows as f64);
        let points = points(&contour.x, &contour.y, plot);
        let sure = |i: usize| plot.y(contour.low[i]) - plot.y(contour.high[i]) <= two_cells;
        let pieces: Vec<_> = (1..points.len()).filter(|&i| points[i].0 - points[i - 1].0 < 1.7 * column).collect();
        for solid in [false, true] {
            for path in joined(&pieces, |&i| (sure(i) && sure(i - 1)) == solid) {
                let path = &points[path];
                plot.line(path.iter().copied(), "halo", CASING, 0.9)?;
                let dash: &[f64] = if solid { &[] } else { &[1.5, 3.5] };
                plot.dashed(path, dash, &contour.colour, LINE)?;
            }
        }
        // A point without neighbours is no line, but it is known.
        for i in (0..points.len()).filter(|i| !pieces.contains(i) && !pieces.contains(&(i + 1))) {
            plot.disc(points[i], 3.5, "halo")?;
            plot.disc(points[i], 2.2, &contour.colour)?;
        }
        Ok(())
    }
}

/// Runs of neighbouring pieces that `belongs` takes, as ranges of points; piece `i` joins points `i - 1` and `i`.
fn joined(pieces: &[usize], belongs: impl Fn(&usize) -> bool) -> Vec<std::ops::RangeInclusive<usize>> {
    let mut runs: Vec<std::ops::RangeInclusive<usize>> = Vec::new();
    for &i in pieces.iter().filter(|i| belongs(i)) {
        match runs.last_mut() {
            Some(run) if *run.end() == i - 1 => *run = *run.start()..=i,
            _ => runs.push(i - 1..=i),
        }
    }
    runs
}

fn points<DB: DrawingBackend>(x: &Series, y: &Series, plot: &Plot<'_, DB>) -> Vec<Point> {
    x.iter().zip(y.iter()).map(|(&x, &y)| (plot.x(x), plot.y(y))).collect()
}

fn draw_band<DB: DrawingBackend>(contour: &Contour, plot: &Plot<'_, DB>) -> Drawing<DB> {
    let (low, high) = (points(&contour.x, &contour.low, plot), points(&contour.x, &contour.high, plot));
    if low.len() < 2 {
        return Ok(());
    }
    plot.polygon(low.iter().copied().chain(high.iter().rev().copied()), &contour.colour, 0.25)?;
    for edge in [low, high] {
        plot.line(edge, &contour.colour, 0.75, 0.7)?;
    }
    Ok(())
}

/// Writes a name at a share of a line's length and some pixels below it, inside of the plot.
fn draw_name<DB: DrawingBackend>(
    name: &str,
    points: &[Point],
    (share, below): (f64, f64),
    colour: &str,
    plot: &Plot<'_, DB>,
) -> Drawing<DB> {
    if points.is_empty() || name.is_empty() {
        return Ok(());
    }
    let (left, top, right, bottom) = plot.edges();
    let (x, y) = points[((points.len() - 1) as f64 * share.clamp(0.0, 1.0)).round() as usize];
    let half = 3.4 * name.chars().count() as f64;
    let inside = |v: f64, low: f64, high: f64| v.clamp(low, high.max(low));
    let at = (inside(x, left + half, right - half), inside(y + below, top + 9.0, bottom - 9.0));
    plot.cased_text(name, at, (HPos::Center, VPos::Center), 13.0, colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_pieces_are_one_line() {
        let runs = joined(&[1, 2, 3, 5, 6], |&i| i != 2);
        assert_eq!(runs, [0..=1, 2..=3, 4..=6]);
        assert!(joined(&[], |_| true).is_empty());
    }
}
