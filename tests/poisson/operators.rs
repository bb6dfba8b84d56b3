//! What stands below the methods: the blur, the deviance, and three proximal operators over nonnegative entries.

use pursuit::kernels::norm_one;
use pursuit::losses::poisson;
use pursuit::operators::{BoxBlur, LinearOperator, adjoint_mismatch};
use pursuit::penalties::analysis_l1::{self, Orthonormal};
use pursuit::penalties::partition::{self, Cell};
use pursuit::penalties::total_variation_2d::{Dual, Variation};
use pursuit::penalties::{Effort, total_variation};
use pursuit::signals::random::{Random, Stream};
use pursuit::transforms::Wavelet;

const EXACT: Effort = Effort { tolerance: 1e-14, steps: 20_000 };

fn noise(n: usize, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed, Stream::Probe);
    (0..n).map(|_| random.normal() + 0.3).collect()
}

/// `1/2 |x - v|^2`.
fn misfit(x: &[f64], v: &[f64]) -> f64 {
    0.5 * x.iter().zip(v).map(|(x, v)| (x - v) * (x - v)).sum::<f64>()
}

fn close(a: &[f64], b: &[f64], within: f64) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= within)
}

#[test]
fn a_blur_keeps_flux_and_is_its_own_adjoint() {
    for (shape, width) in [((1, 9), 3), ((6, 5), 5), ((4, 4), 7), ((1, 1), 3), ((3, 8), 1)] {
        let blur = BoxBlur::new(shape, width);
        assert!(adjoint_mismatch::<f64>(&blur, 1) < 1e-14);
        let n = shape.0 * shape.1;
        let (x, mut y) = (noise(n, 2), vec![0.0; n]);
        blur.apply(&x, &mut y);
        assert!((x.iter().sum::<f64>() - y.iter().sum::<f64>()).abs() < 1e-12);
        // Entry by entry: the mean over the neighbourhood, wrapped around.
        let reach = (width / 2) as isize;
        let wrapped = |i: usize, by: isize, n: usize| (i as isize + by).rem_euclid(n as isize) as usize;
        for (row, col) in (0..shape.0).flat_map(|row| (0..shape.1).map(move |col| (row, col))) {
            let rows: Vec<usize> =
                if shape.0 == 1 { vec![0] } else { (-reach..=reach).map(|by| wrapped(row, by, shape.0)).collect() };
            let cols: Vec<usize> = (-reach..=reach).map(|by| wrapped(col, by, shape.1)).collect();
            let sum: f64 = rows.iter().map(|r| cols.iter().map(|c| x[r * shape.1 + c]).sum::<f64>()).sum();
            assert!((y[row * shape.1 + col] - sum / (rows.len() * cols.len()) as f64).abs() < 1e-13);
        }
    }
}

#[test]
fn the_deviance_is_twice_the_loss_above_its_least_value() {
    let (counts, rates) = ([3.0, 0.0, 7.0, 1.0], [2.5, 0.2, 9.0, 1.0]);
    // The least value is at the counts themselves, where y log y is zero for no count.
    let least: f64 = counts.iter().map(|&y: &f64| if y > 0.0 { y - y * y.ln() } else { 0.0 }).sum();
    let wanted = 2.0 * (poisson::value(&rates, &counts) - least);
    assert!((poisson::deviance(&rates, &counts) - wanted).abs() < 1e-13);
    assert!(poisson::deviance(&counts, &counts) < 1e-300);
    assert_eq!(poisson::deviance(&[0.0], &[1.0]), f64::INFINITY);
}

/// Total variation that is a sum over levels (on a line, and the anisotropic one) keeps the order of levels, so that the nearest nonnegative
/// x is the nearest x, cut at zero.
#[test]
fn cut_variation_is_the_nonnegative_one() {
    for (rows, cols, t) in [(1, 12, 0.4), (5, 6, 0.3), (7, 4, 1.2)] {
        let v = noise(rows * cols, 3);
        let variation = Variation { width: cols, isotropic: false };
        let mut cut = v.clone();
        variation.prox(&mut cut, t);
        cut.iter_mut().for_each(|x| *x = x.max(0.0));
        let mut direct = v.clone();
        variation.prox_nonnegative(&mut direct, t, &mut Dual::default(), EXACT);
        assert!(close(&cut, &direct, 1e-6), "{cut:?} and {direct:?}");
        if rows == 1 {
            let mut string = v.clone();
            total_variation::prox(&mut string, t);
            string.iter_mut().for_each(|x| *x = x.max(0.0));
            assert!(close(&string, &direct, 1e-6));
        }
    }
}

/// No nearby nonnegative point costs less, and a solve that starts from another's dual ends in the same place.
#[test]
fn isotropic_variation_is_least_and_can_start_anywhere() {
    let (v, t) = (noise(30, 4), 0.5);
    let variation = Variation { width: 6, isotropic: true };
    let mut x = v.clone();
    let mut dual = Dual::default();
    variation.prox_nonnegative(&mut x, t, &mut dual, EXACT);
    assert!(x.iter().all(|&x| x >= 0.0) && x.contains(&0.0));
    let cost = |x: &[f64]| misfit(x, &v) + t * variation.value(x);
    let least = cost(&x);
    let mut random = Random::new(5, Stream::Probe);
    for i in 0..400 {
        let size = [1e-1, 1e-2, 1e-3, 1e-4][i % 4];
        let other: Vec<f64> = x.iter().map(|x| (x + size * random.normal()).max(0.0)).collect();
        assert!(cost(&other) >= least - 1e-10);
    }
    let mut again = noise(30, 6);
    variation.prox_nonnegative(&mut again, 2.0, &mut dual, EXACT);
    let mut warm = v.clone();
    variation.prox_nonnegative(&mut warm, t, &mut dual, EXACT);
    assert!(close(&warm, &x, 1e-6));
}

struct Haar;

impl Orthonormal for Haar {
    fn forward(&self, x: &mut [f64]) {
        Wavelet::Haar.forward(x);
    }

    fn inverse(&self, theta: &mut [f64]) {
        Wavelet::Haar.inverse(theta);
    }
}

/// The pixels as a basis have a closed form.
struct Pixels;

impl Orthonormal for Pixels {
    fn forward(&self, _: &mut [f64]) {}

    fn inverse(&self, _: &mut [f64]) {}
}

#[test]
fn coefficients_of_nonnegative_samples_are_least() {
    let (v, t) = (noise(16, 7), 0.4);
    let mut x = v.clone();
    analysis_l1::prox_nonnegative(&Pixels, &mut x, t, &mut Vec::new(), EXACT);
    assert!(close(&x, &v.iter().map(|v| (v - t).max(0.0)).collect::<Vec<_>>(), 1e-9));

    let cost = |x: &[f64]| {
        let mut theta = x.to_vec();
        Wavelet::Haar.forward(&mut theta);
        misfit(x, &v) + t * norm_one(&theta)
    };
    let mut x = v.clone();
    analysis_l1::prox_nonnegative(&Haar, &mut x, t, &mut Vec::new(), EXACT);
    assert!(x.iter().all(|&x| x >= 0.0) && x.contains(&0.0));
    let least = cost(&x);
    let mut random = Random::new(8, Stream::Probe);
    for i in 0..400 {
        let size = [1e-1, 1e-2, 1e-3, 1e-4][i % 4];
        let other: Vec<f64> = x.iter().map(|x| (x + size * random.normal()).max(0.0)).collect();
        assert!(cost(&other) >= least - 1e-9);
    }
}

/// All recursive dyadic partitions of a cell, by the definition.
fn partitions(cell: Cell) -> Vec<Vec<Cell>> {
    let mut all = vec![vec![cell]];
    if cell.height * cell.width == 1 {
        return all;
    }
    let halves = |start: usize, length: usize| -> Vec<(usize, usize)> {
        let first = length.div_ceil(2);
        [(start, first), (start + first, length - first)].into_iter().filter(|half| half.1 > 0).collect()
    };
    let mut ways: Vec<Vec<Cell>> = vec![Vec::new()];
    for (top, height) in halves(cell.top, cell.height) {
        for (left, width) in halves(cell.left, cell.width) {
            let parts = partitions(Cell { top, left, height, width });
            ways = ways.iter().flat_map(|way| parts.iter().map(move |part| [&way[..], &part[..]].concat())).collect();
        }
    }
    all.extend(ways);
    all
}

#[test]
fn no_partition_is_better_than_the_one_that_is_found() {
    for (shape, t, seed) in [((1, 8), 0.3, 1), ((1, 7), 0.1, 2), ((4, 4), 0.2, 3), ((3, 4), 0.5, 4), ((1, 8), 5.0, 5)] {
        let v = noise(shape.0 * shape.1, seed);
        let whole = Cell { top: 0, left: 0, height: shape.0, width: shape.1 };
        let cost = |cells: &[Cell]| -> f64 {
            let of = |cell: &Cell| {
                let entries: Vec<f64> = (cell.top..cell.top + cell.height)
                    .flat_map(|row| v[row * shape.1 + cell.left..][..cell.width].to_vec())
                    .collect();
                let level = (entries.iter().sum::<f64>() / entries.len() as f64).max(0.0);
                t + misfit(&vec![level; entries.len()], &entries)
            };
            cells.iter().map(of).sum()
        };
        let best = partitions(whole).iter().map(|cells| cost(cells)).fold(f64::INFINITY, f64::min);
        let mut x = v.clone();
        let (cells, told) = partition::prox_nonnegative(&mut x, shape, t);
        assert!((told - best).abs() < 1e-12, "{told} for {best}");
        assert!((cost(&cells) - best).abs() < 1e-12);
        assert!((misfit(&x, &v) + t * cells.len() as f64 - best).abs() < 1e-12);
    }
}

/// With all shifts the mean does not depend on where the picture begins.
#[test]
fn all_shifts_make_an_average_that_moves_with_the_picture() {
    let (shape, t) = ((4, 8), 0.4);
    let v = noise(32, 9);
    let moved = |v: &[f64]| -> Vec<f64> { (0..32).map(|i| v[(i / 8 + 1) % 4 * 8 + (i + 3) % 8]).collect() };
    let mut x = v.clone();
    let sizes = partition::spun(&mut x, shape, t, 8);
    let mut y = moved(&v);
    let moved_sizes = partition::spun(&mut y, shape, t, 8);
    assert!(close(&moved(&x), &y, 1e-13) && close(&moved(&sizes), &moved_sizes, 1e-13));
    // One shift is the partition itself.
    let (mut one, mut plain) = (v.clone(), v.clone());
    partition::spun(&mut one, shape, t, 1);
    partition::prox_nonnegative(&mut plain, shape, t);
    assert_eq!(one, plain);
}
