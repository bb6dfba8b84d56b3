//! Real vectors, eight lanes at a time. `wide` maps the lanes to SSE2, AVX, NEON or SIMD128.

use wide::f64x4;

/// The eight partial sums of a reduction, added in one order everywhere.
fn fold(low: f64x4, high: f64x4) -> f64 {
    let [a, b, c, d] = (low + high).to_array();
    (a + c) + (b + d)
}

pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    assert_eq!(x.len(), y.len());
    let (xs, x_rest) = x.as_chunks::<8>();
    let (ys, y_rest) = y.as_chunks::<8>();
    let (mut low, mut high) = (f64x4::ZERO, f64x4::ZERO);
    for (x, y) in xs.iter().zip(ys) {
        let (x, y) = (x.as_chunks::<4>().0, y.as_chunks::<4>().0);
        low += f64x4::new(x[0]) * f64x4::new(y[0]);
        high += f64x4::new(x[1]) * f64x4::new(y[1]);
    }
    x_rest.iter().zip(y_rest).fold(fold(low, high), |sum, (x, y)| sum + x * y)
}

/// The dots of two vectors with `y`, each with the bits of [`dot`]: `y` is loaded once, and twice as many sums hide how
/// long an addition takes.
pub(super) fn dot_pair(x: [&[f64]; 2], y: &[f64]) -> [f64; 2] {
    let [first, second] = x;
    assert!(first.len() == y.len() && second.len() == y.len());
    let ((firsts, first_rest), (seconds, second_rest)) = (first.as_chunks::<8>(), second.as_chunks::<8>());
    let (ys, y_rest) = y.as_chunks::<8>();
    let mut sums = [f64x4::ZERO; 4];
    for ((first, second), y) in firsts.iter().zip(seconds).zip(ys) {
        let (first, second) = (first.as_chunks::<4>().0, second.as_chunks::<4>().0);
        let y = y.as_chunks::<4>().0;
        let (low, high) = (f64x4::new(y[0]), f64x4::new(y[1]));
        sums[0] += f64x4::new(first[0]) * low;
        sums[1] += f64x4::new(first[1]) * high;
        sums[2] += f64x4::new(second[0]) * low;
        sums[3] += f64x4::new(second[1]) * high;
    }
    let rest = |x: &[f64], sum: f64| x.iter().zip(y_rest).fold(sum, |sum, (x, y)| sum + x * y);
    [rest(first_rest, fold(sums[0], sums[1])), rest(second_rest, fold(sums[2], sums[3]))]
}

/// `y += alpha x`, then the dot of `z` with the new `y`, in one pass.
pub(super) fn axpy_dot(alpha: f64, x: &[f64], y: &mut [f64], z: &[f64]) -> f64 {
    assert!(x.len() == y.len() && z.len() == y.len());
    let (xs, x_rest) = x.as_chunks::<8>();
    let (ys, y_rest) = y.as_chunks_mut::<8>();
    let (zs, z_rest) = z.as_chunks::<8>();
    let (mut low, mut high) = (f64x4::ZERO, f64x4::ZERO);
    let alphas = f64x4::splat(alpha);
    for ((x, y), z) in xs.iter().zip(ys).zip(zs) {
        let (x, z) = (x.as_chunks::<4>().0, z.as_chunks::<4>().0);
        let y = y.as_chunks_mut::<4>().0;
        let y_low = f64x4::new(y[0]) + alphas * f64x4::new(x[0]);
        let y_high = f64x4::new(y[1]) + alphas * f64x4::new(x[1]);
        (y[0], y[1]) = (y_low.to_array(), y_high.to_array());
        low += f64x4::new(z[0]) * y_low;
        high += f64x4::new(z[1]) * y_high;
    }
    axpy(alpha, x_rest, y_rest);
    z_rest.iter().zip(y_rest).fold(fold(low, high), |sum, (z, y)| sum + z * *y)
}

pub(super) fn axpy(alpha: f64, x: &[f64], y: &mut [f64]) {
    assert_eq!(x.len(), y.len());
    // Element by element there is no order to fix, and the compiler vectorises this by itself.
    for (y, x) in y.iter_mut().zip(x) {
        *y += alpha * x;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order that `dot` promises, written plainly.
    fn dot_reference(x: &[f64], y: &[f64]) -> f64 {
        let mut lanes = [0.0; 8];
        let whole = x.len() / 8 * 8;
        for i in 0..whole {
            lanes[i % 8] += x[i] * y[i];
        }
        let l = |i: usize| lanes[i] + lanes[i + 4];
        let mut sum = (l(0) + l(2)) + (l(1) + l(3));
        for i in whole..x.len() {
            sum += x[i] * y[i];
        }
        sum
    }

    #[test]
    fn dot_keeps_its_order_to_the_last_bit() {
        for n in 0..70 {
            let x: Vec<f64> = (0..n).map(|i| (f64::from(i) + 0.37) / 1.7).collect();
            let y: Vec<f64> = (0..n).map(|i| 1.0 / (f64::from(i) - 3.3)).collect();
            assert_eq!(dot(&x, &y).to_bits(), dot_reference(&x, &y).to_bits(), "n = {n}");
        }
    }
}
