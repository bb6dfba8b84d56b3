//! NumPy's `.npy` files of one array: real or complex, little or big endian, C or Fortran order, one or two axes.
//!
//! A file is a magic text, a version, the length of the header, the header, and the entries. The header is a Python
//! dictionary with the three keys `descr`, `fortran_order` and `shape`; nothing else that Python can write is read.
//! The format is documented as NEP 1, <https://numpy.org/neps/nep-0001-npy-format.html>.

use super::MAX_ENTRIES;
use num_complex::Complex64;

/// What every `.npy` file starts with.
pub const MAGIC: &[u8] = b"\x93NUMPY";

/// The writer pads its header so that entries start at a multiple of this.
const ALIGNMENT: usize = 64;

/// Longest part of a header that is quoted in a sentence.
const QUOTE: usize = 24;

/// A table of numbers as read from a file, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// Entries, row by row.
    pub entries: Entries,
}

/// Real or complex entries.
#[derive(Clone, Debug, PartialEq)]
pub enum Entries {
    /// Real.
    Real(Vec<f64>),
    /// Complex.
    Complex(Vec<Complex64>),
}

impl Table {
    /// The largest modulus in each column.
    pub fn largest_by_column(&self) -> Vec<f64> {
        let mut largest = vec![0.0; self.cols];
        let mut take = |i: usize, modulus: f64| largest[i % self.cols] = f64::max(largest[i % self.cols], modulus);
        match &self.entries {
            Entries::Real(entries) => entries.iter().enumerate().for_each(|(i, x)| take(i, x.abs())),
            Entries::Complex(entries) => entries.iter().enumerate().for_each(|(i, x)| take(i, libm::hypot(x.re, x.im))),
        }
        largest
    }
}

/// Reads an `.npy` file from memory. One axis makes a column: n rows, one column. Whole numbers and truth values
/// become doubles; whole numbers beyond 2^53 are rounded.
///
/// Every claim of the header is held against the number of bytes before anything is allocated. O(bytes).
///
/// # Errors
/// A sentence about the file, which is called `name`: what is wrong with it and what is read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Table, String> {
    table_of(bytes).map_err(|predicate| format!("{name} {predicate}"))
}

fn table_of(bytes: &[u8]) -> Result<Table, String> {
    let (header, data) = split(bytes)?;
    let Header { descr, fortran, shape } = Reader { rest: header }.header()?;
    let (rows, cols) = match *shape {
        [rows] => (rows, 1),
        [rows, cols] => (rows, cols),
        _ => return Err(format!("has {} axes; one or two are read", shape.len())),
    };
    let (width, decode) = decoder(descr.trim_start_matches(['<', '>', '|', '='])).ok_or_else(|| {
        format!("holds entries of type {}; f4, f8, c8, c16, b1, and i and u of 1 to 8 bytes are read", quote(descr))
    })?;
    let count = match rows.checked_mul(cols) {
        Some(0) => return Err("holds no numbers".to_owned()),
        Some(count) if count <= MAX_ENTRIES => count,
        _ => return Err(format!("claims {rows} x {cols} entries; at most {MAX_ENTRIES} are read")),
    };
    let claimed = count * width;
    if data.len() < claimed {
        return Err(format!("is cut short: {count} entries of {width} bytes are claimed, {} bytes follow", data.len()));
    }
    if data.len() > claimed {
        return Err(format!("goes on for {} bytes after its {count} entries", data.len() - claimed));
    }
    let entries = decode(data, descr.starts_with('>'));
    Ok(Table { rows, cols, entries: if fortran { entries.transposed(cols, rows) } else { entries } })
}

/// The header's text and the bytes after it.
fn split(bytes: &[u8]) -> Result<(&str, &[u8]), String> {
    let short = || "is cut short: its header is not complete".to_owned();
    let after = bytes.strip_prefix(MAGIC).ok_or_else(|| "is not an npy file".to_owned())?;
    let (version, after) = after.split_first_chunk::<2>().ok_or_else(short)?;
    let (length, after) = match version {
        [1, _] => after.split_first_chunk().map(|(size, after)| (usize::from(u16::from_le_bytes(*size)), after)),
        [2 | 3, _] => after.split_first_chunk().map(|(size, after)| (u32::from_le_bytes(*size) as usize, after)),
        [version, _] => return Err(format!("is an npy file of version {version}; versions 1 to 3 are read")),
    }
    .ok_or_else(short)?;
    let (header, data) = after.split_at_checked(length).ok_or_else(short)?;
    let header = std::str::from_utf8(header).map_err(|_| "has a header that is not text in UTF-8".to_owned())?;
    Ok((header, data))
}

/// What a header says.
struct Header<'a> {
    descr: &'a str,
    fortran: bool,
    shape: Vec<usize>,
}

/// The header's text, from where it has been read.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn header(mut self) -> Result<Header<'a>, String> {
        let (mut descr, mut fortran, mut shape) = (None, None, None);
        self.expect('{')?;
        while !self.take('}') {
            let key = self.text()?;
            self.expect(':')?;
            match key {
                "descr" if self.rest.trim_start().starts_with('[') => {
                    return Err("holds records of several fields; plain numbers are read".to_owned());
                }
                "descr" => descr = Some(self.text()?),
                "fortran_order" => fortran = Some(self.truth()?),
                "shape" => shape = Some(self.shape()?),
                other => return Err(format!("has a header with the unknown key {}", quote(other))),
            }
            if !self.take(',') {
                self.expect('}')?;
                break;
            }
        }
        match (descr, fortran, shape) {
            (Some(descr), Some(fortran), Some(shape)) => Ok(Header { descr, fortran, shape }),
            _ => Err("has a header without descr, fortran_order or shape".to_owned()),
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        self.rest = self.rest.trim_start();
        let after = self.rest.strip_prefix(wanted);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.take(wanted) { Ok(()) } else { Err(self.wrong(&format!("{wanted:?}"))) }
    }

    fn wrong(&self, wanted: &str) -> String {
        format!("has a header with {} where {wanted} belongs", quote(self.rest.trim()))
    }

    /// A text in single or double quotes, without escapes.
    fn text(&mut self) -> Result<&'a str, String> {
        let mark = if self.take('\'') { '\'' } else { '"' };
        let text = (mark == '\'' || self.take('"')).then(|| self.rest.split_once(mark)).flatten();
        let (text, rest) = text.ok_or_else(|| self.wrong("a quoted text"))?;
        self.rest = rest;
        Ok(text)
    }

    fn truth(&mut self) -> Result<bool, String> {
        self.rest = self.rest.trim_start();
        for (word, value) in [("True", true), ("False", false)] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                return Ok(value);
            }
        }
        Err(self.wrong("True or False"))
    }

    /// Sizes in parentheses; Python 2 wrote an `L` after each.
    fn shape(&mut self) -> Result<Vec<usize>, String> {
        let mut shape = Vec::new();
        self.expect('(')?;
        while !self.take(')') {
            self.rest = self.rest.trim_start();
            let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
            let (digits, rest) = self.rest.split_at(end);
            shape.push(digits.parse().map_err(|_| self.wrong("the size of an axis"))?);
            self.rest = rest.strip_prefix('L').unwrap_or(rest);
            if !self.take(',') {
                self.expect(')')?;
                break;
            }
        }
        Ok(shape)
    }
}

fn quote(text: &str) -> String {
    format!("{:?}", text.chars().take(QUOTE).collect::<String>())
}

/// Makes entries of bytes; the flag tells big endian.
type Decoder = fn(&[u8], bool) -> Entries;

/// Bytes an entry, and how entries of a type are made of bytes.
fn decoder(code: &str) -> Option<(usize, Decoder)> {
    Some(match code {
        "f8" => (8, |data, big| Entries::Real(numbers(data, big, f64::from_le_bytes))),
        "f4" => (4, |data, big| Entries::Real(numbers(data, big, |b| f32::from_le_bytes(b).into()))),
        "c16" => (16, |data, big| pairs(&numbers(data, big, f64::from_le_bytes))),
        "c8" => (8, |data, big| pairs(&numbers(data, big, |b| f32::from_le_bytes(b).into()))),
        "i1" => (1, |data, big| Entries::Real(numbers(data, big, |b| i8::from_le_bytes(b).into()))),
        "i2" => (2, |data, big| Entries::Real(numbers(data, big, |b| i16::from_le_bytes(b).into()))),
        "i4" => (4, |data, big| Entries::Real(numbers(data, big, |b| i32::from_le_bytes(b).into()))),
        "i8" => (8, |data, big| Entries::Real(numbers(data, big, |b| i64::from_le_bytes(b) as f64))),
        "b1" | "u1" => (1, |data, big| Entries::Real(numbers(data, big, |b| u8::from_le_bytes(b).into()))),
        "u2" => (2, |data, big| Entries::Real(numbers(data, big, |b| u16::from_le_bytes(b).into()))),
        "u4" => (4, |data, big| Entries::Real(numbers(data, big, |b| u32::from_le_bytes(b).into()))),
        "u8" => (8, |data, big| Entries::Real(numbers(data, big, |b| u64::from_le_bytes(b) as f64))),
        _ => return None,
    })
}

fn numbers<const WIDTH: usize>(data: &[u8], big: bool, from_little: fn([u8; WIDTH]) -> f64) -> Vec<f64> {
    let number = |mut bytes: [u8; WIDTH]| {
        if big {
            bytes.reverse();
        }
        from_little(bytes)
    };
    data.as_chunks().0.iter().copied().map(number).collect()
}

fn pairs(parts: &[f64]) -> Entries {
    Entries::Complex(parts.as_chunks().0.iter().map(|&[re, im]| Complex64::new(re, im)).collect())
}

impl Entries {
    /// From row by row, `rows x cols`, to column by column (or back, with the sizes exchanged).
    #[must_use]
    pub fn transposed(self, rows: usize, cols: usize) -> Self {
        fn turn<T: Copy>(entries: &[T], rows: usize, cols: usize) -> Vec<T> {
            (0..cols).flat_map(|j| (0..rows).map(move |i| entries[i * cols + j])).collect()
        }
        match self {
            Entries::Real(entries) => Entries::Real(turn(&entries, rows, cols)),
            Entries::Complex(entries) => Entries::Complex(turn(&entries, rows, cols)),
        }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        match self {
            Entries::Real(entries) => entries.len(),
            Entries::Complex(entries) => entries.len(),
        }
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An `.npy` file of a `rows x cols` table, row by row; a table of one column is written with one axis.
///
/// # Panics
/// When the number of entries is not `rows * cols`.
pub fn write(rows: usize, cols: usize, entries: &Entries) -> Vec<u8> {
    assert_eq!(rows * cols, entries.len(), "as many entries as the shape has");
    let descr = match entries {
        Entries::Real(_) => "<f8",
        Entries::Complex(_) => "<c16",
    };
    let shape = if cols == 1 { format!("({rows},)") } else { format!("({rows}, {cols})") };
    let header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}");
    let before = MAGIC.len() + 4;
    let length = (before + header.len() + 1).next_multiple_of(ALIGNMENT) - before;
    let mut bytes = MAGIC.to_vec();
    bytes.extend([1, 0]);
    bytes.extend((length as u16).to_le_bytes());
    bytes.extend(format!("{header:<0$}\n", length - 1).bytes());
    match entries {
        Entries::Real(values) => bytes.extend(values.iter().flat_map(|v| v.to_le_bytes())),
        Entries::Complex(values) => bytes.extend(values.iter().flat_map(|v| [v.re, v.im]).flat_map(f64::to_le_bytes)),
    }
    bytes
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
