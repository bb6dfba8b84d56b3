//! Lines over a shared axis: traces by step, signals by sample.

use super::plot::{Point, between};
use super::{Drawing, Plot, ScaleKind, Series};
use plotters::prelude::DrawingBackend;
use serde::Deserialize;

/// One line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Line {
    /// Horizontal values; 0, 1, 2, ... when empty.
    pub x: Series,
    /// Vertical values. A gap stands where one cannot be drawn.
    pub y: Series,
    /// Colour.
    pub colour: String,
    /// Lengths drawn and skipped in turn, in pixels; a solid line when empty.
    pub dash: Vec<f64>,
    /// Width in pixels; 2 when zero.
    pub width: f64,
    /// A disc at the last point that is not right of this horizontal value.
    pub until: Option<f64>,
}

/// A cross on a line: an event that did harm.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Cross {
    /// Horizontal value.
    pub x: f64,
    /// Vertical value.
    pub y: f64,
}

/// A dotted horizontal line: a level to compare with.
#[derive(Clone, Debug, Deserialize)]
pub struct Rule {
    /// Vertical value.
    pub y: f64,
}

/// What lies between two lines.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Band {
    /// Lower edge, over 0, 1, 2, ...
    pub low: Series,
    /// Upper edge.
    pub high: Series,
    /// Colour.
    pub colour: String,
}

/// Points: rows `(x, y)`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Points {
    /// The rows, one after the other.
    pub rows: Series,
    /// Colour.
    pub colour: String,
}

/// Bands, points, lines, crosses and levels.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Curves {
    /// Bands, below all lines.
    pub bands: Vec<Band>,
    /// Points, above the bands.
    pub points: Points,
    /// Lines, the first at the bottom.
    pub lines: Vec<Line>,
    /// Crosses above them.
    pub crosses: Vec<Cross>,
    /// Levels below them.
    pub rules: Vec<Rule>,
}

impl Band {
    /// A polygon for each stretch in which both edges can be drawn.
    fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let fill = |run: &[(Point, Point)]| {
            if run.len() < 2 {
                return Ok(());
            }
            let (low, high) = (run.iter().map(|ends| ends.0), run.iter().rev().map(|ends| ends.1));
            plot.polygon(low.chain(high), &self.colour, 0.18)
        };
        let mut run = Vec::new();
        for (i, (&low, &high)) in self.low.iter().zip(self.high.iter()).enumerate() {
            if low.is_finite() && high.is_finite() {
                let x = plot.x(i as f64);
                run.push(((x, plot.y(low)), (x, plot.y(high))));
            } else {
                fill(&std::mem::take(&mut run))?;
            }
        }
        fill(&run)
    }
}

impl Curves {
    pub(super) fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let (left, _, right, _) = plot.edges();
        for band in &self.bands {
            band.draw(plot)?;
        }
        for &[x, y] in self.points.rows.as_chunks::<2>().0 {
            plot.disc((plot.x(x), plot.y(y)), 1.4, &self.points.colour)?;
        }
        for rule in &self.rules {
            let y = plot.y(rule.y);
            plot.dashed(&[(left, y), (right, y)], &[1.5, 2.5], "control", 1.5)?;
        }
        for line in &self.lines {
            self.draw_line(line, plot)?;
        }
        for cross in &self.crosses {
            plot.cross((plot.x(cross.x), plot.y(cross.y)), 4.0, "false-alarm", 2.0)?;
        }
        Ok(())
    }

    fn draw_line<DB: DrawingBackend>(&self, line: &Line, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let width = if line.width > 0.0 { line.width } else { 2.0 };
        let log = plot.frame.y.kind == ScaleKind::Log;
        let at = |i: usize| line.x.get(i).copied().unwrap_or(i as f64);
        let drawable = |y: f64| y.is_finite() && !(log && y <= 0.0);
        let (left, _, right, _) = plot.edges();
        let stroke = |run: &[Point]| {
            between(run, left, right).iter().try_for_each(|piece| plot.dashed(piece, &line.dash, &line.colour, width))
        };
        let mut run = Vec::new();
        for (i, &y) in line.y.iter().enumerate() {
            if drawable(y) {
                run.push((plot.x(at(i)), plot.y(y)));
            } else {
                stroke(&std::mem::take(&mut run))?;
            }
        }
        stroke(&run)?;
        if let Some(until) = line.until {
            let last = (0..line.y.len()).rev().find(|&i| at(i) <= until && drawable(line.y[i]));
            if let Some(i) = last {
                plot.disc((plot.x(at(i)), plot.y(line.y[i])), 3.5, &line.colour)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Figure, Frame, Scale, Theme, svg};
    use super::*;

    #[test]
    fn a_band_is_broken_where_an_edge_is_missing() {
        let scale = |to: f64| Scale { from: 0.0, to, kind: ScaleKind::Linear, ticks: false };
        let frame = Frame {
            width: 40.0,
            height: 20.0,
            left: 0.0,
            right: 0.0,
            top: 0.0,
            bottom: 0.0,
            x: scale(4.0),
            y: scale(2.0),
        };
        let band = Band {
            low: Series(vec![0.0, 0.5, f64::NAN, 0.5, 0.0]),
            high: Series(vec![1.0, 1.5, 2.0, 1.5, 1.0]),
            ..Band::default()
        };
        let points = Points { rows: Series(vec![1.0, 1.0, 3.0, 0.5]), ..Points::default() };
        let text =
            svg(&Figure::Curves(Curves { bands: vec![band], points, ..Curves::default() }), &frame, &Theme::default());
        assert_eq!((text.matches("<polygon").count(), text.matches("<circle").count()), (2, 2), "{text}");
    }
}
