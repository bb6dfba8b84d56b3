//! A network that recovers signals from some of their frequencies, trained together with the choice of these.
//!
//! ```text
//! x_0 = 0,   x_(k+1) = soft(x_k + g_k Re F^* (w o (y - F x_k)); t_k),   k < K
//! learn g_k, t_k > 0, and what w is drawn by, from examples (x, y), by mean |x_K - x|^2 / N
//! ```
//!
//! `w` has a weight for each frequency. What draws it, and how derivatives by it are used, is a [`Sampler`]: one that learns, or a pattern that
//! stays. A step of a run is a batch; the estimate is what the network makes of held-out signals with the pattern that it would be
//! used with now.

mod network;
mod run;
mod training;

pub use network::{Network, Pass};
pub use training::{Sampler, Schedule, Trainer, batch_gradient};

pub(super) use run::start;
