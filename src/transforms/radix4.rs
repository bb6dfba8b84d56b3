//! The power-of-two Fourier transform: decimation in time, radix 4.

use super::roots::root;
use num_complex::Complex64;

/// A plan for the unnormalised transform of a power-of-two length `n`.
///
/// The samples are put into bit-reversed order; then each stage merges four transforms of length `h` into one
/// of length `4 h`. One radix-4 stage does the work of two radix-2 stages with three complex products in place
/// of four and half the passes over memory. Where `log2 n` is odd, one radix-2 stage without products comes
/// first.
///
/// Source: Cooley and Tukey, "An algorithm for the machine calculation of complex Fourier series", Math. Comp.
/// 19 (1965); Van Loan, *Computational Frameworks for the Fast Fourier Transform*, SIAM 1992, sections 1.3 and 2.4.
#[derive(Clone, Debug)]
pub(super) struct Radix4 {
    /// `reversed[i]` is `i` with its `log2 n` bits in reverse.
    reversed: Vec<u32>,
    /// For each stage the factors `w^2j, w^j, w^3j`, `w = exp(-2 pi i / 4h)`, in the order in which they are read.
    stages: Vec<Vec<[Complex64; 3]>>,
}

impl Radix4 {
    pub(super) fn new(n: usize) -> Self {
        assert!(n.is_power_of_two(), "radix 4 needs a power of two, got {n}");
        let bits = n.trailing_zeros();
        let mut reversed = vec![0u32; n];
        for i in 1..n {
            let low = if i % 2 == 1 { n as u32 / 2 } else { 0 };
            reversed[i] = reversed[i / 2] / 2 + low;
        }
        let mut stages = Vec::new();
        let mut h = 1usize << (bits % 2);
        while h < n {
            let twiddle = |j| root(j, 4 * h);
            stages.push((0..h).map(|j| [twiddle(2 * j), twiddle(j), twiddle(3 * j)]).collect());
            h *= 4;
        }
        Self { reversed, stages }
    }

    pub(super) fn forward(&self, x: &mut [Complex64]) {
        for (i, &r) in self.reversed.iter().enumerate() {
            let r = r as usize;
            if i < r {
                x.swap(i, r);
            }
        }
        if x.len().trailing_zeros() % 2 == 1 {
            for [a, b] in x.as_chunks_mut::<2>().0 {
                (*a, *b) = (*a + *b, *a - *b);
            }
        }
        for stage in &self.stages {
            for block in x.chunks_exact_mut(4 * stage.len()) {
                butterflies(block, stage);
            }
        }
    }
}

/// Merges the four transforms of length `h` that lie one after another in `block` into one of length `4 h`.
///
/// Bit reversal leaves the quarters in the order 0, 2, 1, 3 of their samples' residues modulo 4, hence the
/// order of the twiddles.
fn butterflies(block: &mut [Complex64], twiddles: &[[Complex64; 3]]) {
    let h = twiddles.len();
    let (front, back) = block.split_at_mut(2 * h);
    let (a, b) = front.split_at_mut(h);
    let (c, d) = back.split_at_mut(h);
    for ((((a, b), c), d), [w2, w1, w3]) in a.iter_mut().zip(b).zip(c).zip(d).zip(twiddles) {
        let (x0, x2, x1, x3) = (*a, *b * w2, *c * w1, *d * w3);
        let (even_sum, even_difference) = (x0 + x2, x0 - x2);
        let (odd_sum, odd_difference) = (x1 + x3, x1 - x3);
        let turned = Complex64::new(odd_difference.im, -odd_difference.re); // times -i
        *a = even_sum + odd_sum;
        *b = even_difference + turned;
        *c = even_sum - odd_sum;
        *d = even_difference - turned;
    }
}
