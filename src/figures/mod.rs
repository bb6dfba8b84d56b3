//! Figures: one file a panel kind, drawn with plotters on any backend.
//!
//! A figure is plain numbers and the names of colours; it knows nothing of problems and methods. The
//! page draws it on canvas, in two layers (axes seldom, data often), and exports the very same drawing as SVG.
//!
//! Coordinates are tenths of a CSS pixel, so that a stroke of 1.5 px or a mark at half a pixel is exact in
//! plotters' whole numbers; a backend scales by [`UNIT`] and by the screen's pixel ratio.

mod axes;
mod bars;
mod curves;
mod heat;
mod links;
mod measured;
mod palette;
mod phase;
mod plot;
mod raster;
mod series;
mod slice;
mod stems;
mod ticks;

pub use bars::Bars;
pub use curves::{Band, Cross, Curves, Line, Points, Rule};
pub use heat::{Heat, pixels};
pub use links::Links;
pub use measured::Measured;
pub use palette::{Scheme, Theme};
pub use phase::{Contour, Named, Phase};
pub use plot::{Frame, Plot, Scale, ScaleKind, UNIT};
pub use raster::{Raster, Span};
pub use series::Series;
pub use slice::{Place, Profile, Slice};
pub use stems::Stems;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend, IntoDrawingArea, SVGBackend};
use serde::Deserialize;

/// What drawing on a backend may report.
pub type Drawing<DB> = Result<(), plotters::drawing::DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Any figure, by `kind`. A new kind is one file and one line here and in [`Figure::draw`].
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Figure {
    /// Truth and estimate over the index axis.
    Stems(Stems),
    /// A bar an entry.
    Bars(Bars),
    /// Measurements and what is left of them.
    Measured(Measured),
    /// Lines over a shared axis.
    Curves(Curves),
    /// When each index enters and leaves the support.
    Raster(Raster),
    /// A matrix as colours.
    Heat(Heat),
    /// Points and lines in the plane.
    Links(Links),
    /// A phase diagram.
    Phase(Phase),
    /// A column of a phase diagram.
    Slice(Slice),
}

impl Figure {
    /// Draws the data layer.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn draw<DB: DrawingBackend>(&self, plot: &Plot<'_, DB>) -> Drawing<DB> {
        match self {
            Figure::Stems(figure) => figure.draw(plot),
            Figure::Bars(figure) => figure.draw(plot),
            Figure::Measured(figure) => figure.draw(plot),
            Figure::Curves(figure) => figure.draw(plot),
            Figure::Raster(figure) => figure.draw(plot),
            Figure::Heat(figure) => figure.draw(plot),
            Figure::Links(figure) => figure.draw(plot),
            Figure::Phase(figure) => figure.draw(plot),
            Figure::Slice(figure) => figure.draw(plot),
        }
    }
}

/// Draws the layer of axes, grid and ticks.
///
/// # Errors
/// What the backend reports.
pub fn draw_axes<DB: DrawingBackend>(root: &DrawingArea<DB, Shift>, frame: &Frame, theme: &Theme) -> Drawing<DB> {
    axes::draw(&Plot::new(root, frame, theme))
}

/// Axes and data as an SVG text of `frame`'s size in CSS pixels.
pub fn svg(figure: &Figure, frame: &Frame, theme: &Theme) -> String {
    let size = |pixels: f64| (pixels * UNIT).round().max(1.0) as u32;
    let (width, height) = (size(frame.width), size(frame.height));
    let mut text = String::new();
    {
        let root = SVGBackend::with_string(&mut text, (width, height)).into_drawing_area();
        let plot = Plot::new(&root, frame, theme);
        // Text is the only place where this backend could report anything, and it writes to memory.
        let _ = axes::draw(&plot).and_then(|()| figure.draw(&plot)).and_then(|()| root.present());
    }
    // The drawing is in tenths of a pixel; the view box stays, the size on the page does not.
    text.replacen(
        &format!("width=\"{width}\" height=\"{height}\""),
        &format!("width=\"{}\" height=\"{}\"", frame.width, frame.height),
        1,
    )
}
