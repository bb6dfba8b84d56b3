//! Networks that classify, with weights that may be masked: the substrate of sparse training.
//!
//! Activations are feature-major and contiguous over the batch, `X[feature][example]`, in single precision; weights are row-major,
//! `W[output][input]`. All weight matrices of a network lie in one vector, and all biases in another: what prunes looks at the first only.
//!
//! | file | what |
//! |---|---|
//! | `dense` | the three products of a layer: forward, back to the input, back to the weights |
//! | `mlp` | layers with ReLU between them |
//! | `cross_entropy` | the loss, and its derivative by the logits |
//! | `sgd`, `cosine` | steps with momentum and weight decay, and how long they are |
//! | `mask`, `groups` | which weights are there; N of every M |
//! | `costs` | multiplications of a pass, by the density of each layer |

mod cosine;
mod costs;
mod cross_entropy;
mod dense;
mod groups;
mod mask;
mod mlp;
mod sgd;

pub use cosine::Cosine;
pub use costs::Costs;
pub use cross_entropy::{Loss, cross_entropy, probabilities};
pub use dense::Layer;
pub use groups::Groups;
pub use mask::Mask;
pub use mlp::{Gradient, Mlp};
pub use sgd::Sgd;
