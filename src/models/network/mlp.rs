//! A multilayer perceptron: dense layers with ReLU between them.

use super::Layer;
use crate::signals::random::Random;

/// The layers of a network, without their parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mlp {
    layers: Vec<Layer>,
}

/// Derivatives of a loss, in the order of the parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// By the entries of all weight matrices.
    pub weights: Vec<f32>,
    /// By all biases.
    pub biases: Vec<f32>,
}

impl Mlp {
    /// With so many features at the input, after each hidden layer, and at the output.
    ///
    /// # Panics
    /// When there are fewer than two widths.
    pub fn new(widths: &[usize]) -> Self {
        assert!(widths.len() >= 2, "a network has an input and an output");
        let (mut weights, mut biases) = (0, 0);
        let layer = |pair: &[usize]| {
            let (inputs, outputs) = (pair[0], pair[1]);
            let layer = Layer {
                inputs,
                outputs,
                weights: weights..weights + inputs * outputs,
                biases: biases..biases + outputs,
            };
            (weights, biases) = (layer.weights.end, layer.biases.end);
            layer
        };
        Self { layers: widths.windows(2).map(layer).collect() }
    }

    /// The layers, the first at the input.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Number of weights: entries of all matrices.
    pub fn weights(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.weights.end)
    }

    /// Number of biases.
    pub fn biases(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.biases.end)
    }

    /// Weights to begin with: normal of variance `2 / inputs` (He et al. 2015). Biases begin at zero.
    pub fn initial(&self, random: &mut Random) -> Vec<f32> {
        let of_layer = |layer: &Layer| {
            let deviation = (2.0 / layer.inputs as f64).sqrt();
            (0..layer.inputs * layer.outputs).map(|_| (deviation * random.normal()) as f32).collect::<Vec<_>>()
        };
        self.layers.iter().flat_map(of_layer).collect()
    }

    /// What comes out of each layer for a batch; the last are the logits, without ReLU.
    ///
    /// # Panics
    /// When `x` has not as many rows of `batch` examples as the network has inputs.
    pub fn forward(&self, weights: &[f32], biases: &[f32], x: &[f32], batch: usize) -> Vec<Vec<f32>> {
        assert_eq!(x.len(), self.layers[0].inputs * batch);
        let mut outputs: Vec<Vec<f32>> = Vec::with_capacity(self.layers.len());
        for (i, layer) in self.layers.iter().enumerate() {
            let mut y = layer.forward(weights, biases, outputs.last().map_or(x, Vec::as_slice), batch);
            if i + 1 < self.layers.len() {
                y.iter_mut().for_each(|y| *y = y.max(0.0));
            }
            outputs.push(y);
        }
        outputs
    }

    /// Derivatives by all parameters, from that by the logits, for the batch `x` whose forward pass gave `outputs`. Errors go back through
    /// `weights`, which are those of the forward pass unless somebody wants others.
    pub fn backward(
        &self,
        weights: &[f32],
        (x, outputs): (&[f32], &[Vec<f32>]),
        by_logits: Vec<f32>,
        batch: usize,
    ) -> Gradient {
        let mut gradient = Gradient { weights: vec![0.0; self.weights()], biases: vec![0.0; self.biases()] };
        let mut by_output = by_logits;
        for (i, layer) in self.layers.iter().enumerate().rev() {
            let input: &[f32] = if i == 0 { x } else { &outputs[i - 1] };
            layer.by_parameters(input, &by_output, batch, &mut gradient);
            if i > 0 {
                by_output = layer.by_input(weights, &by_output, batch);
                // ReLU lets through what is positive.
                by_output.iter_mut().zip(input).filter(|(_, y)| **y <= 0.0).for_each(|(by, _)| *by = 0.0);
            }
        }
        gradient
    }
}

#[cfg(test)]
mod tests {
    use super::super::cross_entropy;
    use super::*;
    use crate::signals::random::Stream;

    const BATCH: usize = 6;

    fn normals(random: &mut Random, count: usize) -> Vec<f32> {
        (0..count).map(|_| random.normal() as f32).collect()
    }

    #[test]
    fn weights_are_as_many_as_the_catalogue_says() {
        let net = Mlp::new(&[64, 128, 64, 10]);
        assert_eq!((net.weights(), net.biases()), (17_024, 202));
        let weights = net.initial(&mut Random::new(1, Stream::Weights));
        let second = &weights[net.layers()[1].weights.clone()];
        let variance = second.iter().map(|w| f64::from(w * w)).sum::<f64>() / second.len() as f64;
        // 2 / 128, within five standard errors of a variance from 8192 draws.
        assert!((variance * 64.0 - 1.0).abs() < 5.0 * (2.0_f64 / 8192.0).sqrt(), "{variance}");
    }

    #[test]
    fn derivatives_are_those_of_differences() {
        let net = Mlp::new(&[5, 7, 6, 3]);
        let mut random = Random::new(3, Stream::Probe);
        let weights = net.initial(&mut random);
        let biases = normals(&mut random, net.biases());
        let x = normals(&mut random, 5 * BATCH);
        let labels: Vec<u8> = (0..BATCH).map(|b| (b % 3) as u8).collect();
        let loss = |weights: &[f32], biases: &[f32]| {
            let outputs = net.forward(weights, biases, &x, BATCH);
            cross_entropy(outputs.last().unwrap(), &labels)
        };
        let outputs = net.forward(&weights, &biases, &x, BATCH);
        let by_logits = loss(&weights, &biases).by_logits;
        let gradient = net.backward(&weights, (&x, &outputs), by_logits, BATCH);
        let nudged = |x: &[f32], i: usize, by: f32| {
            let mut x = x.to_vec();
            x[i] += by;
            x
        };
        let active = |weights: &[f32], biases: &[f32]| -> Vec<bool> {
            let outputs = net.forward(weights, biases, &x, BATCH);
            outputs[..2].concat().iter().map(|&y| y > 0.0).collect()
        };
        // A step that takes a neuron over the kink of ReLU says nothing of the derivative on either side of it.
        let h = 4e-3;
        let mut smooth = 0;
        let mut near = |found: f32, ends: [(Vec<f32>, Vec<f32>); 2]| {
            let [low, high] = &ends;
            if active(&low.0, &low.1) == active(&high.0, &high.1) {
                let [low, high] = [low, high].map(|(weights, biases)| loss(weights, biases).value);
                let difference = (high - low) / f64::from(2.0_f32 * h);
                assert!((f64::from(found) - difference).abs() < 5e-4, "{found} against {difference}");
                smooth += 1;
            }
        };
        for (i, &found) in gradient.weights.iter().enumerate() {
            near(found, [-h, h].map(|by| (nudged(&weights, i, by), biases.clone())));
        }
        for (i, &found) in gradient.biases.iter().enumerate() {
            near(found, [-h, h].map(|by| (weights.clone(), nudged(&biases, i, by))));
        }
        assert!(smooth > 90, "{smooth} of {} derivatives", net.weights() + net.biases());
    }

    /// With other weights on the way back only the gradients of layers below differ, and those of the last do not.
    #[test]
    fn errors_go_back_through_the_weights_that_are_given() {
        let net = Mlp::new(&[4, 5, 3]);
        let mut random = Random::new(5, Stream::Probe);
        let (weights, other) = (net.initial(&mut random), net.initial(&mut random));
        let (biases, x) = (vec![0.5; net.biases()], normals(&mut random, 4 * BATCH));
        let outputs = net.forward(&weights, &biases, &x, BATCH);
        let by_logits = normals(&mut random, 3 * BATCH);
        let [exact, biased] =
            [&weights, &other].map(|back| net.backward(back, (&x, &outputs), by_logits.clone(), BATCH).weights);
        let last = net.layers()[1].weights.clone();
        assert_eq!(exact[last.clone()], biased[last.clone()]);
        assert_ne!(exact[..last.start], biased[..last.start]);
    }
}
