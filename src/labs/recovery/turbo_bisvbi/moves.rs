//! Where points, users and clocks are: Gauss-Newton steps on what the channel leaves unexplained.

use super::channel::{Posterior, Sums, gain};
use super::grid::Grid;
use crate::kernels::Scalar;
use crate::labs::recovery::isac::{Place, centred};
use num_complex::Complex64;

/// Largest step of a point, in sides of its cell.
const LARGEST: f64 = 0.3;

/// Largest step of a user or a clock, metres.
const STRIDE: f64 = 0.6;

/// How often a step that does not help is halved.
const HALVINGS: usize = 4;

/// What is believed of users and clocks beforehand.
pub(super) struct Prior {
    pub users: Vec<Place>,
    /// Standard deviations, metres; zero for what is known.
    pub user_spread: f64,
    pub clock_spread: f64,
}

/// Correlations of what is unexplained with an atom, with its slope along subcarriers, and along antennas.
struct Slopes {
    delay: Complex64,
    angle: Complex64,
}

/// `mean^* (d phi)^* g` along both, for phases that are counted from the middle.
fn slopes(grid: &Grid, left: &[Complex64], (k, q): (usize, usize), mean: Complex64) -> Slopes {
    let antennas = grid.world.antennas;
    let (mut delay, mut angle) = (Complex64::default(), Complex64::default());
    for (n, (row, phase)) in left.chunks_exact(antennas).zip(&grid.delays[k][q]).enumerate() {
        let (mut flat, mut tilted) = (Complex64::default(), Complex64::default());
        for (m, (a, g)) in grid.steering[q].iter().zip(row).enumerate() {
            let product = a.conj() * g;
            flat += product;
            tilted += product * centred(m, antennas);
        }
        delay += phase.conj() * flat * centred(n, grid.world.subcarriers);
        angle += phase.conj() * tilted;
    }
    let turned = mean.conj() * Complex64::new(0.0, -1.0);
    Slopes { delay: turned * delay, angle: turned * angle }
}

/// Sums of squares of indices counted from the middle, times the length of the other side.
fn stiffness(grid: &Grid) -> (f64, f64) {
    let (n, m) = (grid.world.subcarriers, grid.world.antennas);
    let squares = |count: usize| (0..count).map(|i| centred(i, count) * centred(i, count)).sum::<f64>();
    (squares(n) * m as f64, squares(m) * n as f64)
}

/// A step for every active point: the solution of its own two equations.
fn point_steps(grid: &Grid, sums: &Sums, seen: &Posterior, left: &[Vec<Complex64>]) -> Vec<(usize, [f64; 2])> {
    let (along, across) = stiffness(grid);
    let mut cells: Vec<usize> = seen.active.iter().map(|&(_, q)| q).collect();
    cells.sort_unstable();
    cells.dedup();
    let step = |q: usize| {
        let (mut gradient, mut curve) = ([0.0; 2], [0.0; 3]);
        for (&(k, _), &mean) in seen.active.iter().zip(&seen.means).filter(|((_, r), _)| *r == q) {
            let s = slopes(grid, &left[k], (k, q), mean);
            let [delay, _] = grid.world.delay_slopes(grid.places[q], grid.users[k]);
            let angle = grid.world.angle_slope(grid.places[q]);
            let energy = sums.slots as f64 * mean.abs_squared();
            for i in 0..2 {
                gradient[i] += s.delay.re * delay[i] + s.angle.re * angle[i];
            }
            let second = |i: usize, j: usize| energy * (along * delay[i] * delay[j] + across * angle[i] * angle[j]);
            curve = [curve[0] + second(0, 0), curve[1] + second(0, 1), curve[2] + second(1, 1)];
        }
        let longest = LARGEST * grid.sizes[q];
        (q, shortened(solve_pair(curve, gradient), longest))
    };
    cells.into_iter().map(step).collect()
}

/// Solves `[[a, b], [b, c]] x = g`, a little damped.
fn solve_pair([a, b, c]: [f64; 3], g: [f64; 2]) -> [f64; 2] {
    let damp = 1e-3 * (a + c) + f64::MIN_POSITIVE;
    let (a, c) = (a + damp, c + damp);
    let determinant = a * c - b * b;
    [(c * g[0] - b * g[1]) / determinant, (a * g[1] - b * g[0]) / determinant]
}

fn shortened(step: [f64; 2], longest: f64) -> [f64; 2] {
    let size = libm::hypot(step[0], step[1]);
    // Also when it is not a number.
    let scale = if size <= longest {
        1.0
    } else if size.is_finite() {
        longest / size
    } else {
        0.0
    };
    [step[0] * scale, step[1] * scale].map(|part| if part.is_finite() { part } else { 0.0 })
}

/// Log-density of users and clocks.
fn prior_value(grid: &Grid, prior: &Prior) -> f64 {
    let square = |value: f64, spread: f64| if spread > 0.0 { value * value / (2.0 * spread * spread) } else { 0.0 };
    let users = grid.users.iter().zip(&prior.users);
    let away = users.map(|(u, v)| square(u[0] - v[0], prior.user_spread) + square(u[1] - v[1], prior.user_spread));
    -away.sum::<f64>() - grid.offsets.iter().map(|&o| square(o, prior.clock_spread)).sum::<f64>()
}

/// The longest of a step and its halves that raises the log-likelihood with channels fitted anew; `false` where none does.
fn search(grid: &mut Grid, before: f64, value: impl Fn(&Grid) -> Option<f64>, take: impl Fn(&mut Grid, f64)) -> bool {
    for halving in 0..=HALVINGS {
        let mut moved = grid.clone();
        take(&mut moved, libm::exp2(-(halving as f64)));
        if value(&moved).is_some_and(|value| value > before) {
            *grid = moved;
            return true;
        }
    }
    false
}

/// Moves active points, then clocks and users. `left` is what the channel leaves for each user.
pub(super) fn advance(
    grid: &mut Grid,
    sums: &Sums,
    seen: &Posterior,
    (rho, gamma): (&[Vec<f64>], f64),
    prior: &Prior,
) -> bool {
    let value = |grid: &Grid| Some(gain(grid, sums, &seen.active, rho, gamma)? + prior_value(grid, prior));
    let users = grid.users.len();
    let left = |grid: &Grid, seen: &Posterior| sums.unexplained(&seen.channels(grid, users), grid.world.antennas);
    let steps = point_steps(grid, sums, seen, &left(grid, seen));
    let before = seen.gain + prior_value(grid, prior);
    let mut moved = search(grid, before, value, |grid, share| {
        for (q, step) in &steps {
            let place = [0, 1].map(|i| grid.places[*q][i] + share * step[i]);
            grid.place(*q, place);
        }
    });
    let Some(seen) = Posterior::solve(grid, sums, seen.active.clone(), rho, gamma) else { return moved };
    let steps = user_steps(grid, sums, &seen, &left(grid, &seen), gamma, prior);
    let before = seen.gain + prior_value(grid, prior);
    moved |= search(grid, before, value, |grid, share| {
        for (k, (clock, step)) in steps.iter().enumerate() {
            let place = [0, 1].map(|i| grid.users[k][i] + share * step[i]);
            grid.user(k, place, grid.offsets[k] + share * clock);
        }
    });
    moved
}

/// Steps of the clock and of the place of every user; the first user's clock is the reference.
fn user_steps(
    grid: &Grid,
    sums: &Sums,
    seen: &Posterior,
    left: &[Vec<Complex64>],
    gamma: f64,
    prior: &Prior,
) -> Vec<(f64, [f64; 2])> {
    let (along, _) = stiffness(grid);
    let tight = |spread: f64| if spread > 0.0 { 1.0 / (2.0 * gamma * spread * spread) } else { f64::INFINITY };
    let (of_user, of_clock) = (tight(prior.user_spread), tight(prior.clock_spread));
    (0..grid.users.len())
        .map(|k| {
            let away = [0, 1].map(|i| grid.users[k][i] - prior.users[k][i]);
            let mut gradient = [-away[0] * of_user, -away[1] * of_user];
            let mut curve = [of_user, 0.0, of_user];
            let (mut pull, mut stiff) = (-grid.offsets[k] * of_clock, of_clock);
            for (&(_, q), &mean) in seen.active.iter().zip(&seen.means).filter(|((l, _), _)| *l == k) {
                let s = slopes(grid, &left[k], (k, q), mean);
                let [_, out] = grid.world.delay_slopes(grid.places[q], grid.users[k]);
                let energy = sums.slots as f64 * mean.abs_squared() * along;
                gradient = [0, 1].map(|i| gradient[i] + s.delay.re * out[i]);
                curve = [
                    curve[0] + energy * out[0] * out[0],
                    curve[1] + energy * out[0] * out[1],
                    curve[2] + energy * out[1] * out[1],
                ];
                pull += s.delay.re * grid.world.offset_slope();
                stiff += energy * grid.world.offset_slope() * grid.world.offset_slope();
            }
            let clock = if k == 0 || !stiff.is_finite() { 0.0 } else { (pull / stiff).clamp(-STRIDE, STRIDE) };
            let step = if of_user.is_finite() { shortened(solve_pair(curve, gradient), STRIDE) } else { [0.0; 2] };
            (clock, step)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::recovery::isac::{JointSensing, draw};

    fn small() -> (Grid, Sums, Posterior, Vec<Vec<f64>>, f64, Prior) {
        let params = JointSensing { antennas: 6, subcarriers: 8, data: 1, snr_db: 20.0, ..JointSensing::default() };
        let instance = draw(&params, 7);
        let grid = Grid::square(&instance.world, 5, instance.reported.clone());
        let sums = Sums::over(&instance, &instance.truth.symbols, 2);
        let (rho, gamma) = (vec![vec![0.8; 25]; 2], 5.0);
        let seen = Posterior::solve(&grid, &sums, vec![(0, 6), (0, 17), (1, 6), (1, 12)], &rho, gamma).unwrap();
        let prior = Prior { users: instance.reported.clone(), user_spread: 0.3, clock_spread: 1.0 };
        (grid, sums, seen, rho, gamma, prior)
    }

    /// The slope of the likelihood with channels fitted anew, by differences, is that with channels held.
    #[test]
    fn slopes_are_those_of_the_likelihood() {
        let (grid, sums, seen, rho, gamma, _) = small();
        let left = sums.unexplained(&seen.channels(&grid, 2), 6);
        let value = |grid: &Grid| gain(grid, &sums, &seen.active, &rho, gamma).unwrap();
        let step = 1e-5;
        for (i, part) in [(0, [step, 0.0]), (1, [0.0, step])] {
            let moved = |sign: f64| {
                let mut moved = grid.clone();
                moved.place(6, [0, 1].map(|j| grid.places[6][j] + sign * part[j]));
                value(&moved)
            };
            let expected = (moved(1.0) - moved(-1.0)) / (2.0 * step);
            let of = |k: usize, mean: Complex64| {
                let s = slopes(&grid, &left[k], (k, 6), mean);
                let [delay, _] = grid.world.delay_slopes(grid.places[6], grid.users[k]);
                2.0 * gamma * (s.delay.re * delay[i] + s.angle.re * grid.world.angle_slope(grid.places[6])[i])
            };
            let found = of(0, seen.means[0]) + of(1, seen.means[2]);
            assert!((found - expected).abs() < 1e-5 * expected.abs().max(1.0), "{i}: {found} {expected}");
        }
        let moved = |by: f64| {
            let mut moved = grid.clone();
            moved.user(1, grid.users[1], by);
            value(&moved)
        };
        let expected = (moved(step) - moved(-step)) / (2.0 * step);
        let of = |i: usize| slopes(&grid, &left[1], seen.active[i], seen.means[i]).delay.re;
        let found = 2.0 * gamma * (of(2) + of(3)) * grid.world.offset_slope();
        assert!((found - expected).abs() < 1e-5 * expected.abs().max(1.0), "clock: {found} {expected}");
    }

    #[test]
    fn moves_never_lower_the_likelihood_and_stay_in_their_cells() {
        let (mut grid, sums, seen, rho, gamma, prior) = small();
        let value = |grid: &Grid| gain(grid, &sums, &seen.active, &rho, gamma).unwrap() + prior_value(grid, &prior);
        let mut before = value(&grid);
        for _ in 0..15 {
            let now = Posterior::solve(&grid, &sums, seen.active.clone(), &rho, gamma).unwrap();
            advance(&mut grid, &sums, &now, (&rho, gamma), &prior);
            let after = value(&grid);
            assert!(after >= before - 1e-9 * before.abs(), "{before} {after}");
            before = after;
            for q in 0..grid.cells() {
                let away = |i: usize| (grid.places[q][i] - grid.centres[q][i]).abs();
                assert!(away(0).max(away(1)) <= 0.6 * grid.sizes[q] + 1e-12);
            }
            assert_eq!(grid.offsets[0], 0.0);
        }
    }
}
