//! Piecewise constant signals.

use super::random::{Random, Stream};
use super::sparse::Amplitude;
use crate::kernels::Scalar;

/// `pieces` constant runs over `n` samples, with jumps in uniformly drawn places and levels of the given law.
///
/// # Panics
/// When there are no pieces, or more than samples.
pub fn piecewise_constant<S: Scalar>(n: usize, pieces: usize, levels: Amplitude, seed: u64) -> Vec<S> {
    let jumps = Random::new(seed, Stream::Support).subset(n - 1, pieces - 1);
    let levels: Vec<S> = levels.draw(pieces, seed);
    (0..n).map(|i| levels[jumps.partition_point(|&jump| jump < i)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_as_many_pieces() {
        for (n, pieces) in [(100, 7), (5, 5), (1, 1), (9, 1)] {
            let signal: Vec<f64> = piecewise_constant(n, pieces, Amplitude::Gaussian, 3);
            let jumps = signal.windows(2).filter(|pair| pair[0] != pair[1]).count();
            assert_eq!((signal.len(), jumps), (n, pieces - 1));
        }
    }
}
