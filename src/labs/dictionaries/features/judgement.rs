//! How a dictionary is judged: what it explains, which features it has found, and which parents their children have absorbed.
//!
//! ```text
//! matching      each feature with a latent of its own, the sum of cosines as large as can be
//! absorption    of inputs in which a child is active, the share in which the latent of its parent is below 0.3 of the median that
//!               it has where the parent is active without a child
//! recovered     share of the features whose latent has a cosine of at least 0.9
//! kinship       mean cosine between the latent of a child and that of its parent
//! ```
//!
//! A parent whose latent stays silent without a child counts as absorbed in all inputs: it has nothing to be compared with.
//!
//! Chanin et al., "A is for absorption" (2024).

use super::instance::{Dictionary, FeaturesInstance, HELD_OUT};
use crate::contract::Trace;
use crate::kernels::{axpy, dot, norm};
use crate::linalg::assignment;

/// Below this share of its usual activation a parent's latent counts as silent.
const SILENT: f64 = 0.3;
/// Cosine from which on a feature counts as found.
const FOUND: f64 = 0.9;

/// What is found out about a dictionary.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Share of the held-out variance that is explained.
    pub explained: f64,
    /// The latent of each feature; the features that are left over where there are fewer latents have none.
    pub latents: Vec<Option<usize>>,
    /// The cosine of each feature and its latent; zero where it has none.
    pub cosines: Vec<f64>,
    /// For each child, by feature: the inputs with it in which its parent is absorbed, and all inputs with it.
    pub absorbed: Vec<[usize; 2]>,
    /// For each feature, the cosine of its latent and that of its parent, where it has both.
    pub kinship: Vec<Option<f64>>,
    /// Latents that are active in no held-out input.
    pub dead: usize,
    /// Active latents in a held-out input, in the mean.
    pub active: f64,
    /// Children of each parent.
    children: usize,
    parents: usize,
}

impl Judgement {
    /// Judges a dictionary. O(m n d + active entries d), and the matching.
    pub fn new(instance: &FeaturesInstance, dictionary: &Dictionary<'_>) -> Self {
        let forest = &instance.scene.forest;
        let (latents, cosines) = matching(instance, dictionary);
        let usage = dictionary.usage();
        let parent_of = |feature| forest.tree_of(feature).map(|tree| forest.parent(tree)).filter(|p| *p != feature);
        let kin = |feature: usize| {
            let (own, parent) = (latents[feature]?, latents[parent_of(feature)?]?);
            Some(cosine(dictionary.direction(own), dictionary.direction(parent)))
        };
        Self {
            explained: 1.0 - leftover(instance, dictionary).last().copied().unwrap_or(1.0),
            absorbed: absorbed(instance, dictionary, &latents),
            kinship: (0..forest.count()).map(kin).collect(),
            dead: usage.iter().filter(|share| **share == 0.0).count(),
            active: usage.iter().sum(),
            children: forest.children,
            parents: forest.parents,
            latents,
            cosines,
        }
    }

    /// The share of the inputs with a child of it in which a parent is absorbed; zero where there are none.
    pub fn absorption_of(&self, tree: usize) -> f64 {
        share(&self.absorbed[tree * (1 + self.children)..][..1 + self.children])
    }

    /// The same for each parent.
    pub fn by_parent(&self) -> Vec<f64> {
        (0..self.parents).map(|tree| self.absorption_of(tree)).collect()
    }

    /// All of it as numbers.
    pub(super) fn traces(&self) -> Vec<Trace> {
        let found = self.cosines.iter().filter(|cosine| **cosine >= FOUND).count();
        let kin: Vec<f64> = self.kinship.iter().flatten().copied().collect();
        let trace = |name, value| Trace { name, value };
        vec![
            trace("absorption", share(&self.absorbed)),
            trace("unexplained", 1.0 - self.explained),
            trace("fve", self.explained),
            trace("recovered", found as f64 / self.cosines.len() as f64),
            trace("kinship", kin.iter().sum::<f64>() / kin.len().max(1) as f64),
            trace("dead", self.dead as f64),
            trace("l0", self.active),
        ]
    }
}

fn share(counts: &[[usize; 2]]) -> f64 {
    let sum = |side: usize| counts.iter().map(|pair| pair[side]).sum::<usize>();
    sum(0) as f64 / sum(1).max(1) as f64
}

/// `<x, y> / (|x| |y|)`, and zero where either is.
pub fn cosine(x: &[f64], y: &[f64]) -> f64 {
    let size = norm(x) * norm(y);
    if size > 0.0 { dot(x, y) / size } else { 0.0 }
}

/// The latent of each feature, and their cosines: features and latents in pairs, the sum of cosines as large as can be.
pub fn matching(instance: &FeaturesInstance, dictionary: &Dictionary<'_>) -> (Vec<Option<usize>>, Vec<f64>) {
    let (count, latents) = (instance.scene.forest.count(), dictionary.latents());
    let pairs = (0..count).flat_map(|feature| (0..latents).map(move |latent| (feature, latent)));
    let cosines: Vec<f64> = pairs.map(|(f, j)| cosine(instance.scene.direction(f), dictionary.direction(j))).collect();
    let costs: Vec<f64> = cosines.iter().map(|cosine| 1.0 - cosine).collect();
    let found = assignment(count, latents, &costs);
    let own = found.iter().enumerate().map(|(f, latent)| latent.map_or(0.0, |j| cosines[f * latents + j])).collect();
    (found, own)
}

/// The share of the held-out variance that is left after the bias alone, and after each prefix of the latents.
pub(super) fn leftover(instance: &FeaturesInstance, dictionary: &Dictionary<'_>) -> Vec<f64> {
    let d = instance.scene.dims;
    let square = |x: &[f64]| dot(x, x);
    let away = |from: &[f64]| -> Vec<f64> {
        instance.held_out.chunks_exact(d).flat_map(|x| x.iter().zip(from).map(|(x, from)| x - from)).collect()
    };
    let variance = square(&away(&instance.mean)).max(f64::MIN_POSITIVE);
    let mut rest = away(dictionary.bias);
    let mut shares = vec![square(&rest) / variance];
    for latent in 0..dictionary.latents() {
        let direction = dictionary.direction(latent);
        for (x, &a) in rest.chunks_exact_mut(d).zip(dictionary.activations(latent)) {
            if a > 0.0 {
                axpy(-a, direction, x);
            }
        }
        shares.push(square(&rest) / variance);
    }
    shares
}

/// For each child, by feature, the inputs in which its parent is absorbed, and all inputs with it.
fn absorbed(instance: &FeaturesInstance, dictionary: &Dictionary<'_>, latents: &[Option<usize>]) -> Vec<[usize; 2]> {
    let forest = &instance.scene.forest;
    let mut counts = vec![[0; 2]; forest.count()];
    for tree in 0..forest.parents {
        let (parent, children) = (forest.parent(tree), forest.children_of(tree));
        let own = latents[parent].map(|latent| dictionary.activations(latent));
        let child_in = |input: usize| instance.active[input].iter().copied().find(|f| children.contains(f));
        let with_parent = || (0..HELD_OUT).filter(|&input| instance.active[input].contains(&parent));
        let solo = with_parent().filter(|&input| child_in(input).is_none());
        let usual = own.map_or(0.0, |own| median(solo.map(|input| own[input]).collect()));
        for input in with_parent() {
            let Some(child) = child_in(input) else { continue };
            let silent = own.is_none_or(|own| usual <= 0.0 || own[input] < SILENT * usual);
            counts[child][0] += usize::from(silent);
            counts[child][1] += 1;
        }
    }
    counts
}

/// The middle one, the upper of two; zero of none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
