//! The cheapest way to give each row a column of its own.
//!
//! ```text
//! potentials u, v with u_i + v_j <= c_ij, equal on the assignment so far
//! for each row:   grow a tree of shortest reduced costs c_ij - u_i - v_j from it until a free column is reached,
//!                 move the potentials along, and swap the assignment on the way back
//! ```
//!
//! Kuhn (1955) in the form of Jonker and Volgenant (1987). O(r^2 c) for r rows and c >= r columns.

/// The column of each row in an assignment of least total cost; `cost` has `rows` x `cols` finite entries, row by row. Where there
/// are more rows than columns, rows that are left over have none. Of equal assignments the one that is found first is taken.
///
/// # Panics
/// When `cost` has another length.
pub fn assignment(rows: usize, cols: usize, cost: &[f64]) -> Vec<Option<usize>> {
    assert_eq!(cost.len(), rows * cols);
    if rows <= cols {
        return wide(rows, cols, |i, j| cost[i * cols + j]).into_iter().map(Some).collect();
    }
    let mut columns = vec![None; rows];
    for (col, row) in wide(cols, rows, |i, j| cost[j * cols + i]).into_iter().enumerate() {
        columns[row] = Some(col);
    }
    columns
}

/// The column of each of `rows <= cols` rows.
fn wide(rows: usize, cols: usize, cost: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let (mut of_rows, mut of_cols) = (vec![0.0; rows], vec![0.0; cols]);
    let mut taken: Vec<Option<usize>> = vec![None; cols];
    for start in 0..rows {
        // The least reduced cost at which each column is reached, and the column before it on the way.
        let (mut least, mut before) = (vec![f64::INFINITY; cols], vec![None; cols]);
        let mut closed = vec![false; cols];
        let (mut row, mut last) = (start, None);
        let free = loop {
            let mut next = (f64::INFINITY, 0);
            for j in (0..cols).filter(|&j| !closed[j]) {
                let reduced = cost(row, j) - of_rows[row] - of_cols[j];
                if reduced < least[j] {
                    (least[j], before[j]) = (reduced, last);
                }
                if least[j] < next.0 {
                    next = (least[j], j);
                }
            }
            let (step, col) = next;
            of_rows[start] += step;
            for j in 0..cols {
                match taken[j].filter(|_| closed[j]) {
                    Some(owner) => {
                        of_rows[owner] += step;
                        of_cols[j] -= step;
                    }
                    None => least[j] -= step,
                }
            }
            closed[col] = true;
            match taken[col] {
                Some(owner) => (row, last) = (owner, Some(col)),
                None => break col,
            }
        };
        let mut col = free;
        while let Some(previous) = before[col] {
            taken[col] = taken[previous];
            col = previous;
        }
        taken[col] = Some(start);
    }
    let mut columns = vec![0; rows];
    for (col, row) in taken.iter().enumerate() {
        if let Some(row) = row {
            columns[*row] = col;
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::random::{Random, Stream};

    /// The least cost over all ways to give rows columns, by trying each.
    fn least(cost: &[f64], cols: usize, row: usize, free: &mut Vec<usize>) -> f64 {
        if row * cols == cost.len() {
            return 0.0;
        }
        let mut best = f64::INFINITY;
        for place in 0..free.len() {
            let col = free.remove(place);
            best = best.min(cost[row * cols + col] + least(cost, cols, row + 1, free));
            free.insert(place, col);
        }
        best
    }

    #[test]
    fn no_other_assignment_is_cheaper() {
        let mut random = Random::new(1, Stream::Probe);
        for (rows, cols) in [(1, 1), (1, 5), (3, 3), (4, 6), (6, 6)] {
            for _ in 0..20 {
                let cost: Vec<f64> = (0..rows * cols).map(|_| random.normal()).collect();
                let found = assignment(rows, cols, &cost);
                let columns: std::collections::BTreeSet<_> = found.iter().flatten().collect();
                assert_eq!(columns.len(), rows, "each row has a column of its own");
                let total: f64 = found.iter().enumerate().map(|(i, j)| cost[i * cols + j.unwrap()]).sum();
                assert!((total - least(&cost, cols, 0, &mut (0..cols).collect())).abs() < 1e-12);
                // The same costs on their side: the same pairs.
                let turned: Vec<f64> = (0..cols * rows).map(|at| cost[at % rows * cols + at / rows]).collect();
                let back = assignment(cols, rows, &turned);
                assert!(found.iter().enumerate().all(|(i, j)| back[j.unwrap()] == Some(i)));
                assert_eq!(back.iter().flatten().count(), rows);
            }
        }
        assert!(assignment(0, 3, &[]).is_empty());
        assert_eq!(assignment(2, 0, &[]), [None, None]);
    }
}
