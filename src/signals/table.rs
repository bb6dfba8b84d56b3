//! Numbers in text, one row a line.

use super::MAX_ENTRIES;
use super::npy::{Entries, Table};

/// Longest field that is quoted in a sentence, in characters.
const QUOTE: usize = 24;

/// What programs write for a number that they do not have, besides a NaN.
const MISSING: [&str; 4] = ["n/a", "na", "null", "none"];

/// How a zip archive begins, and with it every `.npz`.
const ZIP: &[u8] = b"PK\x03\x04";

/// Reads numbers that semicolons, tabs, commas or blanks separate, one row a line; the first of these four that the
/// first line has is the separator of all. Lines that are empty or start with `#` are passed over, a first row
/// of names is a header, and a separator at the end of every row is allowed. One row makes a column, as one
/// axis does in a `.npy` file. Decimals take a point. O(bytes).
///
/// # Errors
/// A sentence about the file, which is called `name`: which line, and what stands there.
pub fn read(name: &str, bytes: &[u8]) -> Result<Table, String> {
    if bytes.starts_with(ZIP) {
        return Err(format!("{name} is an archive of several arrays; unpack it and take one of its .npy files"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{name} is not text in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator_of(text);
    let (mut entries, mut rows, mut cols) = (Vec::new(), 0, 0);
    let mut first = true;
    for (line, row) in text.lines().enumerate() {
        let wrong = |message: String| format!("{name}, row {}: {message}", line + 1);
        // Tabs stay: one at the start of a row stands for a number that is missing.
        let row = row.trim_matches([' ', '\r']);
        if row.trim().is_empty() || row.starts_with('#') {
            continue;
        }
        let fields = fields_of(row, separator);
        if std::mem::take(&mut first) && is_header(&fields) {
            continue;
        }
        if rows > 0 && fields.len() != cols {
            return Err(wrong(format!("it has {}, and the rows before it {cols}", counted(fields.len()))));
        }
        (rows, cols) = (rows + 1, fields.len());
        if entries.len() + cols > MAX_ENTRIES {
            return Err(format!("{name} has more than {MAX_ENTRIES} numbers"));
        }
        for field in fields {
            entries.push(number(field).map_err(wrong)?);
        }
    }
    let entries = Entries::Real(entries);
    match rows {
        0 => Err(format!("{name} holds no numbers")),
        1 => Ok(Table { rows: cols, cols: 1, entries }),
        _ => Ok(Table { rows, cols, entries }),
    }
}

/// The separator that the first line uses. A comma comes after the others, because beside one of them it is a decimal
/// comma, which is refused where it stands.
fn separator_of(text: &str) -> char {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    [';', '\t', ','].into_iter().find(|&separator| line.contains(separator)).unwrap_or(' ')
}

/// Whether a first row names columns: no field looks like a number or like one that is missing.
fn is_header(fields: &[&str]) -> bool {
    let is_name = |field: &&str| {
        let starts_a_number = |c: char| c.is_ascii_digit() || "+-.".contains(c);
        !field.is_empty() && !field.starts_with(starts_a_number) && field.parse::<f64>().is_err()
    };
    let is_missing = |field: &&str| MISSING.iter().any(|word| field.eq_ignore_ascii_case(word));
    fields.iter().all(is_name) && !fields.iter().all(is_missing)
}

/// The fields of a row, without blanks and quotation marks around them.
fn fields_of(row: &str, separator: char) -> Vec<&str> {
    if separator == ' ' {
        return row.split_whitespace().map(unquoted).collect();
    }
    let row = row.strip_suffix(separator).unwrap_or(row);
    row.split(separator).map(|field| unquoted(field.trim())).collect()
}

fn unquoted(field: &str) -> &str {
    field.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(field)
}

fn number(field: &str) -> Result<f64, String> {
    match field.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ if field.is_empty() => Err("a number is missing".to_owned()),
        _ => {
            let quoted: String = field.chars().take(QUOTE).collect();
            let european = field.contains(',') && field.replace(',', ".").parse::<f64>().is_ok();
            let hint = if european { "; decimals take a point" } else { "" };
            Err(format!("{quoted:?} is not a number{hint}"))
        }
    }
}

fn counted(n: usize) -> String {
    format!("{n} {}", if n == 1 { "number" } else { "numbers" })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
