//! Second-order Reed-Muller functions over the integers modulo 4, from the Delsarte-Goethals codes.

use super::binary_field::BinaryField;
use super::modulated::Modulated;
use super::partial_hadamard::Hadamard;
use super::sizes::{check_complex, check_fits, check_most};
use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Columns `i^(x P x^T + 2 b x^T) / sqrt m` over binary vectors x of length M, with m = 2^M: all b for each of the
/// symmetric matrices P of the set DG(M, r), up to n = 2^((r + 2) M). Nothing is drawn.
///
/// P is given by r + 1 elements of the field of 2^M: `x P y^T = Tr(a_0 x y) + sum_t Tr(a_t (x^(2^t) y + x y^(2^t)))`.
/// Differences in DG(M, r) have rank at least M - 2 r, so that the coherence is at most `2^r / sqrt m`; for r = 0,
/// Kerdock's set, it is `1/sqrt m`. The P with a_1 = ... = a_r = 0 come first, so m^2 columns or fewer are Kerdock's
/// for every r. Products are O(n log m).
///
/// Calderbank, Howard and Jafarpour, "Construction of a large class of deterministic sensing matrices that satisfy a
/// statistical isometry property" (2010).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DelsarteGoethals {
    /// The order r: more columns, more coherent. Takes 2 r < log2 m.
    #[schemars(range(min = 0, max = 6))]
    pub order: usize,
}

impl Sensing for DelsarteGoethals {
    fn is_complex(&self) -> bool {
        true
    }

    fn draw<S: Scalar>(&self, rows: usize, cols: usize, _seed: u64) -> Drawn<S> {
        check_complex::<S>("partial-hadamard")?;
        let fits = |m: usize| m >= 2 && m.is_power_of_two();
        check_fits("rows", rows, "a power of two of at least 2 for a Delsarte-Goethals frame", fits)?;
        let bits = rows.ilog2() as usize;
        if 2 * self.order >= bits {
            let message = format!("goes up to {} for {rows} measurements, not {}", (bits - 1) / 2, self.order);
            return Err(Complaint::new("matrix.order", message));
        }
        let most = 1_usize.checked_shl(((self.order + 2) * bits) as u32).unwrap_or(usize::MAX);
        check_most(cols, most, &format!("order {} and {rows} measurements", self.order))?;
        let field = BinaryField::new(bits);
        let windows = (0..cols.div_ceil(rows)).flat_map(|block| window(&field, block));
        let powers = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)].map(|(re, im)| S::from_parts(re, im));
        let windows = windows.map(|power| powers[power as usize]).collect();
        Ok(Arc::new(Modulated::new(Hadamard::new(rows), rows, cols, windows)))
    }
}

/// `x P x^T mod 4` for all x, where the digits of `block` in base 2^M are a_0, a_1, ...
fn window(field: &BinaryField, block: usize) -> Vec<u32> {
    let bits = field.bits();
    let mut rows = vec![0_usize; bits];
    for (i, row) in rows.iter_mut().enumerate() {
        for j in 0..bits {
            *row |= (form(field, block, 1 << i, 1 << j) as usize) << j;
        }
    }
    // With the lowest bit i of x taken away: x P x^T = P_ii + 2 P_i (x - e_i)^T + (x - e_i) P (x - e_i)^T.
    let mut values = vec![0_u32; 1 << bits];
    for x in 1..values.len() {
        let (i, rest) = (x.trailing_zeros() as usize, x & (x - 1));
        values[x] = (values[rest] + (rows[i] >> i & 1) as u32 + 2 * (rows[i] & rest).count_ones()) % 4;
    }
    values
}

/// `x P y^T mod 2`.
fn form(field: &BinaryField, block: usize, x: usize, y: usize) -> u32 {
    let mut rest = block;
    let mut digit = || {
        let digit = rest & (field.size() - 1);
        rest >>= field.bits();
        (digit, rest)
    };
    let (a, mut others) = digit();
    let mut sum = field.product(a, field.product(x, y));
    let (mut x_power, mut y_power) = (x, y);
    while others > 0 {
        let (a, left) = digit();
        (x_power, y_power) = (field.product(x_power, x_power), field.product(y_power, y_power));
        sum ^= field.product(a, field.product(x_power, y) ^ field.product(x, y_power));
        others = left;
    }
    field.trace(sum)
}
