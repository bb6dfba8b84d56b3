//! Vectors as 16-bit integers.

use wide::bytemuck::cast;
use wide::{f64x4, i16x8, u64x4};

/// Length that a vector is scaled to. No entry exceeds its vector's length, so entries fit 16 bits.
pub(super) const LENGTH: f64 = 32767.0;

/// Entries that are rounded together.
pub(super) const BLOCK: usize = 16;

/// Adding it rounds to the nearest integer, ties to even, and leaves that integer in the sum's low bits.
const MAGIC: f64 = 1.5 * (1u64 << 52) as f64;

/// Puts `round(LENGTH x / norm)` in blocks of 16 entries, zeros at the end. Each is off by 1/2 at most, and a little
/// for the rounding of the product. Entries of a block come in one fixed order of their own, the same for all
/// vectors: dot products do not mind.
pub(super) fn quantise(x: &[f64], norm: f64, mut put: impl FnMut([i16x8; 2])) {
    let scale = f64x4::splat(LENGTH / norm);
    let (blocks, rest) = x.as_chunks::<BLOCK>();
    blocks.iter().for_each(|block| put(round(block, scale)));
    if !rest.is_empty() {
        let mut padded = [0.0; BLOCK];
        padded[..rest.len()].copy_from_slice(rest);
        put(round(&padded, scale));
    }
}

/// The same as one vector.
pub(super) fn quantised(x: &[f64], norm: f64) -> Vec<i16x8> {
    let mut integers = Vec::with_capacity(2 * x.len().div_ceil(BLOCK));
    quantise(x, norm, |pair| integers.extend(pair));
    integers
}

fn round(block: &[f64; BLOCK], scale: f64x4) -> [i16x8; 2] {
    let rows = block.as_chunks::<4>().0;
    let low_bits = u64x4::splat(0xffff);
    let integers = |row: usize| -> u64x4 { cast(f64x4::new(rows[row]) * scale + f64x4::splat(MAGIC)) };
    let pair = |row: usize| (integers(row) & low_bits) | ((integers(row + 1) & low_bits) << 16u32);
    cast(pair(0) | (pair(2) << 32u32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::norm;

    fn integers(x: &[f64], norm: f64) -> Vec<i16> {
        quantised(x, norm).into_iter().flat_map(i16x8::to_array).collect()
    }

    #[test]
    fn integers_are_the_nearest() {
        for length in 1..67 {
            let x: Vec<f64> = (0..length).map(|i| libm::sin(f64::from(i * i) + 0.3) * 1e-3).collect();
            let size = norm(&x);
            let mut nearest: Vec<i16> = x.iter().map(|x| (LENGTH / size * x).round_ties_even() as i16).collect();
            nearest.resize(x.len().next_multiple_of(BLOCK), 0);
            let mut found = integers(&x, size);
            // Within a block, any order will do.
            nearest.chunks_mut(BLOCK).chain(found.chunks_mut(BLOCK)).for_each(<[i16]>::sort_unstable);
            assert_eq!(found, nearest, "{length} entries");
        }
    }

    #[test]
    fn all_vectors_are_permuted_alike() {
        let place = |i: usize| {
            let mut unit = [0.0; 2 * BLOCK];
            unit[i] = -1.0;
            let integers = integers(&unit, 1.0);
            assert_eq!(integers.iter().filter(|&&q| q != 0).count(), 1);
            integers.iter().position(|&q| q == -32767).unwrap()
        };
        let mut places: Vec<usize> = (0..2 * BLOCK).map(place).collect();
        places.sort_unstable();
        assert!(places.into_iter().eq(0..2 * BLOCK));
    }

    #[test]
    fn a_vector_with_one_entry_fills_the_range() {
        for x in [3e-90, -1.0, 7e80] {
            let sum: i32 = integers(&[x], x.abs()).into_iter().map(i32::from).sum();
            assert_eq!(sum, if x > 0.0 { 32767 } else { -32767 });
        }
    }
}
