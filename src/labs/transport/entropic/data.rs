//! Measures and costs of one's own: inline in the Spec, or in files that it names.

use super::scene::{Drawn, Point, squared_distances};
use crate::contract::{Complaint, Files};
use crate::signals::npy::{Entries, Table};
use crate::signals::numbers::Numbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What stands in place of what is drawn: a cost, or two clouds; and weights, even ones where they are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Data {
    /// The cost, one row a source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Numbers>,
    /// The points that are moved, a row (x, y) each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Numbers>,
    /// The points that they are moved onto.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Numbers>,
    /// Weights of the sources, all positive; they are scaled to sum to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Numbers>,
    /// Weights of the targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Numbers>,
}

/// Most sources or targets: the plan is stored.
const MOST: usize = 1024;

impl Data {
    /// What is given in place of `drawn`.
    ///
    /// # Errors
    /// A complaint whose field is one of these.
    pub(super) fn replace(&self, drawn: impl FnOnce() -> Drawn, files: &dyn Files) -> Result<Drawn, Complaint> {
        let mut drawn = match (&self.cost, &self.from, &self.to) {
            (Some(cost), None, None) => {
                let table = real(cost, "cost", files)?;
                sized(table.rows.max(table.cols), "cost")?;
                measured(table.rows, table.cols, table.scalars(), None)
            }
            (None, Some(from), Some(to)) => {
                let (from, to) = (points(from, "from", files)?, points(to, "to", files)?);
                measured(from.len(), to.len(), squared_distances(&from, &to), Some((from, to)))
            }
            (None, None, None) => drawn(),
            (Some(_), ..) => return Err(Complaint::new("cost", "takes the place of points; give one or the other")),
            (_, from, _) => {
                let missing = if from.is_none() { "from" } else { "to" };
                return Err(Complaint::new(missing, "is needed where the other cloud is given"));
            }
        };
        for (given, field, weights) in
            [(&self.source, "source", &mut drawn.source), (&self.target, "target", &mut drawn.target)]
        {
            if let Some(given) = given {
                *weights = normalised(&real(given, field, files)?, weights.len(), field)?;
            }
        }
        Ok(drawn)
    }
}

fn measured(rows: usize, cols: usize, cost: Vec<f64>, points: Option<(Vec<Point>, Vec<Point>)>) -> Drawn {
    let even = |n: usize| vec![1.0 / n as f64; n];
    Drawn { cost, source: even(rows), target: even(cols), points }
}

fn real(numbers: &Numbers, field: &str, files: &dyn Files) -> Result<Table, Complaint> {
    let table = numbers.load(|path| files.read(path)).map_err(|c| c.within(field))?;
    match table.entries {
        Entries::Real(_) => Ok(table),
        Entries::Complex(_) => Err(Complaint::new(field, "takes real numbers, and these are complex")),
    }
}

fn sized(n: usize, field: &str) -> Result<(), Complaint> {
    if n <= MOST { Ok(()) } else { Err(Complaint::new(field, format!("goes up to {MOST} on a side, not {n}"))) }
}

fn points(numbers: &Numbers, field: &str, files: &dyn Files) -> Result<Vec<Point>, Complaint> {
    let table = real(numbers, field, files)?;
    if table.cols != 2 {
        return Err(Complaint::new(field, format!("takes two numbers a point, not {}", table.cols)));
    }
    sized(table.rows, field)?;
    Ok(table.scalars::<f64>().as_chunks::<2>().0.to_vec())
}

fn normalised(table: &Table, wanted: usize, field: &str) -> Result<Vec<f64>, Complaint> {
    let weights: Vec<f64> = table.scalars();
    if weights.len() != wanted {
        return Err(Complaint::new(field, format!("takes {wanted} weights, not {}", weights.len())));
    }
    let mass: f64 = weights.iter().sum();
    let shares: Vec<f64> = weights.iter().map(|weight| weight / mass).collect();
    if shares.iter().all(|share| *share > 0.0) && mass.is_finite() {
        Ok(shares)
    } else {
        Err(Complaint::new(field, "takes positive weights"))
    }
}
