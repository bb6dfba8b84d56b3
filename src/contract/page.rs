//! What a problem says of the page on which its runs are shown.

use serde::Serialize;

/// Where a problem's panels stand, which quantities count, and what is said of a run.
///
/// Panels are named by id and drawn by their kind; those that no list names stand below, the method's own first. Quantities are names
/// of traces. Sentences have slots: `{steps}` and `{method}`, and `{name}` for a quantity.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Page {
    /// Panels in the wide column. The first is the picture: where methods are compared each has one.
    pub picture: &'static [&'static str],
    /// Panels in the narrow column, under the traces.
    pub beside: &'static [&'static str],
    /// Quantities that are drawn against the step, in order; smaller is better for the first, by which methods are compared.
    pub quantities: &'static [Quantity],
    /// What is said while a run is on its way ...
    pub running: &'static str,
    /// ... when its own test held, ...
    pub converged: &'static str,
    /// ... and when it ended otherwise.
    pub stopped: &'static str,
    /// What follows in each case.
    pub rest: &'static str,
    /// What of the problem is painted by hand.
    pub paint: Option<Paint>,
}

/// Numbers without signs, on a line or in a picture, that a person paints: light, mass, concentration.
///
/// What is painted becomes the parameter's option `drawn`, `{id: "drawn", rows, values}`, row by row. Its unit is its own: the
/// parameter `total` grows with the sum, so that a place which nobody touches stays as bright as it was.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Paint {
    /// The problem's parameter that takes it.
    pub param: &'static str,
    /// The problem's parameter to which the sum is proportional.
    pub total: &'static str,
    /// The instance's panel of what is there; a picture is painted on it.
    pub truth: &'static str,
    /// The panel of curves whose first row is what is there; a line is painted on it.
    pub line: &'static str,
}

/// A trace with the words and the colour that it has on the page.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Quantity {
    /// The trace.
    pub name: &'static str,
    /// What people call it, in a word or two.
    pub title: &'static str,
    /// A colour of the page's tokens: `residual`, `estimate`, `theory`; empty for one that is told and not drawn.
    pub colour: &'static str,
}
