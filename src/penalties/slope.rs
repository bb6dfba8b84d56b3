//! SLOPE, the sorted l1 norm: `sum w_i |x|_(i)`, moduli from the largest down (Bogdan et al. 2015). Convex.
//!
//! Weights fall, `w_1 >= w_2 >= ... >= 0`: a large entry costs more an inch than a small one, and entries of like size are
//! drawn to one modulus.

use super::with_modulus;
use crate::kernels::Scalar;

/// Indices from the largest modulus to the smallest; the lower index first where they tie.
fn falling<S: Scalar>(x: &[S]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&i, &j| x[j].abs().total_cmp(&x[i].abs()));
    order
}

/// `sum w_i |x|_(i)`. O(n log n).
pub fn value<S: Scalar>(x: &[S], weights: &[f64]) -> f64 {
    falling(x).into_iter().zip(weights).fold(0.0, |sum, (j, w)| sum + w * x[j].abs())
}

/// The dual norm, `max_k (sum_{i <= k} |c|_(i)) / (sum_{i <= k} w_i)`. O(n log n).
pub fn gauge<S: Scalar>(c: &[S], weights: &[f64]) -> f64 {
    let (mut moduli, mut bound, mut largest) = (0.0, 0.0, 0.0_f64);
    for (j, w) in falling(c).into_iter().zip(weights) {
        moduli += c[j].abs();
        bound += w;
        if moduli > 0.0 {
            largest = largest.max(moduli / bound);
        }
    }
    largest
}

/// Proximal operator with weight `t`, in place: shrinks the sorted moduli by `t w_i` and pools neighbours that come out of
/// order into their mean, until all fall; what is negative becomes zero. O(n log n).
///
/// Bogdan, van den Berg, Sabatti, Su and Candes, "SLOPE - adaptive variable selection via convex optimization" (2015),
/// algorithm 4.
///
/// # Panics
/// When there are fewer weights than entries.
pub fn prox<S: Scalar>(v: &mut [S], t: f64, weights: &[f64]) {
    let order = falling(v);
    // Blocks of equal moduli: the first place, and the sum over it.
    let mut blocks: Vec<(usize, f64)> = Vec::new();
    for (place, &j) in order.iter().enumerate() {
        let (mut first, mut sum) = (place, v[j].abs() - t * weights[place]);
        while let Some(&(before, held)) = blocks.last() {
            let (here, there) = ((place + 1 - first) as f64, (first - before) as f64);
            // The mean before must exceed the mean here.
            if held * here > sum * there {
                break;
            }
            blocks.pop();
            first = before;
            sum += held;
        }
        blocks.push((first, sum));
    }
    for (number, &(first, sum)) in blocks.iter().enumerate() {
        let end = blocks.get(number + 1).map_or(order.len(), |next| next.0);
        let modulus = (sum / (end - first) as f64).max(0.0);
        for &j in &order[first..end] {
            v[j] = with_modulus(v[j], modulus);
        }
    }
}
