//! Orthonormal periodic wavelet transforms.

use super::wavelet_filters::*;
use std::f64::consts::FRAC_1_SQRT_2;

/// An orthonormal wavelet family, and with it the periodic discrete wavelet transform in place.
///
/// With the scaling filter `h` of `L` taps and the wavelet filter `g_k = (-1)^k h_{L-1-k}`, one level splits `n`
/// samples into `n/2` averages and `n/2` details,
///
/// ```text
/// approx_i = sum_k h_k x_{2i+k mod n},    detail_i = sum_k g_k x_{2i+k mod n},
/// ```
///
/// and the next level splits the averages. A level is orthogonal when its length is even and at least `L`: the
/// inverse is the adjoint and energy is kept.
///
/// - **Layout**: `[approx | detail, coarsest | ... | detail, finest]`.
/// - **Lengths**: every length is taken; the levels go on while the length of the averages is even and at least `L`
///   (2 for Haar, 4 for Daubechies-4), see [`levels`](Wavelet::levels). A power of two goes all the way: to one
///   average for Haar, to two for Daubechies-4, to at most `L - 1` for others. An odd length has no level and is left
///   as it is.
/// - **Cost**: `2 L n` products at most over all levels together; each level copies its samples once.
///
/// For a complex signal see [`on_parts`](super::on_parts).
///
/// Source: Mallat, "A theory for multiresolution signal decomposition", IEEE Trans. Pattern Anal. Mach. Intell. 11
/// (1989); Daubechies, "Orthonormal bases of compactly supported wavelets", Comm. Pure Appl. Math. 41 (1988).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wavelet {
    /// Two taps, one vanishing moment: constants have zero detail.
    Haar,
    /// Four taps (D4, also called db2), two vanishing moments: linear ramps have zero detail away from the border.
    Daubechies4,
    /// 6 taps, 3 vanishing moments.
    Daubechies6,
    /// 8 taps, 4 vanishing moments.
    Daubechies8,
    /// 10 taps, 5 vanishing moments.
    Daubechies10,
    /// 12 taps, 6 vanishing moments.
    Daubechies12,
    /// 14 taps, 7 vanishing moments.
    Daubechies14,
    /// 16 taps, 8 vanishing moments.
    Daubechies16,
    /// 18 taps, 9 vanishing moments.
    Daubechies18,
    /// 20 taps, 10 vanishing moments.
    Daubechies20,
    /// 8 taps, 4 vanishing moments, nearly symmetric.
    Symlet8,
    /// 10 taps, 5 vanishing moments, nearly symmetric.
    Symlet10,
    /// 12 taps, 6 vanishing moments, nearly symmetric.
    Symlet12,
    /// 14 taps, 7 vanishing moments, nearly symmetric.
    Symlet14,
    /// 16 taps, 8 vanishing moments, nearly symmetric.
    Symlet16,
    /// 18 taps, 9 vanishing moments, nearly symmetric.
    Symlet18,
    /// 20 taps, 10 vanishing moments, nearly symmetric.
    Symlet20,
}

const HAAR: [f64; 2] = [FRAC_1_SQRT_2, FRAC_1_SQRT_2];

/// `(1 + sqrt 3, 3 + sqrt 3, 3 - sqrt 3, 1 - sqrt 3) / (4 sqrt 2)`.
const DAUBECHIES4: [f64; 4] = [0.48296291314453416, 0.8365163037378079, 0.2241438680420134, -0.12940952255126037];

impl Wavelet {
    /// The scaling filter h.
    pub fn taps(self) -> &'static [f64] {
        match self {
            Wavelet::Haar => &HAAR,
            Wavelet::Daubechies4 => &DAUBECHIES4,
            Wavelet::Daubechies6 => &DAUBECHIES6,
            Wavelet::Daubechies8 => &DAUBECHIES8,
            Wavelet::Daubechies10 => &DAUBECHIES10,
            Wavelet::Daubechies12 => &DAUBECHIES12,
            Wavelet::Daubechies14 => &DAUBECHIES14,
            Wavelet::Daubechies16 => &DAUBECHIES16,
            Wavelet::Daubechies18 => &DAUBECHIES18,
            Wavelet::Daubechies20 => &DAUBECHIES20,
            Wavelet::Symlet8 => &SYMLET8,
            Wavelet::Symlet10 => &SYMLET10,
            Wavelet::Symlet12 => &SYMLET12,
            Wavelet::Symlet14 => &SYMLET14,
            Wavelet::Symlet16 => &SYMLET16,
            Wavelet::Symlet18 => &SYMLET18,
            Wavelet::Symlet20 => &SYMLET20,
        }
    }

    /// The number of levels that a signal of length `n` allows.
    pub fn levels(self, n: usize) -> usize {
        self.lengths(n).count()
    }

    /// Replaces the samples by their wavelet coefficients over all [`levels`](Wavelet::levels).
    pub fn forward(self, x: &mut [f64]) {
        for length in self.lengths(x.len()) {
            self.split(&mut x[..length]);
        }
    }

    /// Replaces the wavelet coefficients by their samples.
    pub fn inverse(self, x: &mut [f64]) {
        let lengths: Vec<usize> = self.lengths(x.len()).collect();
        for length in lengths.into_iter().rev() {
            self.merge(&mut x[..length]);
        }
    }

    /// One level of analysis: `[samples]` to `[approx | detail]`. Separable transforms in two dimensions are built
    /// from it.
    ///
    /// # Panics
    /// If the length of `x` is odd or below the number of taps.
    pub fn split(self, x: &mut [f64]) {
        self.assert_splits(x.len());
        split(self.taps(), x);
    }

    /// One level of synthesis, the inverse and adjoint of [`split`](Wavelet::split).
    ///
    /// # Panics
    /// If the length of `x` is odd or below the number of taps.
    pub fn merge(self, x: &mut [f64]) {
        self.assert_splits(x.len());
        merge(self.taps(), x);
    }

    /// The lengths to split, one a level, longest first.
    fn lengths(self, n: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(n), |length| Some(length / 2)).take_while(move |&length| self.splits(length))
    }

    fn splits(self, length: usize) -> bool {
        length >= self.taps().len() && length.is_multiple_of(2)
    }

    fn assert_splits(self, length: usize) {
        assert!(
            self.splits(length),
            "{self:?} cannot split {length} samples: the length must be even and no shorter than the filter"
        );
    }
}

/// The wavelet filter to the scaling filter `h`: reversed, every second sign turned.
fn mirrored(h: &[f64]) -> Vec<f64> {
    h.iter().rev().enumerate().map(|(k, &tap)| if k % 2 == 0 { tap } else { -tap }).collect()
}

/// The place `2 i + k` of tap k of window i, wrapped around the end of `n` samples.
fn place(i: usize, k: usize, n: usize) -> usize {
    let j = 2 * i + k;
    if j < n { j } else { j - n }
}

fn split(h: &[f64], x: &mut [f64]) {
    let (n, g) = (x.len(), mirrored(h));
    let samples = x.to_vec();
    let (approx, detail) = x.split_at_mut(n / 2);
    for (i, (a, d)) in approx.iter_mut().zip(detail).enumerate() {
        *a = h.iter().enumerate().map(|(k, tap)| tap * samples[place(i, k, n)]).sum();
        *d = g.iter().enumerate().map(|(k, tap)| tap * samples[place(i, k, n)]).sum();
    }
}

fn merge(h: &[f64], x: &mut [f64]) {
    let (n, g) = (x.len(), mirrored(h));
    let mut samples = vec![0.0; n];
    let (approx, detail) = x.split_at(n / 2);
    for (i, (a, d)) in approx.iter().zip(detail).enumerate() {
        for (k, (h, g)) in h.iter().zip(&g).enumerate() {
            samples[place(i, k, n)] += h * a + g * d;
        }
    }
    x.copy_from_slice(&samples);
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    const BOTH: [Wavelet; 2] = [Wavelet::Haar, Wavelet::Daubechies4];

    const ALL: [Wavelet; 17] = [
        Wavelet::Haar,
        Wavelet::Daubechies4,
        Wavelet::Daubechies6,
        Wavelet::Daubechies8,
        Wavelet::Daubechies10,
        Wavelet::Daubechies12,
        Wavelet::Daubechies14,
        Wavelet::Daubechies16,
        Wavelet::Daubechies18,
        Wavelet::Daubechies20,
        Wavelet::Symlet8,
        Wavelet::Symlet10,
        Wavelet::Symlet12,
        Wavelet::Symlet14,
        Wavelet::Symlet16,
        Wavelet::Symlet18,
        Wavelet::Symlet20,
    ];

    /// The transform by its definition, level by level, with the filters from their closed form.
    fn direct(wavelet: Wavelet, x: &[f64]) -> Vec<f64> {
        let (r2, r3) = (2f64.sqrt(), 3f64.sqrt());
        let h = match wavelet {
            Wavelet::Haar => vec![1.0 / r2; 2],
            _ => [1.0 + r3, 3.0 + r3, 3.0 - r3, 1.0 - r3].map(|v| v / (4.0 * r2)).to_vec(),
        };
        let (taps, n) = (h.len(), x.len());
        if n < taps || n % 2 == 1 {
            return x.to_vec();
        }
        let filter = |tap: &dyn Fn(usize) -> f64| -> Vec<f64> {
            (0..n / 2).map(|i| (0..taps).map(|k| tap(k) * x[(2 * i + k) % n]).sum()).collect()
        };
        let approx = filter(&|k| h[k]);
        let detail = filter(&|k| (-1f64).powi(k as i32) * h[taps - 1 - k]);
        [direct(wavelet, &approx), detail].concat()
    }

    #[test]
    fn equals_the_definition() {
        for wavelet in BOTH {
            for n in lengths() {
                let mut x = noise(n, n as u64);
                let want = direct(wavelet, &x);
                wavelet.forward(&mut x);
                assert_close(&x, &want, 1e-14);
            }
        }
    }

    /// Orthonormality, sum, and vanishing moments determine the filter up to the choice of roots.
    #[test]
    fn filters_solve_their_equations() {
        for wavelet in ALL {
            let h = wavelet.taps();
            for shift in 0..h.len() / 2 {
                let sum: f64 = h.iter().zip(&h[2 * shift..]).map(|(a, b)| a * b).sum();
                assert!((sum - f64::from(u8::from(shift == 0))).abs() < 1e-14, "{wavelet:?}, shift {shift}: {sum}");
            }
            assert!((h.iter().sum::<f64>() - 2f64.sqrt()).abs() < 1e-14, "{wavelet:?}");
            let g = mirrored(h);
            for moment in 0..h.len() / 2 {
                let middle = h.len() as f64 / 2.0;
                let powers = (0..h.len()).map(|k| ((k as f64 - middle) / middle).powi(moment as i32));
                let sum: f64 = g.iter().zip(powers).map(|(g, power)| g * power).sum();
                assert!(sum.abs() < 1e-12, "{wavelet:?}, moment {moment}: {sum}");
            }
        }
    }

    /// The centre of energy of Daubechies's filters lies at the front, that of Symlets in the middle.
    #[test]
    fn symlets_are_nearly_symmetric() {
        let lean = |wavelet: Wavelet| {
            let h = wavelet.taps();
            let centre: f64 = h.iter().enumerate().map(|(k, tap)| k as f64 * tap * tap).sum();
            (centre / (h.len() - 1) as f64 - 0.5).abs()
        };
        for (symlet, daubechies) in [
            (Wavelet::Symlet8, Wavelet::Daubechies8),
            (Wavelet::Symlet12, Wavelet::Daubechies12),
            (Wavelet::Symlet20, Wavelet::Daubechies20),
        ] {
            assert!(lean(symlet) < 0.1 && lean(daubechies) > 0.15, "{symlet:?}");
        }
    }

    #[test]
    fn levels_follow_the_length() {
        let haar = [1, 2, 4, 6, 7, 96, 256].map(|n| Wavelet::Haar.levels(n));
        assert_eq!(haar, [0, 1, 2, 1, 0, 5, 8]);
        let d4 = [1, 2, 4, 6, 7, 96, 256].map(|n| Wavelet::Daubechies4.levels(n));
        assert_eq!(d4, [0, 0, 1, 1, 0, 5, 7]);
    }

    #[test]
    fn the_matrix_is_orthogonal() {
        for wavelet in ALL {
            for n in [4, 6, 8, 12, 40] {
                let rows: Vec<Vec<f64>> = (0..n)
                    .map(|i| {
                        let mut row = vec![0.0; n];
                        row[i] = 1.0;
                        wavelet.inverse(&mut row);
                        row
                    })
                    .collect();
                for i in 0..n {
                    let gram: Vec<f64> = (0..n).map(|j| dot(&rows[i], &rows[j])).collect();
                    let mut unit = vec![0.0; n];
                    unit[i] = 1.0;
                    assert_close(&gram, &unit, 1e-14);
                }
            }
        }
    }

    #[test]
    fn haar_of_a_step_is_two_coefficients() {
        let mut x = [1.0, 1.0, 1.0, 1.0, -3.0, -3.0, -3.0, -3.0];
        Wavelet::Haar.forward(&mut x);
        let (mean, jump) = (-8f64.sqrt(), 2.0 * 8f64.sqrt());
        assert_close(&x, &[mean, jump, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], 2e-15);
    }

    #[test]
    fn daubechies4_annihilates_ramps_away_from_the_border() {
        let n = 256;
        let mut x: Vec<f64> = (0..n).map(|j| 0.5 * j as f64 - 3.0).collect();
        Wavelet::Daubechies4.forward(&mut x);
        // The last window wraps and sees the border; at coarser levels the one before it sees that one's average.
        let mut end = n;
        for _ in 0..Wavelet::Daubechies4.levels(n) {
            let inside = &x[end / 2..end - 2];
            assert_close(inside, &vec![0.0; inside.len()], 1e-11);
            assert!(x[end - 1].abs() > 1.0, "the border is a jump");
            end /= 2;
        }
    }

    #[test]
    #[should_panic(expected = "cannot split 2 samples")]
    fn split_refuses_too_few_samples() {
        Wavelet::Daubechies4.split(&mut [1.0, 2.0]);
    }

    /// Recorded once; a build that differs in one bit anywhere fails here.
    #[test]
    fn has_the_same_bits_everywhere() {
        let bits = BOTH.map(|wavelet| {
            let mut x = noise(96, 9);
            wavelet.forward(&mut x);
            fingerprint(&x)
        });
        assert_eq!(bits, [5185249751673364960, 535355361243373534]);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties {
    use super::super::testing::*;
    use super::*;
    use proptest::prelude::*;

    fn wavelets() -> impl Strategy<Value = Wavelet> {
        prop_oneof![Just(Wavelet::Haar), Just(Wavelet::Daubechies4)]
    }

    proptest! {
        #[test]
        fn inverse_undoes_forward(wavelet in wavelets(), x in prop::collection::vec(-1.0..1.0f64, 0..300)) {
            let mut y = x.clone();
            wavelet.forward(&mut y);
            wavelet.inverse(&mut y);
            assert_close(&y, &x, 1e-14);
        }

        #[test]
        fn keeps_energy(wavelet in wavelets(), mut x in prop::collection::vec(-1.0..1.0f64, 0..300)) {
            let before = energy(&x);
            wavelet.forward(&mut x);
            prop_assert!((energy(&x) - before).abs() <= 1e-13 * before);
        }

        #[test]
        fn inverse_is_the_adjoint(wavelet in wavelets(), n in 1usize..300, seed in 0u64..1000) {
            let (x, y) = (noise(n, seed), noise(n, seed + 1000));
            let (mut forward, mut adjoint) = (x.clone(), y.clone());
            wavelet.forward(&mut forward);
            wavelet.inverse(&mut adjoint);
            prop_assert!((dot(&forward, &y) - dot(&x, &adjoint)).abs() <= 1e-13 * n as f64);
        }

        #[test]
        fn is_linear(wavelet in wavelets(), n in 1usize..300, seed in 0u64..1000, a in -4.0..4.0f64) {
            let (mut x, mut y) = (noise(n, seed), noise(n, seed + 1000));
            let mut mixed: Vec<f64> = x.iter().zip(&y).map(|(x, y)| a * x + y).collect();
            wavelet.forward(&mut mixed);
            wavelet.forward(&mut x);
            wavelet.forward(&mut y);
            let want: Vec<f64> = x.iter().zip(&y).map(|(x, y)| a * x + y).collect();
            assert_close(&mixed, &want, 1e-13);
        }
    }
}
