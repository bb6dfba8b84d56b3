//! The exponential function of many numbers at once.

use wide::bytemuck::cast;
use wide::{f64x4, u64x4};

/// `ln 2` in two parts: the first has zeros at its end, so that small multiples of it are exact.
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];

/// Adding it rounds to the nearest integer and leaves that in the sum's low bits.
const MAGIC: f64 = 1.5 * (1u64 << 52) as f64;

/// Below, the result is zero, above, infinite: 2^n has no denormals here.
const RANGE: [f64; 2] = [-708.0, 709.0];

/// `1 / i!` from 13 down to 0.
const TAYLOR: [f64; 14] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// `x_i = exp(x_i)`, within 2 units in the last place; zero below -708, infinite above 709. The same bits on every
/// machine, and for an entry wherever it stands.
pub fn exp(x: &mut [f64]) {
    let (blocks, rest) = x.as_chunks_mut::<4>();
    blocks.iter_mut().for_each(|block| *block = exp_of(*block));
    let mut padded = [0.0; 4];
    padded[..rest.len()].copy_from_slice(rest);
    rest.copy_from_slice(&exp_of(padded)[..rest.len()]);
}

/// `x = n ln 2 + r` with |r| <= ln 2 / 2, then `2^n` times the Taylor polynomial of `exp(r)`.
fn exp_of(x: [f64; 4]) -> [f64; 4] {
    let x = f64x4::new(x);
    let [low, high] = RANGE.map(f64x4::splat);
    let shifted = x * f64x4::splat(std::f64::consts::LOG2_E) + f64x4::splat(MAGIC);
    let n = shifted - f64x4::splat(MAGIC);
    let r = x - n * f64x4::splat(LN_2[0]) - n * f64x4::splat(LN_2[1]);
    let polynomial = TAYLOR.into_iter().fold(f64x4::ZERO, |sum, term| sum * r + f64x4::splat(term));
    // n stands in the low bits; the exponent's place starts at bit 52.
    let bits: u64x4 = cast(shifted);
    let power: f64x4 = cast((bits + u64x4::splat(1023)) << 52u32);
    let within = polynomial * power;
    let above = x.simd_gt(high).select(f64x4::splat(f64::INFINITY), within);
    let value = x.simd_lt(low).select(f64x4::ZERO, above);
    value.to_array()
}
