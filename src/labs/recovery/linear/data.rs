//! Numbers of one's own: inline in the Spec, or in files that it names.

use crate::contract::{Complaint, Files};
use crate::signals::npy::{Entries, Table};
use crate::signals::numbers::Numbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What stands in place of drawn numbers. Each part may be left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Data {
    /// The sensing matrix, one row a measurement. Its size is taken instead of `rows` and `cols`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matrix: Option<Numbers>,
    /// The measurements `y`. Nothing is added to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measurements: Option<Numbers>,
    /// The true coefficients `x`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truth: Option<Numbers>,
}

/// Data as tables.
pub(super) struct Loaded {
    pub(super) matrix: Option<Table>,
    pub(super) measurements: Option<Table>,
    pub(super) truth: Option<Table>,
}

impl Data {
    /// Reads what is there. Vectors may be given as a row or as a column.
    pub(super) fn load(&self, files: &dyn Files) -> Result<Loaded, Complaint> {
        let table = |numbers: &Option<Numbers>, field: &str| match numbers {
            Some(numbers) => numbers.load(|path| files.read(path)).map(Some).map_err(|c| c.within(field)),
            None => Ok(None),
        };
        let vector = |numbers, field: &str| match table(numbers, field)? {
            Some(table) if table.rows != 1 && table.cols != 1 => {
                let message = format!("takes one row or one column, not {} x {}", table.rows, table.cols);
                Err(Complaint::new(field, message))
            }
            other => Ok(other),
        };
        Ok(Loaded {
            matrix: table(&self.matrix, "matrix")?,
            measurements: vector(&self.measurements, "measurements")?,
            truth: vector(&self.truth, "truth")?,
        })
    }
}

impl Loaded {
    /// Whether any part has complex entries.
    pub(super) fn is_complex(&self) -> bool {
        [&self.matrix, &self.measurements, &self.truth]
            .into_iter()
            .flatten()
            .any(|table| matches!(table.entries, Entries::Complex(_)))
    }
}
