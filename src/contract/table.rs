//! Tables: panels of rows and columns in which a cell holds a number or words.

use super::{Axis, Kind, Panel, Values};
use serde::Serialize;

/// What a table says beyond the numbers of its panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// A heading a column.
    pub columns: Vec<String>,
    /// What stands in each cell in place of its number, row by row; an empty text leaves the number.
    pub words: Vec<String>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// Words; empty ones leave the cell empty.
    Words(String),
}

impl Cell {
    /// A whole number.
    pub fn count(count: usize) -> Self {
        Cell::Number(count as f64)
    }

    /// Words.
    pub fn words(words: impl Into<String>) -> Self {
        Cell::Words(words.into())
    }
}

/// What stands in a cell that is to look empty: no number, and a space for words.
const BLANK: &str = " ";

impl Panel<'static> {
    /// A table with these headings. Rows that are too short are filled with empty cells, longer ones cut; numbers that are not
    /// finite become empty cells.
    pub fn table(
        (id, title, caption): (&'static str, &'static str, &'static str),
        headings: &[&str],
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) -> Self {
        let cols = headings.len();
        let (mut values, mut words) = (Vec::new(), Vec::new());
        for row in rows {
            let cells = row.into_iter().chain(std::iter::repeat(Cell::Words(String::new())));
            for cell in cells.take(cols) {
                let (value, word) = match cell {
                    Cell::Number(value) if value.is_finite() => (value, String::new()),
                    Cell::Words(word) if !word.is_empty() => (0.0, word),
                    Cell::Number(_) | Cell::Words(_) => (0.0, BLANK.to_owned()),
                };
                values.push(value);
                words.push(word);
            }
        }
        Panel {
            id,
            title,
            caption,
            kind: Kind::Table,
            shape: (values.len() / cols.max(1), cols),
            values: Values::give(values),
            table: Some(Table { columns: headings.iter().map(|&heading| heading.to_owned()).collect(), words }),
            x: Axis::plain("column"),
            y: Axis::plain("row"),
            marks: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_a_number_and_a_text() {
        let rows = vec![
            vec![Cell::words("age"), Cell::Number(2.0)],
            vec![Cell::words("")],
            vec![Cell::Number(f64::NAN), Cell::count(3), Cell::count(9)],
        ];
        let panel = Panel::table(("card", "Card", ""), &["feature", "points"], rows);
        assert_eq!(panel.shape, (3, 2));
        let Values::Real(values) = &panel.values else { panic!("numbers are real") };
        assert_eq!(values.as_ref(), [0.0, 2.0, 0.0, 0.0, 0.0, 3.0]);
        let table = panel.table.unwrap();
        assert_eq!(table.words, ["age", "", " ", " ", " ", ""]);
        assert_eq!(table.columns, ["feature", "points"]);
    }

    #[test]
    fn a_table_without_columns_has_no_rows() {
        assert_eq!(Panel::table(("t", "T", ""), &[], vec![vec![Cell::count(1)]]).shape, (0, 0));
    }
}
