//! Lloyd's algorithm: centres that stand in the middle of what is nearest to them.

/// Moves `centres` for `rounds` rounds: every point goes to its nearest centre, every centre to the mean of its points; one without points
/// stays. Points and centres are rows of `dims` numbers. O(points centres dims) a round. Lloyd (1957).
///
/// # Panics
/// When `dims` is zero.
pub fn lloyd(points: &[f64], centres: &mut [f64], dims: usize, rounds: usize) {
    for _ in 0..rounds {
        let mut sums = vec![0.0; centres.len()];
        let mut counts = vec![0.0; centres.len() / dims];
        for point in points.chunks_exact(dims) {
            let mut nearest = (f64::INFINITY, 0);
            for (i, centre) in centres.chunks_exact(dims).enumerate() {
                let distance = point.iter().zip(centre).fold(0.0, |sum, (p, c)| sum + (p - c) * (p - c));
                if distance < nearest.0 {
                    nearest = (distance, i);
                }
            }
            counts[nearest.1] += 1.0;
            sums[nearest.1 * dims..][..dims].iter_mut().zip(point).for_each(|(sum, p)| *sum += p);
        }
        for (i, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0.0) {
            let place = i * dims..(i + 1) * dims;
            centres[place.clone()].iter_mut().zip(&sums[place]).for_each(|(centre, sum)| *centre = sum / count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_heaps_have_their_means_and_a_lonely_centre_stays() {
        let points = [0.0, 0.0, 1.0, 0.0, 10.0, 2.0, 10.0, 4.0];
        let mut centres = [0.4, 0.1, 9.0, 9.0, 50.0, 50.0];
        lloyd(&points, &mut centres, 2, 3);
        assert_eq!(centres, [0.5, 0.0, 10.0, 3.0, 50.0, 50.0]);
    }
}
