//! The number of cells of a recursive dyadic partition on each of which x is constant. Real, and not convex.
//!
//! A partition is grown from the whole: a cell stays, or is split into halves along each side that has more than one entry
//! (four quarters of a picture, two halves of a line), and its parts likewise. Sides need not be powers of two; the first half
//! is then the longer one.
//!
//! Willett and Nowak, "Platelets: a multiscale approach for recovering edges and surfaces in photon-limited medical imaging"
//! (2003), for the partitions; Coifman and Donoho, "Translation-invariant de-noising" (1995), for the shifts.

/// Rows and columns of what is partitioned, stored row by row; a line has one row.
pub type Shape = (usize, usize);

/// A cell: its first row and column, and how many it has of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
}

impl Cell {
    /// The parts that a split makes of a cell with more than one entry.
    fn parts(self) -> impl Iterator<Item = Cell> {
        let Cell { top, left, height, width } = self;
        let (upper, first) = (height.div_ceil(2), width.div_ceil(2));
        let parts = [
            Cell { top, left, height: upper, width: first },
            Cell { top, left: left + first, height: upper, width: width - first },
            Cell { top: top + upper, left, height: height - upper, width: first },
            Cell { top: top + upper, left: left + first, height: height - upper, width: width - first },
        ];
        parts.into_iter().filter(|part| part.size() > 0)
    }

    /// Number of entries.
    pub fn size(self) -> usize {
        self.height * self.width
    }

    /// Places of its entries in the rows of `cols` entries, one range a row.
    fn rows(self, cols: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
        (self.top..self.top + self.height).map(move |row| row * cols + self.left..row * cols + self.left + self.width)
    }
}

/// What is known of a cell: the least cost of its partitions, and the sum and the sum of squares of its entries.
struct Known {
    cost: f64,
    sum: f64,
    squares: f64,
}

/// A fit by dynamic programming on its way.
struct Fit<'a> {
    v: &'a mut [f64],
    cols: usize,
    t: f64,
    cells: Vec<Cell>,
}

impl Fit<'_> {
    /// Fits a cell by the best of its partitions: its parts first, then all of it by one value, if that costs no more.
    fn cell(&mut self, cell: Cell) -> Known {
        if cell.size() == 1 {
            return self.entry(cell);
        }
        let mark = self.cells.len();
        let mut known = Known { cost: 0.0, sum: 0.0, squares: 0.0 };
        for part in cell.parts() {
            let one = self.cell(part);
            known.cost += one.cost;
            known.sum += one.sum;
            known.squares += one.squares;
        }
        let size = cell.size() as f64;
        let level = (known.sum / size).max(0.0);
        let whole = 0.5 * (known.squares - 2.0 * level * known.sum + size * level * level).max(0.0) + self.t;
        if whole <= known.cost {
            known.cost = whole;
            self.cells.truncate(mark);
            self.cells.push(cell);
            cell.rows(self.cols).for_each(|row| self.v[row].fill(level));
        }
        known
    }

    /// Fits a single entry.
    fn entry(&mut self, cell: Cell) -> Known {
        let entry = &mut self.v[cell.top * self.cols + cell.left];
        let value = *entry;
        *entry = value.max(0.0);
        let off = value - *entry;
        self.cells.push(cell);
        Known { cost: 0.5 * off * off + self.t, sum: value, squares: value * value }
    }
}

/// Proximal operator over x without negative entries, in place, exactly: `1/2 |x - v|^2 + t` times the number of cells. Of equals
/// it takes the partition with fewer cells. Returns the cells, and the cost. O(n) comparisons; O(n log n) writes at most.
///
/// # Panics
/// When the shape is not that of `v`.
pub fn prox_nonnegative(v: &mut [f64], (rows, cols): Shape, t: f64) -> (Vec<Cell>, f64) {
    assert_eq!(v.len(), rows * cols);
    if v.is_empty() {
        return (Vec::new(), 0.0);
    }
    let mut fit = Fit { v, cols, t, cells: Vec::new() };
    let known = fit.cell(Cell { top: 0, left: 0, height: rows, width: cols });
    (fit.cells, known.cost)
}

/// The mean of [`prox_nonnegative`] over cyclic shifts of the entries, in place: no edge of a cell is in the same place twice, so
/// blocks fade. Returns for each entry the mean of `log2` of its cell's size. Each side is shifted by `shifts` amounts, or all
/// that it has, spread such that cells of every size are moved; no shift is among them. O(n) a shift.
///
/// # Panics
/// When the shape is not that of `v`.
pub fn spun(v: &mut [f64], shape: Shape, t: f64, shifts: usize) -> Vec<f64> {
    let (rows, cols) = shape;
    let moves = |side: usize| {
        // An odd step near a third of the side takes all remainders of halves, quarters and so on in turn.
        let step = (side / 3) | 1;
        let count = shifts.clamp(1, side.max(1));
        (0..count).map(move |i| if count < side { i * step % side } else { i })
    };
    let (mut mean, mut sizes) = (vec![0.0; v.len()], vec![0.0; v.len()]);
    let (mut moved, mut count) = (vec![0.0; v.len()], 0.0);
    for down in moves(rows) {
        for right in moves(cols) {
            // Rows in their new order, each in two runs.
            for (row, line) in moved.chunks_exact_mut(cols).enumerate() {
                let from = &v[(row + down) % rows * cols..][..cols];
                line[..cols - right].copy_from_slice(&from[right..]);
                line[cols - right..].copy_from_slice(&from[..right]);
            }
            let (cells, _) = prox_nonnegative(&mut moved, shape, t);
            for cell in cells {
                let (size, level) = (libm::log2(cell.size() as f64), moved[cell.top * cols + cell.left]);
                for row in cell.top..cell.top + cell.height {
                    let to = (row + down) % rows * cols;
                    for col in cell.left..cell.left + cell.width {
                        let place = to + if col + right < cols { col + right } else { col + right - cols };
                        mean[place] += level;
                        sizes[place] += size;
                    }
                }
            }
            count += 1.0;
        }
    }
    v.iter_mut().zip(mean).for_each(|(v, sum)| *v = sum / count);
    sizes.into_iter().map(|sum| sum / count).collect()
}
