//! The loss of nested reconstructions, and its gradient in closed form.
//!
//! ```text
//! r_i = xhat_i - x,    L = sum_i w_i |r_i|^2  in the mean over the batch,    G_s = sum_(i >= s) 2 w_i r_i
//!
//! dL/da_j = <e_j, G_s(j)>,    dL/de_j = a_j G_s(j),    dL/db_dec = G_0 - sum_j W_enc_j dL/da_j
//! ```
//!
//! An entry that joins in stage s is part of every later reconstruction, so the suffix sum G_s is all that it hears of. A batch
//! costs O(B d (G + entries)); no prefix is decoded by itself.

use super::{Autoencoder, Code, Entry, Nesting};
use crate::kernels::{axpy, dot, norm};

/// The loss of a batch.
#[derive(Clone, Debug)]
pub struct Loss {
    /// The loss, with what activations cost.
    pub value: f64,
    /// Its derivatives by the values of all codes.
    pub slopes: Vec<Vec<f64>>,
    /// What the last reconstruction leaves of each input, input by input.
    pub residuals: Vec<f64>,
}

/// The loss of nested reconstructions of a batch; its derivatives by the parameters are added to `gradient`.
pub fn nested(net: &Autoencoder, batch: &[f64], codes: &[Code], nesting: &dyn Nesting, gradient: &mut [f64]) -> Loss {
    let (d, weights, share) = (net.inputs(), nesting.weights(), 1.0 / codes.len().max(1) as f64);
    let mut loss =
        Loss { value: 0.0, slopes: Vec::with_capacity(codes.len()), residuals: Vec::with_capacity(batch.len()) };
    let mut towers = vec![0.0; weights.len() * d];
    // What a unit of activation costs from each stage on.
    let mut prices = vec![0.0; weights.len() + 1];
    for stage in (0..weights.len()).rev() {
        prices[stage] = prices[stage + 1] + share * nesting.price() * weights[stage];
    }
    for (x, code) in batch.chunks_exact(d).zip(codes) {
        let stages = nesting.stages(code);
        reconstruct(net, x, code, &stages, &mut towers);
        loss.residuals.extend(towers[towers.len() - d..].iter().map(|r| -r));
        for (row, &weight) in towers.chunks_exact_mut(d).zip(weights) {
            loss.value += share * weight * norm(row) * norm(row);
            row.iter_mut().for_each(|r| *r *= 2.0 * share * weight);
        }
        for stage in (1..weights.len()).rev() {
            let (before, after) = towers.split_at_mut(stage * d);
            axpy(1.0, &after[..d], &mut before[(stage - 1) * d..]);
        }
        axpy(1.0, &towers[..d], &mut gradient[net.bias_at()]);
        let centred = net.centred(x);
        let slopes = code.iter().zip(&stages).map(|(entry, &stage)| {
            loss.value += prices[stage] * entry.value;
            carry_back(net, &centred, entry, &towers[stage * d..][..d], prices[stage], gradient)
        });
        loss.slopes.push(slopes.collect());
    }
    loss
}

/// The errors of all partial sums, stage by stage.
fn reconstruct(net: &Autoencoder, x: &[f64], code: &[Entry], stages: &[usize], towers: &mut [f64]) {
    let d = x.len();
    towers.fill(0.0);
    towers[..d].iter_mut().zip(net.bias().iter().zip(x)).for_each(|(r, (bias, x))| *r = bias - x);
    for (entry, stage) in code.iter().zip(stages) {
        axpy(entry.value, net.decoder(entry.latent), &mut towers[stage * d..][..d]);
    }
    for stage in 1..towers.len() / d {
        let (before, after) = towers.split_at_mut(stage * d);
        axpy(1.0, &before[(stage - 1) * d..], &mut after[..d]);
    }
}

/// Carries the derivative by what an entry adds back to the parameters. Returns that by the entry's value.
fn carry_back(
    net: &Autoencoder,
    centred: &[f64],
    entry: &Entry,
    upstream: &[f64],
    price: f64,
    gradient: &mut [f64],
) -> f64 {
    let slope = dot(net.decoder(entry.latent), upstream) + price;
    axpy(entry.value, upstream, &mut gradient[net.decoder_at(entry.latent)]);
    if entry.value > 0.0 {
        let encoder = net.encoder_at(entry.latent);
        axpy(-slope, &net.parameters[encoder.clone()], &mut gradient[net.bias_at()]);
        axpy(slope, centred, &mut gradient[encoder]);
        gradient[net.latent_bias_at(entry.latent)] += slope;
    }
    slope
}

/// `weight` times the squared error with which other codes, those of latents that have fallen silent, make up for the residuals, in
/// the mean over the batch. Residuals are taken as given; derivatives by the parameters are added to `gradient`.
pub fn auxiliary(
    net: &Autoencoder,
    batch: &[f64],
    codes: &[Code],
    residuals: &[f64],
    weight: f64,
    gradient: &mut [f64],
) -> f64 {
    let (d, share) = (net.inputs(), weight / codes.len().max(1) as f64);
    let mut value = 0.0;
    for ((x, residual), code) in batch.chunks_exact(d).zip(residuals.chunks_exact(d)).zip(codes) {
        let mut error: Vec<f64> = residual.iter().map(|r| -r).collect();
        code.iter().for_each(|entry| axpy(entry.value, net.decoder(entry.latent), &mut error));
        value += share * norm(&error) * norm(&error);
        error.iter_mut().for_each(|r| *r *= 2.0 * share);
        let centred = net.centred(x);
        for entry in code {
            carry_back(net, &centred, entry, &error, 0.0, gradient);
        }
    }
    value
}
