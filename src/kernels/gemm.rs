//! Products of matrices, in blocks that stay near.
//!
//! ```text
//! for each block of DEPTH products, for each block of rows:        C += A B
//!     4 columns of C at a time, one vector of rows at a time: 4 vectors of sums, DEPTH products each
//! ```
//!
//! A and B are copied block by block into the order in which the innermost loop reads them. Every entry of C is summed
//! in one order, whatever the size: its products in the order of the inner index, DEPTH at a time, and each such sum
//! is added to what is there. Nothing is fused.

use wide::{f32x8, f64x4};

/// Products that are summed before they are added to C.
const DEPTH: usize = 256;
/// Columns of C that are computed together.
const WIDTH: usize = 4;
/// Vectors of rows whose copy of A stays in the second-level cache.
const VECTORS: usize = 16;

macro_rules! gemm {
    ($(#[$doc:meta])* $name:ident, $entry:ty, $vector:ty, $lanes:literal) => {
        $(#[$doc])*
        pub fn $name((rows, inner, cols): (usize, usize, usize), a: &[$entry], b: &[$entry], c: &mut [$entry]) {
            assert!(a.len() == rows * inner && b.len() == inner * cols && c.len() == rows * cols);
            let mut near_b = vec![[0.0; WIDTH]; cols.div_ceil(WIDTH) * DEPTH.min(inner)];
            let mut near_a = vec![[0.0; $lanes]; VECTORS * DEPTH.min(inner)];
            for start in (0..inner).step_by(DEPTH) {
                let depth = DEPTH.min(inner - start);
                // Rows and columns that do not exist are left at what they were: their sums go nowhere.
                for (j, column) in b.chunks_exact(inner).enumerate() {
                    for (k, &entry) in column[start..start + depth].iter().enumerate() {
                        near_b[j / WIDTH * depth + k][j % WIDTH] = entry;
                    }
                }
                for top in (0..rows).step_by(VECTORS * $lanes) {
                    let height = (VECTORS * $lanes).min(rows - top);
                    for (k, column) in a.chunks_exact(rows).skip(start).take(depth).enumerate() {
                        for (v, entries) in column[top..top + height].chunks($lanes).enumerate() {
                            near_a[v * depth + k][..entries.len()].copy_from_slice(entries);
                        }
                    }
                    for (block, near_b) in near_b.chunks_exact(depth).take(cols.div_ceil(WIDTH)).enumerate() {
                        for (v, near_a) in near_a.chunks_exact(depth).take(height.div_ceil($lanes)).enumerate() {
                            let mut sums = [<$vector>::ZERO; WIDTH];
                            for (a, b) in near_a.iter().zip(near_b) {
                                let a = <$vector>::new(*a);
                                for (sum, &b) in sums.iter_mut().zip(b) {
                                    *sum += a * <$vector>::splat(b);
                                }
                            }
                            let first = top + v * $lanes;
                            let last = (first + $lanes).min(rows);
                            for (j, sum) in (block * WIDTH..cols).zip(sums) {
                                let entries = &mut c[j * rows + first..j * rows + last];
                                entries.iter_mut().zip(sum.to_array()).for_each(|(c, sum)| *c += sum);
                            }
                        }
                    }
                }
            }
        }
    };
}

gemm! {
    /// `C += A B` for matrices stored column by column: A has `rows` x `inner` entries, B `inner` x `cols`.
    /// O(rows inner cols), and copies of 256 rows of B and a block of A.
    ///
    /// # Panics
    /// When a length is not that of its matrix.
    gemm, f64, f64x4, 4
}

gemm! {
    /// [`gemm`] in single precision.
    ///
    /// # Panics
    /// When a length is not that of its matrix.
    gemm_f32, f32, f32x8, 8
}
