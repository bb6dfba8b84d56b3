//! Wavelet transforms of square pictures.

use super::Wavelet;

/// The pyramid of a square picture (Mallat 1989), orthonormal: each level splits the rows and then the columns of the
/// averages, into averages in the upper left quarter and details of three directions in the others.
///
/// Levels go on while the side of the averages can be split, as for one dimension. O(n) for n pixels.
///
/// # Panics
/// When the number of pixels is no square.
pub fn forward(wavelet: Wavelet, picture: &mut [f64]) {
    let side = side_of(picture);
    for level in 0..wavelet.levels(side) {
        on_corner(picture, side, side >> level, |line| wavelet.split(line));
    }
}

/// From the pyramid to the picture.
///
/// # Panics
/// When the number of pixels is no square.
pub fn inverse(wavelet: Wavelet, picture: &mut [f64]) {
    let side = side_of(picture);
    for level in (0..wavelet.levels(side)).rev() {
        on_corner(picture, side, side >> level, |line| wavelet.merge(line));
    }
}

fn side_of(picture: &[f64]) -> usize {
    let side = picture.len().isqrt();
    assert_eq!(side * side, picture.len(), "a picture is a square");
    side
}

/// A map of lines, on the rows and on the columns of the upper left corner. Rows and columns commute.
fn on_corner(picture: &mut [f64], side: usize, corner: usize, map: impl Fn(&mut [f64])) {
    for i in 0..corner {
        map(&mut picture[i * side..i * side + corner]);
    }
    let mut line = vec![0.0; corner];
    for j in 0..corner {
        line.iter_mut().enumerate().for_each(|(i, entry)| *entry = picture[i * side + j]);
        map(&mut line);
        line.iter().enumerate().for_each(|(i, &entry)| picture[i * side + j] = entry);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn comes_back_and_keeps_energy_and_products() {
        for (wavelet, side) in [(Wavelet::Haar, 8), (Wavelet::Daubechies4, 16), (Wavelet::Symlet8, 24)] {
            let (x, y) = (noise(side * side, 1), noise(side * side, 2));
            let (mut a, mut b) = (x.clone(), y.clone());
            forward(wavelet, &mut a);
            inverse(wavelet, &mut b);
            assert!((dot(&a, &y) - dot(&x, &b)).abs() < 1e-12);
            inverse(wavelet, &mut a);
            assert_close(&a, &x, 1e-13);
        }
    }

    #[test]
    fn a_constant_is_one_average_and_a_quarter_four() {
        let mut flat = vec![1.0; 64];
        forward(Wavelet::Haar, &mut flat);
        assert!((flat[0] - 8.0).abs() < 1e-14 && flat[1..].iter().all(|entry| entry.abs() < 1e-14));
        let mut corner: Vec<f64> = (0..64).map(|p| f64::from(u8::from(p % 8 < 4 && p / 8 < 4))).collect();
        forward(Wavelet::Haar, &mut corner);
        assert_eq!(corner.iter().filter(|entry| entry.abs() > 1e-14).count(), 4);
    }
}
