//! A matrix of one's own, and a mask of one's own.

use super::scene::Drawn;
use crate::contract::{Complaint, Files, Kind};
use crate::signals::npy::{Entries, Table};
use crate::signals::numbers::Numbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What stands in place of what is drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Data {
    /// The matrix, row by row. What the mask hides of it is taken as the truth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matrix: Option<Numbers>,
    /// The mask, as large as the matrix: an entry is seen where it is not zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mask: Option<Numbers>,
}

/// Most rows or columns.
pub(super) const MOST: usize = 800;

/// The rank that methods are told where nobody knows better.
const RANK: usize = 5;

impl Data {
    /// The matrix that is given, or the one that is drawn.
    ///
    /// # Errors
    /// A complaint whose field is one of these.
    pub(super) fn matrix(&self, drawn: impl FnOnce() -> Drawn, files: &dyn Files) -> Result<Drawn, Complaint> {
        let Some(given) = &self.matrix else { return Ok(drawn()) };
        let table = real(given, "matrix", files)?;
        let (rows, cols) = (table.rows, table.cols);
        if rows.min(cols) < 2 || rows.max(cols) > MOST {
            return Err(Complaint::new("matrix", format!("takes 2 to {MOST} rows and columns, not {rows} and {cols}")));
        }
        let entries: Vec<f64> = table.scalars();
        if !entries.iter().fold(0.0, |sum, x| sum + x * x).is_finite() {
            return Err(Complaint::new("matrix", "takes smaller numbers; the squares of these overflow"));
        }
        Ok(Drawn { entries, rows, cols, rank: RANK.min(rows).min(cols), kind: Kind::Heat })
    }

    /// The mask that is given, or the one that is drawn.
    ///
    /// # Errors
    /// When it is not as large as the matrix.
    pub(super) fn mask(
        &self,
        shape: (usize, usize),
        drawn: impl FnOnce() -> Vec<bool>,
        files: &dyn Files,
    ) -> Result<Vec<bool>, Complaint> {
        let Some(given) = &self.mask else { return Ok(drawn()) };
        let table = real(given, "mask", files)?;
        if (table.rows, table.cols) != shape {
            let message =
                format!("takes {} x {} numbers like the matrix, not {} x {}", shape.0, shape.1, table.rows, table.cols);
            return Err(Complaint::new("mask", message));
        }
        Ok(table.scalars::<f64>().into_iter().map(|seen| seen != 0.0).collect())
    }
}

fn real(numbers: &Numbers, field: &str, files: &dyn Files) -> Result<Table, Complaint> {
    let table = numbers.load(|path| files.read(path)).map_err(|c| c.within(field))?;
    match table.entries {
        Entries::Real(_) => Ok(table),
        Entries::Complex(_) => Err(Complaint::new(field, "takes real numbers, and these are complex")),
    }
}
