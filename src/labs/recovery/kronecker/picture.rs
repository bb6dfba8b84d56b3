//! What is shown of an array of three indices.

use crate::contract::{Axis, Kind, Panel, Values};
use crate::kernels::Scalar;
use num_complex::Complex64;

/// Where the phone, the surface and the base station stand, and which index has their angles.
const PLACES: [(usize, f64, f64); 3] = [(1, 0.0, 0.0), (0, 1.5, 1.0), (2, 3.0, 0.0)];

/// How long the strongest ray is.
const REACH: f64 = 0.85;

/// Rays fainter than this share of the strongest are not drawn.
const FAINTEST: f64 = 0.01;

/// Root of the energy of each value of index `mode`.
pub(super) fn marginal(x: &[Complex64], sizes: [usize; 3], mode: usize) -> Vec<f64> {
    let inner: usize = sizes[mode + 1..].iter().product();
    let mut energy = vec![0.0; sizes[mode]];
    for (place, entry) in x.iter().enumerate() {
        energy[place / inner % sizes[mode]] += entry.abs_squared();
    }
    energy.into_iter().map(f64::sqrt).collect()
}

/// The three marginals after each other, wanted and reached.
pub(super) fn marginals(x: &[Complex64], truth: &[Complex64], sizes: [usize; 3]) -> Panel<'static> {
    let all = |x: &[Complex64]| -> Vec<f64> { (0..3).flat_map(|mode| marginal(x, sizes, mode)).collect() };
    let (wanted, reached) = (all(truth), all(x));
    Panel {
        id: "marginals",
        title: "Along each index",
        caption: "norms of the slices at each value of the first, second and third index, wanted and reached",
        kind: Kind::Curves,
        shape: (2, wanted.len()),
        values: Values::give([wanted, reached].concat()),
        x: Axis::plain("index"),
        y: Axis::plain("norm"),
        marks: Vec::new(),
        table: None,
    }
}

/// Moduli, a line a first index, slices by the second index side by side.
pub(super) fn slices(
    (id, title, caption): (&'static str, &'static str, &'static str),
    x: &[Complex64],
    sizes: [usize; 3],
) -> Panel<'static> {
    Panel {
        id,
        title,
        caption,
        kind: Kind::Heat,
        shape: (sizes[0], sizes[1] * sizes[2]),
        values: Values::give(x.iter().map(|x| x.abs()).collect::<Vec<f64>>()),
        x: Axis::plain("second and third index"),
        y: Axis::plain("first index"),
        marks: Vec::new(),
        table: None,
    }
}

/// Rays from the phone, the surface and the base station at the angles of their indices, as long as what goes along them;
/// true angles are rings at the rim.
pub(super) fn paths(
    x: &[Complex64],
    truth: &[Complex64],
    sizes: [usize; 3],
    supports: &[Vec<usize>],
) -> Panel<'static> {
    let mut rows = Vec::new();
    for (mode, left, up) in PLACES {
        let (reached, wanted) = (marginal(x, sizes, mode), marginal(truth, sizes, mode));
        let most = wanted.iter().fold(0.0_f64, |most, &w| most.max(w));
        // Cosines: the phone and the station look up, the surface looks down.
        let side = if mode == 0 { -1.0 } else { 1.0 };
        let end = |i: usize, reach: f64| {
            let sine = -1.0 + 2.0 * i as f64 / sizes[mode] as f64;
            (left + reach * sine, up + side * reach * (1.0 - sine * sine).sqrt())
        };
        for (i, &energy) in reached.iter().enumerate() {
            let share = if most > 0.0 { (energy / most).min(1.2) } else { 0.0 };
            if share > FAINTEST {
                let (u, v) = end(i, REACH * share);
                rows.extend([left, up, u, v, share]);
            }
        }
        rows.extend([left, up, left, up, 1.0]);
        for &i in &supports[mode] {
            let (u, v) = end(i, REACH * if most > 0.0 { wanted[i] / most } else { 1.0 });
            rows.extend([u, v, u, v, -1.0]);
        }
    }
    Panel {
        id: "paths",
        title: "Angles and paths",
        caption: "phone, surface and base station; rays are as long as what goes along them, rings are where true ones end",
        kind: Kind::Links,
        shape: (rows.len() / 5, 5),
        values: Values::give(rows),
        x: Axis::plain("x"),
        y: Axis::plain("y"),
        marks: Vec::new(),
        table: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marginals_hold_all_of_the_energy() {
        let x: Vec<Complex64> = (0..24).map(|i| Complex64::new(f64::from(i), 1.0)).collect();
        let total: f64 = x.iter().map(|x| x.norm_sqr()).sum();
        for mode in 0..3 {
            let marginal = marginal(&x, [2, 3, 4], mode);
            assert_eq!(marginal.len(), [2, 3, 4][mode]);
            assert!((marginal.iter().map(|m| m * m).sum::<f64>() - total).abs() < 1e-9);
        }
        // The last entry is in the last slice along each index.
        let mut one = vec![Complex64::default(); 24];
        one[23] = Complex64::new(0.0, 2.0);
        assert_eq!(super::marginal(&one, [2, 3, 4], 1), [0.0, 0.0, 2.0]);
    }
}
