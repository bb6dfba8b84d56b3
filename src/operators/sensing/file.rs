//! A matrix of one's own.

use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::operators::Dense;
use crate::signals::npy::Table;
use crate::signals::numbers::Numbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The matrix as it is given, one row a measurement. Its size is taken instead of `rows` and `cols`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct File {
    /// The name of a `.npy` or `.csv` file, or a list of rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Numbers>,
}

impl File {
    /// The table; `read` gives the contents of the file that is named.
    ///
    /// # Errors
    /// A complaint about `matrix.path` when it is missing or cannot be used.
    pub fn table(&self, read: impl FnOnce(&str) -> Result<Vec<u8>, Complaint>) -> Result<Table, Complaint> {
        let nothing = || Complaint::new("", "takes the name of an .npy or .csv file, or a list of rows; it is missing");
        let table = self.path.as_ref().ok_or_else(nothing).and_then(|numbers| numbers.load(read));
        table.map_err(|complaint| complaint.within("matrix.path"))
    }
}

impl Sensing for File {
    /// Takes inline rows alone: whoever can read files calls [`File::table`].
    fn draw<S: Scalar>(&self, _rows: usize, _cols: usize, _seed: u64) -> Drawn<S> {
        let table = self.table(|name| {
            let message = format!("names the file {}, and only a list of rows is read here", Complaint::quote(name));
            Err(Complaint::new("", message))
        })?;
        Ok(Arc::new(Dense::from_rows(table.rows, table.cols, &table.scalars::<S>())))
    }
}
