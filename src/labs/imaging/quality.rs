//! How near a volume is to the truth, as imaging people say it.

/// Side of the window of SSIM, and the standard deviation of its Gaussian weights.
const WINDOW: usize = 7;
const SPREAD: f64 = 1.5;

/// `K_1^2` and `K_2^2` for values from 0 to 1.
const STABLE: [f64; 2] = [1e-4, 9e-4];

/// The peak signal-to-noise ratio of an estimate clipped to 0..1, for a truth within 0..1: `10 log10(1 / mean squared error)`, in dB; 200
/// where nothing differs.
pub(super) fn psnr(estimate: &[f64], truth: &[f64]) -> f64 {
    let square = estimate.iter().zip(truth).fold(0.0, |sum, (x, y)| {
        let off = x.clamp(0.0, 1.0) - y;
        sum + off * off
    });
    -10.0 * libm::log10((square / truth.len() as f64).max(1e-20))
}

/// Structural similarity of two pictures with values from 0 to 1, `cols` wide: the mean over all windows that lie within. 1 for equal
/// pictures.
///
/// Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to structural similarity" (2004), equation 13.
pub(super) fn ssim(x: &[f64], y: &[f64], cols: usize) -> f64 {
    let rows = x.len() / cols;
    let line: Vec<f64> = (0..WINDOW)
        .map(|i| {
            let off = i as f64 - (WINDOW / 2) as f64;
            libm::exp(-0.5 * off * off / (SPREAD * SPREAD))
        })
        .collect();
    let whole: f64 = line.iter().sum();
    let corners: Vec<(usize, usize)> = (0..=rows.saturating_sub(WINDOW))
        .flat_map(|row| (0..=cols.saturating_sub(WINDOW)).map(move |col| (row, col)))
        .collect();
    let (high, wide) = (WINDOW.min(rows), WINDOW.min(cols));
    let one = |&(row, col): &(usize, usize)| {
        let [mut mx, mut my, mut xx, mut yy, mut xy] = [0.0; 5];
        for i in 0..high {
            for j in 0..wide {
                let weight = line[i] * line[j] / (whole * whole);
                let (a, b) = (x[(row + i) * cols + col + j], y[(row + i) * cols + col + j]);
                mx += weight * a;
                my += weight * b;
                xx += weight * a * a;
                yy += weight * b * b;
                xy += weight * a * b;
            }
        }
        let means = (2.0 * mx * my + STABLE[0]) / (mx * mx + my * my + STABLE[0]);
        means * (2.0 * (xy - mx * my) + STABLE[1]) / (xx - mx * mx + yy - my * my + STABLE[1])
    };
    corners.iter().map(one).sum::<f64>() / corners.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_definition() {
        let truth = [0.5; 100];
        assert!((psnr(&[0.6; 100], &truth) - 20.0).abs() < 1e-10);
        // What is out of range counts as its end.
        assert!((psnr(&[7.0; 100], &truth) - 10.0 * libm::log10(4.0)).abs() < 1e-10);
        assert_eq!(psnr(&truth, &truth), 200.0);
    }

    #[test]
    fn similarity_is_that_of_the_definition() {
        let picture: Vec<f64> =
            (0..144).map(|p| 0.5 + 0.3 * libm::sin(0.7 * (p % 12) as f64 + 0.2 * (p / 12) as f64)).collect();
        assert!((ssim(&picture, &picture, 12) - 1.0).abs() < 1e-12);
        // Two flat pictures differ in their means alone.
        let (a, b) = (vec![0.4; 144], vec![0.6; 144]);
        let expected = (2.0 * 0.24 + STABLE[0]) / (0.16 + 0.36 + STABLE[0]);
        assert!((ssim(&a, &b, 12) - expected).abs() < 1e-10);
        // A negative is less like a picture than a flat grey is.
        let negative: Vec<f64> = picture.iter().map(|v| 1.0 - v).collect();
        assert!(ssim(&picture, &negative, 12) < ssim(&picture, &[0.5; 144], 12));
    }
}
