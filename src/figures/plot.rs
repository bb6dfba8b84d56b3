//! A plotting area: from data to tenths of pixels, and the few marks that all figures share.

use super::{Drawing, Theme};
use plotters::coord::Shift;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, ShapeStyle, TextStyle};
use serde::Deserialize;
use std::ops::Range;

/// Drawing units in a CSS pixel.
pub const UNIT: f64 = 10.0;

/// What an axis counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScaleKind {
    /// Numbers.
    #[default]
    Linear,
    /// Positive numbers, by their logarithm.
    Log,
    /// Whole numbers from zero; the last one gets a tick.
    Index,
}

/// One axis: its range, and how much of it is drawn.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Scale {
    /// Value at the left or bottom edge.
    pub from: f64,
    /// Value at the right or top edge.
    pub to: f64,
    /// What it counts.
    #[serde(default)]
    pub kind: ScaleKind,
    /// Whether ticks and labels are drawn.
    #[serde(default)]
    pub ticks: bool,
}

impl Scale {
    /// Where `value` lies between the edges, from 0 to 1 (outside for values outside).
    pub fn place(&self, value: f64) -> f64 {
        let map = |v: f64| if self.kind == ScaleKind::Log { libm::log10(v.max(1e-300)) } else { v };
        let (from, to) = (map(self.from), map(self.to));
        if from == to { 0.5 } else { (map(value) - from) / (to - from) }
    }
}

/// Size of a figure, and of the plot within it, in CSS pixels.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Frame {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Space left of the plot, for ticks.
    pub left: f64,
    /// Space right of it.
    pub right: f64,
    /// Space above it.
    pub top: f64,
    /// Space below it, for ticks.
    pub bottom: f64,
    /// Horizontal axis.
    pub x: Scale,
    /// Vertical axis.
    pub y: Scale,
}

/// A frame on a drawing area, with a theme.
pub struct Plot<'a, DB: DrawingBackend> {
    root: &'a DrawingArea<DB, Shift>,
    /// Size and axes.
    pub frame: &'a Frame,
    /// Colours.
    pub theme: &'a Theme,
}

/// A place on the canvas, in CSS pixels.
pub type Point = (f64, f64);

impl<'a, DB: DrawingBackend> Plot<'a, DB> {
    /// A plot that fills `root`.
    pub fn new(root: &'a DrawingArea<DB, Shift>, frame: &'a Frame, theme: &'a Theme) -> Self {
        Self { root, frame, theme }
    }

    /// Horizontal place of a value.
    pub fn x(&self, value: f64) -> f64 {
        let frame = self.frame;
        frame.left + frame.x.place(value) * (frame.width - frame.left - frame.right)
    }

    /// Vertical place of a value, kept within a little more than the canvas.
    pub fn y(&self, value: f64) -> f64 {
        let frame = self.frame;
        let height = frame.height - frame.top - frame.bottom;
        let place = frame.top + (1.0 - frame.y.place(value)) * height;
        if place.is_nan() { frame.height } else { place.clamp(-frame.height, 2.0 * frame.height) }
    }

    /// Where stems and bars stand: zero, or the bottom edge where zero is below it (as on a logarithmic axis).
    pub fn base(&self) -> f64 {
        let (_, _, _, bottom) = self.edges();
        self.y(0.0).min(bottom)
    }

    /// Space between neighbours on the index axis.
    pub fn spacing(&self) -> f64 {
        (self.x(1.0) - self.x(0.0)).abs()
    }

    /// Those of the indices `0..n` that the horizontal axis shows: an axis may show a part of them.
    pub fn indices(&self, n: usize) -> Range<usize> {
        let Scale { from, to, .. } = self.frame.x;
        let first = (from.min(to).ceil().max(0.0) as usize).min(n);
        first..((from.max(to).floor() + 1.0).max(0.0) as usize).clamp(first, n)
    }

    /// Left, top, right and bottom edges of the plot.
    pub fn edges(&self) -> (f64, f64, f64, f64) {
        let frame = self.frame;
        (frame.left, frame.top, frame.width - frame.right, frame.height - frame.bottom)
    }

    /// A polyline.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn line(&self, points: impl IntoIterator<Item = Point>, colour: &str, width: f64, opacity: f64) -> Drawing<DB> {
        let points: Vec<_> = points.into_iter().map(units).collect();
        self.root.draw(&PathElement::new(points, self.stroke(colour, width, opacity)))
    }

    /// A polyline, drawn and skipped in turn for the lengths in `dash`, in pixels.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn dashed(&self, points: &[Point], dash: &[f64], colour: &str, width: f64) -> Drawing<DB> {
        if dash.is_empty() {
            return self.line(points.iter().copied(), colour, width, 1.0);
        }
        for piece in pieces(points, dash) {
            self.line(piece, colour, width, 1.0)?;
        }
        Ok(())
    }

    /// A filled disc.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn disc(&self, center: Point, radius: f64, colour: &str) -> Drawing<DB> {
        let style = self.theme.colour(colour).filled();
        self.root.draw(&Circle::new(units(center), (radius * UNIT).round() as u32, style))
    }

    /// A ring.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn ring(&self, center: Point, radius: f64, colour: &str, width: f64) -> Drawing<DB> {
        let style = self.stroke(colour, width, 1.0);
        self.root.draw(&Circle::new(units(center), (radius * UNIT).round() as u32, style))
    }

    /// A diagonal cross.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn cross(&self, (x, y): Point, arm: f64, colour: &str, width: f64) -> Drawing<DB> {
        self.line([(x - arm, y - arm), (x + arm, y + arm)], colour, width, 1.0)?;
        self.line([(x - arm, y + arm), (x + arm, y - arm)], colour, width, 1.0)
    }

    /// A filled rectangle between two corners.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn rectangle(&self, corner: Point, opposite: Point, colour: &str, opacity: f64) -> Drawing<DB> {
        let style = self.theme.colour(colour).mix(opacity).filled();
        self.root.draw(&Rectangle::new([units(corner), units(opposite)], style))
    }

    /// A filled rectangle of any colour, for maps.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn cell(&self, corner: Point, opposite: Point, colour: plotters::style::RGBColor) -> Drawing<DB> {
        self.root.draw(&Rectangle::new([units(corner), units(opposite)], colour.filled()))
    }

    /// A filled polygon.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn polygon(&self, corners: impl IntoIterator<Item = Point>, colour: &str, opacity: f64) -> Drawing<DB> {
        let corners: Vec<_> = corners.into_iter().map(units).collect();
        self.root.draw(&Polygon::new(corners, self.theme.colour(colour).mix(opacity).filled()))
    }

    /// A short text, anchored at a point.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn text(&self, text: &str, at: Point, anchor: (HPos, VPos), size: f64, colour: &str) -> Drawing<DB> {
        let font = (self.theme.font.as_str(), size * UNIT).into_font();
        let colour = self.theme.colour(colour);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor.0, anchor.1));
        self.root.draw(&Text::new(text.to_owned(), units(at), style))
    }

    /// A short text on a casing, to be read over a map.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn cased_text(&self, text: &str, (x, y): Point, anchor: (HPos, VPos), size: f64, colour: &str) -> Drawing<DB> {
        for (across, down) in
            [(-1.4, -1.4), (0.0, -2.0), (1.4, -1.4), (2.0, 0.0), (1.4, 1.4), (0.0, 2.0), (-1.4, 1.4), (-2.0, 0.0)]
        {
            self.text(text, (x + across, y + down), anchor, size, "halo")?;
        }
        self.text(text, (x, y), anchor, size, colour)
    }

    fn stroke(&self, colour: &str, width: f64, opacity: f64) -> ShapeStyle {
        let width = (width * UNIT).round().max(1.0) as u32;
        ShapeStyle { color: self.theme.colour(colour).mix(opacity), filled: false, stroke_width: width }
    }
}

fn units((x, y): Point) -> (i32, i32) {
    ((x * UNIT).round() as i32, (y * UNIT).round() as i32)
}

/// The pieces of a polyline between two uprights, cut where it crosses them.
pub(super) fn between(points: &[Point], left: f64, right: f64) -> Vec<Vec<Point>> {
    // Half a unit: a line that ends on the edge is whole, whatever the rounding of its last place.
    let (left, right) = (left - 0.5 / UNIT, right + 0.5 / UNIT);
    let mut pieces = Vec::new();
    let mut piece: Vec<Point> = points.first().copied().filter(|p| (left..=right).contains(&p.0)).into_iter().collect();
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        // The shares of this stretch that lie between the uprights: from where it enters to where it leaves.
        let share = |edge: f64| (edge - from.0) / (to.0 - from.0);
        let (enters, leaves) = if from.0 == to.0 {
            if (left..=right).contains(&from.0) { (0.0, 1.0) } else { (1.0, 0.0) }
        } else {
            let (one, other) = (share(left), share(right));
            (one.min(other).max(0.0), one.max(other).min(1.0))
        };
        if enters <= leaves {
            let at = |share: f64| (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
            if enters > 0.0 {
                piece.push(at(enters));
            }
            piece.push(if leaves < 1.0 { at(leaves) } else { to });
        }
        if (leaves < 1.0 || enters > leaves) && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

/// Cuts a polyline into the pieces that a dash pattern draws.
fn pieces(points: &[Point], dash: &[f64]) -> Vec<Vec<Point>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Point> = points.first().copied().into_iter().collect();
    let (mut index, mut left) = (0, dash[0].max(0.1));
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = ((to.0 - from.0) * (to.0 - from.0) + (to.1 - from.1) * (to.1 - from.1)).sqrt();
            if length.is_nan() || length <= left {
                left -= length;
                if index % 2 == 0 {
                    piece.push(to);
                }
                break;
            }
            let share = left / length;
            from = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            if index % 2 == 0 {
                piece.push(from);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![from];
            }
            index = (index + 1) % (2 * dash.len());
            left = dash[index % dash.len()].max(0.1);
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_have_their_lengths() {
        let pieces = pieces(&[(0.0, 0.0), (10.0, 0.0), (10.0, 5.0)], &[6.0, 3.0]);
        assert_eq!(pieces, vec![vec![(0.0, 0.0), (6.0, 0.0)], vec![(9.0, 0.0), (10.0, 0.0), (10.0, 5.0)],]);
    }

    #[test]
    fn a_polyline_is_cut_at_the_edges() {
        let zigzag = [(0.0, 0.0), (10.0, 10.0), (20.0, 0.0), (20.0, 5.0), (0.0, 5.0)];
        let near = |a: Point, b: Point| (a.0 - b.0).abs() < 0.1 && (a.1 - b.1).abs() < 0.1;
        let wanted: [&[Point]; 2] = [&[(5.0, 5.0), (10.0, 10.0), (15.0, 5.0)], &[(15.0, 5.0), (5.0, 5.0)]];
        let pieces = between(&zigzag, 5.0, 15.0);
        assert_eq!(pieces.len(), 2);
        for (piece, wanted) in pieces.iter().zip(wanted) {
            assert!(piece.len() == wanted.len() && piece.iter().zip(wanted).all(|(&a, &b)| near(a, b)), "{piece:?}");
        }
        assert_eq!(between(&zigzag, 0.0, 20.0), vec![zigzag.to_vec()]);
        assert!(between(&zigzag, 30.0, 40.0).is_empty());
    }

    #[test]
    fn a_log_scale_places_decades_evenly() {
        let scale = Scale { from: 0.01, to: 1.0, kind: ScaleKind::Log, ticks: true };
        assert!((scale.place(0.1) - 0.5).abs() < 1e-12);
        assert!(scale.place(0.0) < -100.0);
    }
}
