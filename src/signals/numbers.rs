//! Numbers that a person gives: inline, or in files.

use super::npy::{Entries, Table};
use super::{MAX_ENTRIES, read_table, wav};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;

/// A list of numbers, a list of rows, or the name of a `.npy`, `.csv` or `.wav` file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Numbers(pub Value);

impl JsonSchema for Numbers {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Numbers".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "x-kind": "numbers" })
    }
}

impl Numbers {
    /// A sound of `rate` samples a second, up to `most` seconds of it: a WAV file at whatever rate, or one row or column of samples.
    ///
    /// # Errors
    /// As for [`load`](Self::load), and a complaint when there are several rows and columns.
    pub fn sound(
        &self,
        rate: u32,
        most: f64,
        read: impl Fn(&str) -> Result<Vec<u8>, Complaint>,
    ) -> Result<Vec<f64>, Complaint> {
        let sentence = |message: String| Complaint::new("", message);
        if let Value::String(path) = &self.0 {
            let bytes = read(path)?;
            if bytes.starts_with(wav::MAGIC) {
                return Ok(wav::read(path, &bytes, most).map_err(sentence)?.at(rate));
            }
        }
        let table = self.load(read)?;
        match table.entries {
            _ if table.rows != 1 && table.cols != 1 => {
                Err(sentence(format!("takes one row or one column, not {} x {}", table.rows, table.cols)))
            }
            Entries::Complex(_) => Err(sentence("takes real samples, not complex ones".to_owned())),
            Entries::Real(mut samples) => {
                samples.truncate((most * f64::from(rate)).ceil() as usize);
                Ok(samples)
            }
        }
    }

    /// The table; `read` gives the contents of the file that is named.
    ///
    /// # Errors
    /// What `read` says, or a complaint without a field: what is wrong with the numbers and what they take.
    pub fn load(&self, read: impl FnOnce(&str) -> Result<Vec<u8>, Complaint>) -> Result<Table, Complaint> {
        let sentence = |message: String| Complaint::new("", message);
        match &self.0 {
            Value::String(path) => {
                let bytes = read(path)?;
                let table = read_table(path, &bytes).map_err(sentence)?;
                finite(&table).then_some(table).ok_or_else(|| sentence(format!("{path} holds a NaN or an infinity")))
            }
            Value::Array(rows) => inline(rows).map_err(sentence),
            _ => Err(sentence("takes a list of numbers, a list of rows, or a file's name".to_owned())),
        }
    }
}

fn finite(table: &Table) -> bool {
    match &table.entries {
        Entries::Real(entries) => entries.iter().all(|v| v.is_finite()),
        Entries::Complex(entries) => entries.iter().all(|v| Scalar::is_finite(*v)),
    }
}

fn inline(rows: &[Value]) -> Result<Table, String> {
    if rows.is_empty() {
        return Err("is an empty list".to_owned());
    }
    let number = |value: &Value, place: String| {
        value.as_f64().filter(|v| v.is_finite()).ok_or_else(|| {
            format!(
                "entry {place} takes a number, not {}",
                Complaint::quote(value.as_str().unwrap_or(&value.to_string()))
            )
        })
    };
    let mut entries = Vec::new();
    let cols = rows[0].as_array().map_or(1, Vec::len);
    if rows.len().saturating_mul(cols) > MAX_ENTRIES {
        return Err(format!("has more than {MAX_ENTRIES} numbers"));
    }
    for (i, row) in rows.iter().enumerate() {
        match row {
            Value::Array(row) if row.len() != cols => {
                return Err(format!("row {i} has {} numbers and the first has {cols}", row.len()));
            }
            Value::Array(row) => {
                for (j, value) in row.iter().enumerate() {
                    entries.push(number(value, format!("[{i}][{j}]"))?);
                }
            }
            value => entries.push(number(value, format!("[{i}]"))?),
        }
    }
    if entries.len() != rows.len() * cols || cols == 0 {
        return Err("mixes rows and numbers, or has empty rows".to_owned());
    }
    Ok(Table { rows: rows.len(), cols, entries: Entries::Real(entries) })
}

impl Table {
    /// The entries as scalars of one type, row by row.
    pub fn scalars<S: Scalar>(&self) -> Vec<S> {
        match &self.entries {
            Entries::Real(entries) => entries.iter().map(|&v| S::from_real(v)).collect(),
            Entries::Complex(entries) => entries.iter().map(|v| S::from_parts(v.re, v.im)).collect(),
        }
    }
}
