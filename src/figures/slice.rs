//! A column of a phase diagram: rates with their intervals and the fits through them.

use super::plot::Point;
use super::{Drawing, Line, Plot, Series};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use serde::Deserialize;

/// Measured points of one method.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Places along the column.
    pub at: Series,
    /// Measured values.
    pub value: Series,
    /// Lower ends of their intervals.
    pub low: Series,
    /// Upper ends.
    pub high: Series,
    /// Colour.
    pub colour: String,
    /// The point that is looked at, ringed.
    pub chosen: Option<usize>,
}

/// A place along the column with a name, such as what theory says.
#[derive(Clone, Debug, Deserialize)]
pub struct Place {
    /// Where.
    pub at: f64,
    /// What stands on it.
    pub name: String,
}

/// A column. Upright, places are on the vertical axis, beside a map; lying, on the horizontal one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Slice {
    /// Whether places are on the vertical axis.
    pub upright: bool,
    /// The method that is looked at.
    pub profile: Profile,
    /// Fits of all methods: `x` are places, `y` are values.
    pub fits: Vec<Line>,
    /// What theory says.
    pub theory: Vec<Place>,
    /// A value to compare with, such as 50 %.
    pub level: Option<f64>,
}

impl Slice {
    pub(super) fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let (left, top, right, bottom) = plot.edges();
        if let Some(level) = self.level {
            let line = if self.upright {
                [(plot.x(level), top), (plot.x(level), bottom)]
            } else {
                [(left, plot.y(level)), (right, plot.y(level))]
            };
            plot.dashed(&line, &[1.5, 2.5], "control", 1.5)?;
        }
        for place in &self.theory {
            let line = if self.upright {
                [(left, plot.y(place.at)), (right, plot.y(place.at))]
            } else {
                [(plot.x(place.at), top), (plot.x(place.at), bottom)]
            };
            plot.dashed(&line, &[6.0, 4.0], "theory", 1.75)?;
        }
        for fit in &self.fits {
            let points: Vec<_> =
                fit.x.iter().zip(fit.y.iter()).map(|(&at, &value)| self.spot(at, value, plot)).collect();
            plot.dashed(&points, &fit.dash, &fit.colour, if fit.width > 0.0 { fit.width } else { 2.0 })?;
        }
        self.draw_profile(plot)?;
        for place in &self.theory {
            let (at, anchor) = if self.upright {
                ((right, plot.y(place.at) - 10.0), (HPos::Right, VPos::Center))
            } else {
                ((plot.x(place.at) + 5.0, top + 7.0), (HPos::Left, VPos::Center))
            };
            plot.cased_text(&place.name, at, anchor, 12.0, "theory")?;
        }
        Ok(())
    }

    fn draw_profile<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        let Profile { at, value, low, high, colour, chosen } = &self.profile;
        for i in (0..at.len()).filter(|&i| value[i].is_finite()) {
            if low[i] < high[i] {
                plot.line([self.spot(at[i], low[i], plot), self.spot(at[i], high[i], plot)], colour, 1.5, 0.5)?;
            }
        }
        for i in (0..at.len()).filter(|&i| value[i].is_finite()) {
            plot.disc(self.spot(at[i], value[i], plot), 3.2, colour)?;
        }
        if let Some(i) = chosen.filter(|&i| i < at.len() && value[i].is_finite()) {
            plot.ring(self.spot(at[i], value[i], plot), 6.5, "ink", 2.0)?;
        }
        Ok(())
    }

    fn spot<DB: DrawingBackend>(&self, at: f64, value: f64, plot: &Plot<'_, DB>) -> Point {
        if self.upright { (plot.x(value), plot.y(at)) } else { (plot.x(at), plot.y(value)) }
    }
}
