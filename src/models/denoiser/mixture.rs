//! A mixture of Gaussians that are flat in most directions: a prior whose denoiser, Jacobian and density are exact.
//!
//! ```text
//! p_0 = sum_k w_k N(mu_k, U_k diag(lam_k) U_k^T + tau_k^2 (I - U_k U_k^T)),     U_k of r orthonormal columns
//!
//! at noise s, with v = lam + s^2, t = tau^2 + s^2, d = x - mu, p = U^T d:
//!     log N = -1/2 [sum p^2 / v + (|d|^2 - |p|^2) / t + sum log v + (n - r) log t + n log 2 pi]
//!     g_k   = softmax_k(log w + log N)
//!     m_k   = mu + (tau^2 / t) d + U ((lam / v - tau^2 / t) p)
//!     D     = sum_k g_k m_k
//!     J v   = sum_k g_k [(tau^2 / t) v + U ((lam / v - tau^2 / t) U^T v)] + s^-2 sum_k g_k (m_k - D) <m_k - D, v>
//! ```
//!
//! Mean and basis of a component are the rows of one matrix, so all of this is a product with the stacked rows and one with their
//! transpose, and elementwise work on K (r + 1) numbers between them: 4 K r n operations an image. J is symmetric.
//!
//! Tipping and Bishop, "Mixtures of probabilistic principal component analysers" (1999).

use super::{Denoiser, Linearised};
use crate::kernels::{dot, exp, gemm};

/// Components with a smaller share in an image are below rounding, and left out.
const NEGLIGIBLE: f64 = 1e-20;

/// One Gaussian.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// `w`, positive; all of them sum to one.
    pub weight: f64,
    /// `mu`.
    pub mean: Vec<f64>,
    /// The columns of U, orthonormal.
    pub basis: Vec<Vec<f64>>,
    /// `lam`: the variance along each of them, at least `rest`.
    pub variances: Vec<f64>,
    /// `tau^2`, positive: the variance in every other direction.
    pub rest: f64,
}

/// The mixture, with its rows stacked for products.
#[derive(Clone, Debug)]
pub struct GaussianMixture {
    size: usize,
    components: Vec<Component>,
    /// Means and bases as the rows of one matrix, stored column by column.
    rows: Vec<f64>,
    /// The same, a component's mean and basis one after the other.
    columns: Vec<Vec<f64>>,
    /// `|mu|^2`, then `U^T mu`, of each component.
    offsets: Vec<Vec<f64>>,
}

/// What a component does to images at one noise level.
struct Shrinkage {
    /// `tau^2 / t`.
    level: f64,
    /// `lam / v - tau^2 / t`.
    gains: Vec<f64>,
    /// `1 / v`, and `1 / t`.
    precisions: Vec<f64>,
    rest_precision: f64,
    /// `log w - 1/2 (sum log v + (n - r) log t + n log 2 pi)`.
    log_scale: f64,
}

/// What is believed of some images: from which component each comes, and where in it.
struct Beliefs {
    shrinkages: Vec<Shrinkage>,
    /// `g`, component by component, for one image after the other.
    shares: Vec<f64>,
    /// `mu^T x` and then `p` of every component, for one image after the other.
    products: Vec<f64>,
    /// `log p_s(x)`.
    log_densities: Vec<f64>,
}

impl GaussianMixture {
    /// From its components.
    ///
    /// # Panics
    /// When there is none, or they differ in size.
    pub fn new(components: Vec<Component>) -> Self {
        let size = components[0].mean.len();
        let columns: Vec<Vec<f64>> = components.iter().map(Component::stacked).collect();
        let all: Vec<&[f64]> = columns.iter().flat_map(|column| column.chunks_exact(size)).collect();
        let rows = (0..size).flat_map(|pixel| all.iter().map(move |row| row[pixel])).collect();
        let offset = |component: &Component| {
            let own = dot(&component.mean, &component.mean);
            let others = component.basis.iter().map(|u| dot(u, &component.mean));
            std::iter::once(own).chain(others).collect()
        };
        Self { size, offsets: components.iter().map(offset).collect(), rows, columns, components }
    }

    /// The Gaussians.
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// The component that most likely made each image, noise and all.
    pub fn likeliest(&self, noisy: &[f64], deviation: f64) -> Vec<usize> {
        let beliefs = self.beliefs(noisy, deviation);
        let largest =
            |shares: &[f64]| (0..shares.len()).max_by(|&i, &j| shares[i].total_cmp(&shares[j]).then(j.cmp(&i)));
        beliefs.shares.chunks_exact(self.components.len()).filter_map(largest).collect()
    }

    /// Numbers a component takes in a column of products: one for the mean, and its rank.
    fn widths(&self) -> impl Iterator<Item = usize> + '_ {
        self.components.iter().map(|component| 1 + component.basis.len())
    }

    fn stacked_rows(&self) -> usize {
        self.widths().sum()
    }

    /// Products of every mean and basis vector with each image.
    fn analyse(&self, images: &[f64]) -> Vec<f64> {
        let (rows, count) = (self.stacked_rows(), images.len() / self.size);
        let mut products = vec![0.0; rows * count];
        gemm((rows, self.size, count), &self.rows, images, &mut products);
        products
    }

    /// Adds means and basis vectors, with their `coefficients` in each image, to `images`.
    fn synthesise(&self, coefficients: &[f64], images: &mut [f64]) {
        let (rows, count) = (self.stacked_rows(), images.len() / self.size);
        let mut start = 0;
        for (columns, width) in self.columns.iter().zip(self.widths()) {
            let block: Vec<f64> =
                coefficients.chunks_exact(rows).flat_map(|column| &column[start..start + width]).copied().collect();
            // At little noise most components have no share in any image.
            if block.iter().any(|&entry| entry != 0.0) {
                gemm((self.size, width, count), columns, &block, images);
            }
            start += width;
        }
    }

    fn beliefs(&self, noisy: &[f64], deviation: f64) -> Beliefs {
        let variance = deviation * deviation;
        let shrinkages: Vec<_> = self.components.iter().map(|component| component.shrinkage(variance)).collect();
        let mut products = self.analyse(noisy);
        let rows = self.stacked_rows();
        let (mut shares, mut log_densities) = (Vec::new(), Vec::new());
        for (image, column) in noisy.chunks_exact(self.size).zip(products.chunks_exact_mut(rows)) {
            let square = dot(image, image);
            let mut logs = Vec::with_capacity(self.components.len());
            let mut rest = column;
            for (shrinkage, offsets) in shrinkages.iter().zip(&self.offsets) {
                let (own, others) = rest.split_at_mut(offsets.len());
                rest = others;
                logs.push(shrinkage.log_density(square, own, offsets));
            }
            let (mut parts, log_density) = softmax(&logs);
            shares.append(&mut parts);
            log_densities.push(log_density);
        }
        Beliefs { shrinkages, shares, products, log_densities }
    }

    /// `sum_k g_k m_k`.
    fn mean(&self, noisy: &[f64], beliefs: &Beliefs) -> Vec<f64> {
        self.combine(noisy, beliefs, &beliefs.products, |_, k, share| {
            let level = beliefs.shrinkages[k].level;
            Combination { kept: share * level, mean: share * (1.0 - level), moved: share }
        })
    }

    /// For each image `sum_k kept_k x + mean_k mu_k + moved_k U_k (c_k p_k)`, where `p` are in `products` and c are the gains; weights are
    /// asked for by image, component and its share in the image.
    fn combine(
        &self,
        images: &[f64],
        beliefs: &Beliefs,
        products: &[f64],
        weights: impl Fn(usize, usize, f64) -> Combination,
    ) -> Vec<f64> {
        let (rows, count) = (self.stacked_rows(), self.components.len());
        let mut coefficients = vec![0.0; products.len()];
        let mut sums = images.to_vec();
        for (i, sum) in sums.chunks_exact_mut(self.size).enumerate() {
            let mut kept = 0.0;
            let mut start = i * rows;
            for (k, width) in self.widths().enumerate() {
                let share = beliefs.shares[i * count + k];
                if share > 0.0 {
                    let by = weights(i, k, share);
                    kept += by.kept;
                    coefficients[start] = by.mean;
                    let gains = &beliefs.shrinkages[k].gains;
                    for (place, gain) in (start + 1..start + width).zip(gains) {
                        coefficients[place] = by.moved * gain * products[place];
                    }
                }
                start += width;
            }
            sum.iter_mut().for_each(|entry| *entry *= kept);
        }
        self.synthesise(&coefficients, &mut sums);
        sums
    }
}

/// How much of an image, of a component's mean and of its shrunk coordinates goes into a sum.
struct Combination {
    kept: f64,
    mean: f64,
    moved: f64,
}

impl Component {
    /// Mean and basis, one after the other.
    fn stacked(&self) -> Vec<f64> {
        std::iter::once(&self.mean).chain(&self.basis).flatten().copied().collect()
    }

    fn shrinkage(&self, noise: f64) -> Shrinkage {
        let (n, r) = (self.mean.len() as f64, self.basis.len() as f64);
        let total = self.rest + noise;
        let level = self.rest / total;
        let logs = self.variances.iter().fold(0.0, |sum, lam| sum + libm::log(lam + noise));
        let scale = logs + (n - r) * libm::log(total) + n * libm::log(std::f64::consts::TAU);
        Shrinkage {
            level,
            gains: self.variances.iter().map(|lam| lam / (lam + noise) - level).collect(),
            precisions: self.variances.iter().map(|lam| 1.0 / (lam + noise)).collect(),
            rest_precision: 1.0 / total,
            log_scale: libm::log(self.weight) - 0.5 * scale,
        }
    }
}

impl Shrinkage {
    /// `log w + log N` of an image with that `square`. `products` are `mu^T x` and `U^T x`; the latter become `p`.
    fn log_density(&self, square: f64, products: &mut [f64], offsets: &[f64]) -> f64 {
        let mut rest = square - 2.0 * products[0] + offsets[0];
        let mut within = 0.0;
        for ((p, offset), precision) in products[1..].iter_mut().zip(&offsets[1..]).zip(&self.precisions) {
            *p -= offset;
            rest -= *p * *p;
            within += *p * *p * precision;
        }
        self.log_scale - 0.5 * (within + rest * self.rest_precision)
    }
}

/// `exp(logs)` over their sum, and the logarithm of that.
fn softmax(logs: &[f64]) -> (Vec<f64>, f64) {
    let largest = logs.iter().fold(f64::NEG_INFINITY, |most, &log| most.max(log));
    let mut shares: Vec<f64> = logs.iter().map(|log| log - largest).collect();
    exp(&mut shares);
    let sum: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share = if *share < NEGLIGIBLE * sum { 0.0 } else { *share / sum });
    (shares, largest + libm::log(sum))
}

impl Denoiser for GaussianMixture {
    fn size(&self) -> usize {
        self.size
    }

    fn denoise(&self, noisy: &[f64], deviation: f64) -> Vec<f64> {
        self.mean(noisy, &self.beliefs(noisy, deviation))
    }

    fn linearise<'a>(&'a self, noisy: &'a [f64], deviation: f64) -> Box<dyn Linearised + 'a> {
        let beliefs = self.beliefs(noisy, deviation);
        let clean = self.mean(noisy, &beliefs);
        Box::new(AtImages { mixture: self, noisy, variance: deviation * deviation, beliefs, clean })
    }

    fn log_density(&self, noisy: &[f64], deviation: f64) -> Option<Vec<f64>> {
        Some(self.beliefs(noisy, deviation).log_densities)
    }
}

/// The mixture's denoiser at some images.
struct AtImages<'a> {
    mixture: &'a GaussianMixture,
    noisy: &'a [f64],
    variance: f64,
    beliefs: Beliefs,
    clean: Vec<f64>,
}

impl AtImages<'_> {
    /// `g_k <m_k - D, v> / s^2` for every component of every image: how its share changes along `v`.
    fn changes(&self, directions: &[f64], products: &[f64]) -> Vec<f64> {
        let Beliefs { shrinkages, shares, products: at, .. } = &self.beliefs;
        let mixture = self.mixture;
        let (rows, count) = (mixture.stacked_rows(), mixture.components.len());
        let mut changes = Vec::with_capacity(shares.len());
        let images = self.noisy.chunks_exact(mixture.size).zip(directions.chunks_exact(mixture.size));
        for (i, (image, direction)) in images.enumerate() {
            let along = dot(image, direction);
            let mut start = i * rows;
            let mut inner = Vec::with_capacity(count);
            for (shrinkage, width) in shrinkages.iter().zip(mixture.widths()) {
                let (own, other) = (&at[start..start + width], &products[start..start + width]);
                let within = own[1..].iter().zip(&other[1..]).zip(&shrinkage.gains);
                let within = within.fold(0.0, |sum, ((p, q), gain)| sum + gain * p * q);
                inner.push((1.0 - shrinkage.level) * other[0] + shrinkage.level * along + within);
                start += width;
            }
            let shares = &shares[i * count..(i + 1) * count];
            let mean = inner.iter().zip(shares).fold(0.0, |sum, (inner, share)| sum + share * inner);
            changes.extend(inner.iter().zip(shares).map(|(inner, share)| share * (inner - mean) / self.variance));
        }
        changes
    }
}

impl Linearised for AtImages<'_> {
    fn clean(&self) -> &[f64] {
        &self.clean
    }

    fn vjp(&self, directions: &[f64]) -> Vec<f64> {
        let mixture = self.mixture;
        let count = mixture.components.len();
        let products = mixture.analyse(directions);
        let changes = self.changes(directions, &products);
        // The changes sum to zero over the components, so that D drops out of the second sum.
        let shifts = mixture.combine(self.noisy, &self.beliefs, &self.beliefs.products, |i, k, _| {
            let (change, level) = (changes[i * count + k], self.beliefs.shrinkages[k].level);
            Combination { kept: change * level, mean: change * (1.0 - level), moved: change }
        });
        let mut sums = mixture.combine(directions, &self.beliefs, &products, |_, k, share| Combination {
            kept: share * self.beliefs.shrinkages[k].level,
            mean: 0.0,
            moved: share,
        });
        sums.iter_mut().zip(&shifts).for_each(|(sum, shift)| *sum += shift);
        sums
    }
}
