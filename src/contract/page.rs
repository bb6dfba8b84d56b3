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
