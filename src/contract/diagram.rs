//! What a problem tells of phase diagrams over it: axes of its own, and curves that theory draws.

use serde::Serialize;

/// A quantity that is no parameter but follows from several, such as the undersampling `m / n`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct DerivedAxis {
    /// Its name, as in `problem.delta`.
    pub name: &'static str,
    /// What it is, in TeX between dollar signs where it is mathematics.
    pub label: &'static str,
    /// The parameter that it sets, given all others.
    pub sets: &'static str,
    /// What a sentence says in that parameter's place, such as `$m$`.
    pub symbol: &'static str,
    /// Where an axis starts that is not told otherwise ...
    pub from: f64,
    /// ... and where it ends.
    pub to: f64,
}

/// A curve that theory draws into a diagram.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TheoryCurve {
    /// Identifier, in kebab case.
    pub id: &'static str,
    /// What stands on the line.
    pub title: &'static str,
    /// For what it holds, in a sentence.
    pub holds_for: &'static str,
    /// Points (x, y) in order along the curve, in the axes' own units.
    pub points: Vec<(f64, f64)>,
}
