//! Claims: checkable statements from a system's paper, at the lab's scale.

use serde::Serialize;

/// A statement, what is run to check it, and the bound that what is measured has to keep.
///
/// [`crate::claims::Check`] checks it: as a test, as `pursuit claims`, and as "show me" in the page.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Claim {
    /// The statement.
    pub statement: &'static str,
    /// What is run, and what is measured in it.
    pub experiment: Experiment,
    /// What the number has to keep.
    pub bound: Bound,
    /// The number that was measured when the claim was written.
    pub measured: f64,
}

/// What is run to check a claim.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Experiment {
    /// Runs of one Spec under many seeds.
    Trials {
        /// The Spec, as JSON; trial `t` runs it with seed `seed + t`.
        spec: &'static str,
        /// Number of trials.
        trials: usize,
        /// What is measured in them.
        measure: Measure,
    },
    /// Phase diagrams. Their trials go to the transition, as in an adaptive sweep, but for widths.
    Diagrams {
        /// The sweep, as JSON.
        sweep: &'static str,
        /// What is measured in it, and in others that differ by a patch.
        measure: DiagramMeasure,
        /// The same at a size for the ordinary tests.
        reduced: Reduced,
    },
}

/// A number from trials. Methods are named by their place in the Spec.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Measure {
    /// The share of trials in which a metric of the first method is at most `at_most`.
    Share {
        /// A metric of the problem, or the last value of a trace.
        metric: &'static str,
        /// Its bound in a trial that counts as a success.
        at_most: f64,
    },
    /// The median of a metric of the first method.
    Median {
        /// A metric of the problem, or the last value of a trace.
        metric: &'static str,
    },
    /// The median of a metric of method `of`, divided by that of method `to`.
    Ratio {
        /// A metric of the problem, or the last value of a trace.
        metric: &'static str,
        /// The method above the line.
        of: usize,
        /// The method below it.
        to: usize,
    },
    /// The share of trials in which a metric of method `of` is at most that of method `to`.
    AtMost {
        /// A metric of the problem, or the last value of a trace.
        metric: &'static str,
        /// The method that is not to have more ...
        of: usize,
        /// ... than this one.
        to: usize,
    },
    /// How far a trace of the first method is from another that predicts it: the largest over all steps of
    /// `|sum trace^2 / sum model^2 - 1|`, the sums over the trials.
    Departure {
        /// The trace.
        trace: &'static str,
        /// The trace that predicts it.
        model: &'static str,
    },
    /// The order at which a trace of the first method falls to zero, the median over the trials of `p` in `e'' / e' = (e' / e)^p`
    /// for the last three steps in a row with `below >= e > e' > e'' >= above`: 1 where the error shrinks by a share, 2 where it is squared,
    /// and 0 for a trial that has no such steps.
    Order {
        /// The trace.
        trace: &'static str,
        /// Where the asymptotic steps begin.
        below: f64,
        /// Where rounding begins.
        above: f64,
    },
}

/// A number from the 50 % contours of phase diagrams. Heights are in units of the vertical axis.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DiagramMeasure {
    /// The largest distance in any column between the first method's contour and a curve of theory.
    FromTheory {
        /// The curve's identifier.
        curve: &'static str,
    },
    /// The largest distance in any column between the contour, and that of any of the patched sweeps.
    FromPatched {
        /// JSON merge patches (RFC 7396) of the sweep's Spec.
        patches: &'static [&'static str],
    },
    /// By how much the contour of the patched sweep is higher, in the column where it is least.
    Rise {
        /// A JSON merge patch (RFC 7396) of the sweep's Spec.
        patch: &'static str,
        /// The method, by its place in the Spec.
        method: usize,
    },
    /// By how much the contour of method `above` is higher than that of `below`, in the column where it is least.
    Lead {
        /// The method that is to be higher.
        above: usize,
        /// The other one.
        below: usize,
    },
    /// The exponent `p` in `width ~ size^p`, by least squares between logarithms over all columns: how the transition
    /// of the first method narrows as something grows.
    Narrowing {
        /// Sizes, two at least, each with the JSON merge patch (RFC 7396) of the sweep that makes it. The reduced version
        /// has the first two.
        sizes: &'static [(f64, &'static str)],
    },
}

/// A smaller version of diagrams, with the bound that is right for it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Reduced {
    /// A JSON merge patch (RFC 7396) of the sweep.
    pub patch: &'static str,
    /// What the number has to keep then.
    pub bound: Bound,
}

/// What a measured number has to keep. No number keeps none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
    /// From the first to the second.
    Within(f64, f64),
}

impl Bound {
    /// Whether `value` keeps it.
    pub fn holds(self, value: f64) -> bool {
        match self {
            Bound::AtLeast(least) => value >= least,
            Bound::AtMost(most) => value <= most,
            Bound::Within(least, most) => (least..=most).contains(&value),
        }
    }

    /// As people write it: `>= 0.95`.
    pub fn words(self) -> String {
        match self {
            Bound::AtLeast(least) => format!(">= {least}"),
            Bound::AtMost(most) => format!("<= {most}"),
            Bound::Within(least, most) => format!("in {least}..{most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_hold_at_their_ends_and_never_for_no_number() {
        for (bound, inside, outside) in [
            (Bound::AtLeast(0.5), 0.5, 0.49),
            (Bound::AtMost(0.5), 0.5, 0.51),
            (Bound::Within(-0.6, -0.4), -0.4, -0.39),
        ] {
            assert!(bound.holds(inside) && !bound.holds(outside) && !bound.holds(f64::NAN), "{}", bound.words());
        }
    }
}
