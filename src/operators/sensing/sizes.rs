//! Sizes that a construction takes, and the sentences for those that it does not.

use super::MAX_STORED;
use crate::complaint::Complaint;
use crate::kernels::Scalar;

/// Complains when a stored matrix would be too large.
pub(super) fn check_stored(rows: usize, cols: usize) -> Result<(), Complaint> {
    if rows.saturating_mul(cols) <= MAX_STORED {
        return Ok(());
    }
    let most = MAX_STORED / cols;
    Err(Complaint::new("rows", format!("a stored matrix of {cols} columns has at most {most} rows, not {rows}")))
}

/// Complains when entries are complex and scalars are real; `instead` is a matrix that has real ones.
pub(super) fn check_complex<S: Scalar>(instead: &str) -> Result<(), Complaint> {
    if S::COMPLEX {
        return Ok(());
    }
    let message = format!("has complex entries, and real ones are needed; {instead} has those");
    Err(Complaint::new("matrix", message))
}

/// Complains about `field` when its value does not fit; names what it takes and the nearest values that do.
pub(super) fn check_fits(
    field: &str,
    value: usize,
    takes: &str,
    fits: impl Fn(usize) -> bool,
) -> Result<(), Complaint> {
    if fits(value) {
        return Ok(());
    }
    let below = (1..value).rev().find(|&n| fits(n));
    let above = (value + 1..=4 * value + 64).find(|&n| fits(n));
    let nearest = [below, above].into_iter().flatten().map(|n| n.to_string()).collect::<Vec<_>>().join(" or ");
    Err(Complaint::new(field, format!("takes {takes}, such as {nearest}, not {value}")))
}

/// Complains unless `cols` is twice `rows`.
pub(super) fn check_twice(rows: usize, cols: usize) -> Result<(), Complaint> {
    if cols == 2 * rows {
        return Ok(());
    }
    let message = format!("takes twice the number of measurements, {}, for this matrix, not {cols}", 2 * rows);
    Err(Complaint::new("cols", message))
}

/// Complains when there are more columns than the construction has.
pub(super) fn check_most(cols: usize, most: usize, what: &str) -> Result<(), Complaint> {
    if cols <= most {
        return Ok(());
    }
    Err(Complaint::new("cols", format!("goes up to {most} for {what}, not {cols}")))
}

/// Whether `n` is a prime, by trial division.
pub(super) fn is_prime(n: usize) -> bool {
    n >= 2 && (2..).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_sizes_are_named() {
        let complaint = check_fits("rows", 80, "a prime", is_prime).unwrap_err();
        assert_eq!(complaint.to_string(), "rows: takes a prime, such as 79 or 83, not 80");
        let complaint = check_fits("rows", 1, "a prime", is_prime).unwrap_err();
        assert_eq!(complaint.to_string(), "rows: takes a prime, such as 2, not 1");
        assert!(check_fits("rows", 97, "a prime", is_prime).is_ok());
    }
}
