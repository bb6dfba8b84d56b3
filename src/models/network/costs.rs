//! What passes cost, in multiplications with an addition each, by how much of every layer is there.
//!
//! Indices, elementwise work, the optimiser and the choice of masks are not counted.

use super::{Mask, Mlp};

/// Multiplications for one example.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Costs {
    /// Forward.
    pub forward: f64,
    /// Forward, back to the inputs of all layers but the first, and back to the weights.
    pub training: f64,
}

impl Costs {
    /// With the layers' shares that `mask` leaves, in the forward pass and back to the inputs. The gradient by the weights is of all
    /// of them where it is `dense`, and else of those that are there.
    pub fn of(net: &Mlp, mask: &Mask, dense: bool) -> Self {
        let mut costs = Costs::default();
        for (i, layer) in net.layers().iter().enumerate() {
            let there = mask.count(layer.weights.clone()) as f64;
            let by_weights = if dense { layer.weights.len() as f64 } else { there };
            costs.forward += there;
            costs.training += there + by_weights + if i > 0 { there } else { 0.0 };
        }
        costs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dense_step_is_three_products_but_for_the_first_layer() {
        let net = Mlp::new(&[64, 128, 64, 10]);
        let mut mask = Mask::full(net.weights());
        let dense = Costs::of(&net, &mask, false);
        assert_eq!((dense.forward, dense.training), (17_024.0, 3.0 * 17_024.0 - 8192.0));
        // A quarter of the first two layers: forward and back in proportion, the gradient as the rule wants it.
        for flag in mask.flags_mut()[..16_384].chunks_mut(4) {
            flag[1..].fill(false);
        }
        let forward = 16_384.0 / 4.0 + 640.0;
        let back = 2048.0 + 640.0;
        assert_eq!(Costs::of(&net, &mask, false), Costs { forward, training: 2.0 * forward + back });
        assert_eq!(Costs::of(&net, &mask, true), Costs { forward, training: forward + back + 17_024.0 });
    }
}
