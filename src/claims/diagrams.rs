//! Numbers from the 50 % contours of phase diagrams.

use super::Job;
use crate::contract::patch::merge;
use crate::contract::{Complaint, DiagramMeasure, NoFiles, Registry, TheoryCurve};
use crate::sweep::{Point, Record, Sweep, Tally, Task, contours, plan};
use serde_json::{Value, json};

/// The diagrams of a claim, each with its tally.
pub(super) struct Diagrams<'r> {
    measure: DiagramMeasure,
    diagrams: Vec<(Sweep<'r>, Tally)>,
}

impl<'r> Diagrams<'r> {
    /// `reduced` is the patch of the sweep that makes it smaller.
    pub(super) fn new(
        sweep: &str,
        reduced: Option<&str>,
        measure: DiagramMeasure,
        registry: &'r Registry,
    ) -> Result<Self, Complaint> {
        let mut sweep = parsed(sweep)?;
        merge(&mut sweep, parsed(reduced.unwrap_or("{}"))?);
        let patched = |patch: Value| {
            let mut other = sweep.clone();
            merge(&mut other, patch);
            other
        };
        let of_spec = |patch: &str| Ok(patched(json!({"spec": parsed(patch)?})));
        let all = match measure {
            DiagramMeasure::FromTheory { .. } | DiagramMeasure::Lead { .. } => vec![sweep.clone()],
            DiagramMeasure::Rise { patch, .. } => vec![sweep.clone(), of_spec(patch)?],
            DiagramMeasure::FromPatched { patches } => {
                let others = patches.iter().map(|patch| of_spec(patch));
                std::iter::once(Ok(sweep.clone())).chain(others).collect::<Result<_, Complaint>>()?
            }
            DiagramMeasure::Narrowing { sizes } => {
                let sizes = &sizes[..if reduced.is_some() { 2 } else { sizes.len() }];
                sizes.iter().map(|(_, patch)| Ok(patched(parsed(patch)?))).collect::<Result<_, Complaint>>()?
            }
        };
        let read = |value| {
            let sweep = Sweep::from_value(value, registry)?;
            let tally = Tally::new(&sweep);
            plan::adaptive(&sweep, &tally)?;
            Ok((sweep, tally))
        };
        Ok(Self { measure, diagrams: all.into_iter().map(read).collect::<Result<_, Complaint>>()? })
    }

    pub(super) fn next(&self) -> Vec<Job> {
        let rounds = self.diagrams.iter().enumerate().flat_map(|(i, (sweep, tally))| {
            let tasks: Vec<Task> = match self.measure {
                // A width is told by the tails as well as by the middle.
                DiagramMeasure::Narrowing { .. } => plan::all(sweep).filter(|task| !tally.has(*task)).collect(),
                _ => plan::adaptive(sweep, tally).expect("the metric was asked when the claim was read"),
            };
            tasks.into_iter().map(move |task| Job::Cell(i, task))
        });
        rounds.collect()
    }

    pub(super) fn run(&self, diagram: usize, task: Task) -> Record {
        self.diagrams[diagram].0.trial(task, &NoFiles)
    }

    pub(super) fn add(&mut self, diagram: usize, record: Record) -> Result<(), Complaint> {
        self.diagrams[diagram].1.add(record)
    }

    pub(super) fn measured(&self) -> f64 {
        let contour = |diagram: usize, method| {
            let (sweep, tally) = &self.diagrams[diagram];
            contours(sweep, tally, method)
        };
        let largest = |distances: Vec<f64>| distances.into_iter().map(f64::abs).fold(f64::NAN, f64::max);
        let least = |distances: Vec<f64>| distances.into_iter().fold(f64::NAN, f64::min);
        match self.measure {
            DiagramMeasure::FromTheory { curve } => {
                let curves = self.diagrams[0].0.theory();
                let Some(curve) = curves.iter().find(|known| known.id == curve) else { return f64::NAN };
                let distances = contour(0, 0).iter().map(|point| height(curve, point.x) - point.y).collect();
                self.told(distances, largest)
            }
            DiagramMeasure::FromPatched { .. } => {
                let base = contour(0, 0);
                let others = (1..self.diagrams.len()).map(|i| self.told(apart(&base, &contour(i, 0)), largest));
                others.reduce(worse).unwrap_or(f64::NAN)
            }
            DiagramMeasure::Rise { method, .. } => self.told(apart(&contour(1, method), &contour(0, method)), least),
            DiagramMeasure::Lead { above, below } => self.told(apart(&contour(0, above), &contour(0, below)), least),
            DiagramMeasure::Narrowing { sizes } => {
                let sizes: Vec<f64> = sizes.iter().map(|(size, _)| *size).take(self.diagrams.len()).collect();
                exponent(&sizes, &(0..sizes.len()).map(|i| contour(i, 0)).collect::<Vec<_>>())
            }
        }
    }

    /// A number from every column's distance; none where a column has no contour, so that nothing is left out.
    fn told(&self, distances: Vec<f64>, number: impl Fn(Vec<f64>) -> f64) -> f64 {
        if distances.len() < self.diagrams[0].0.spec.x.steps { f64::NAN } else { number(distances) }
    }
}

/// The larger one; no number where either is none.
fn worse(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

/// `upper - lower` in the columns that both have.
fn apart(upper: &[Point], lower: &[Point]) -> Vec<f64> {
    let same = |point: &Point| lower.iter().find(|other| other.x == point.x);
    upper.iter().filter_map(|point| Some(point.y - same(point)?.y)).collect()
}

/// The height of a curve at `x`, by straight pieces; NaN beyond its ends.
fn height(curve: &TheoryCurve, x: f64) -> f64 {
    let mut pieces = curve.points.windows(2).map(|ends| (ends[0], ends[1]));
    let piece = pieces.find(|(a, b)| (a.0.min(b.0)..=a.0.max(b.0)).contains(&x));
    let Some(((x0, y0), (x1, y1))) = piece else { return f64::NAN };
    if x0 == x1 { y0 } else { y0 + (y1 - y0) * (x - x0) / (x1 - x0) }
}

/// Least squares for `p` in `log width = c + p log size` over all columns, each with a `c` of its own; NaN where a width
/// is not known.
fn exponent(sizes: &[f64], contours: &[Vec<Point>]) -> f64 {
    let logs: Vec<f64> = sizes.iter().map(|&size| libm::log(size)).collect();
    let mean = logs.iter().fold(0.0, |sum, log| sum + log) / logs.len() as f64;
    let (mut above, mut below) = (0.0, 0.0);
    for (log, contour) in logs.iter().zip(contours) {
        if contour.is_empty() || contour.len() != contours[0].len() {
            return f64::NAN;
        }
        for point in contour {
            let Some(width) = point.width else { return f64::NAN };
            above += (log - mean) * libm::log(width.abs());
            below += (log - mean) * (log - mean);
        }
    }
    above / below
}

fn parsed(text: &str) -> Result<Value, Complaint> {
    serde_json::from_str(text).map_err(|error| Complaint::new("", format!("{text} is not JSON: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f64, y: f64, width: f64) -> Point {
        Point { x, y, low: y, high: y, width: Some(width), slope: Some(-1.0) }
    }

    #[test]
    fn an_exponent_is_that_of_the_law_that_made_the_widths() {
        let values = [128.0, 256.0, 512.0];
        let law = |c: f64| move |&n: &f64| point(c, 0.2, c * n.powf(-0.5));
        let contours: Vec<_> = values.iter().map(|n| vec![law(0.3)(n), law(2.0)(n)]).collect();
        assert!((exponent(&values, &contours) + 0.5).abs() < 1e-12);
        let mut unknown = contours.clone();
        unknown[1][0].width = None;
        assert!(exponent(&values, &unknown).is_nan());
        assert!(exponent(&values, &[contours[0].clone(), Vec::new(), contours[2].clone()]).is_nan());
    }

    #[test]
    fn a_curve_has_heights_between_its_ends_only() {
        let curve = TheoryCurve { id: "a", title: "", holds_for: "", points: vec![(0.0, 1.0), (2.0, 3.0), (4.0, 3.0)] };
        assert_eq!([0.0, 1.0, 3.0, 4.0].map(|x| height(&curve, x)), [1.0, 2.0, 3.0, 3.0]);
        assert!(height(&curve, 4.1).is_nan());
    }

    #[test]
    fn distances_are_between_columns_that_both_have() {
        let upper = [point(0.1, 0.5, 1.0), point(0.2, 0.7, 1.0)];
        assert_eq!(apart(&upper, &[point(0.2, 0.4, 1.0)]), [0.7 - 0.4]);
        assert!(worse(f64::NAN, 1.0).is_nan() && worse(1.0, f64::NAN).is_nan() && worse(1.0, 2.0) == 2.0);
    }
}
