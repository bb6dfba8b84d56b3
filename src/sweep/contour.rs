//! Where the success rate crosses 50 % along a column: a logistic fit and its band.
//!
//! ```text
//! P(success at u) = p(u) = 1 / (1 + exp(-(a + b u)))
//! repeat
//!     I  = sum_j n_j p_j (1 - p_j) [1, u_j]^T [1, u_j]
//!     h_j = n_j p_j (1 - p_j) [1, u_j] I^-1 [1, u_j]^T
//!     (a, b) += I^-1 sum_j [s_j - n_j p_j + h_j (1/2 - p_j)] [1, u_j]^T,   halved until the likelihood grows
//! until the step is small
//! crossing = -a / b
//! ```
//!
//! Maximises the likelihood times Jeffreys' prior `|I|^(1/2)`: an estimate that exists for separable data, too, where
//! the plain likelihood has none. Two parameters; O(cells) a step. The band is the delta method's, at 95 %.
//!
//! Firth, "Bias reduction of maximum likelihood estimates" (1993); Heinze and Schemper, "A solution to the problem of
//! separation in logistic regression" (2002).

use super::wilson::Z;

/// How often a cell of a column succeeded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// Its place, in the coordinate in which the axis is even.
    pub place: f64,
    /// Number of trials.
    pub trials: usize,
    /// Successes among them.
    pub successes: usize,
}

/// The 50 % point of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Where it is.
    pub place: f64,
    /// Lower end of its band.
    pub low: f64,
    /// Upper end of its band.
    pub high: f64,
    /// The fit's slope `b`, in units of one over the coordinate: the rate goes from 10 to 90 % within
    /// `2 ln 9 / |b|`. `None` where a threshold parts all successes from all failures, but for one cell that may have
    /// both: then the transition is narrower than the column can tell, and the band holds at least the gap or cell.
    pub slope: Option<f64>,
}

/// Twice the logarithm of 9: where a logistic curve of slope 1 goes from 10 to 90 %.
pub const TEN_TO_NINETY: f64 = 4.394_449_154_672_439;

/// The crossing within a column, of which the places ascend. `None` where all trials agree, where only one place has
/// trials, or where the fit crosses outside of the column.
pub fn crossing(column: &[Count]) -> Option<Crossing> {
    let column: Vec<Count> = column.iter().copied().filter(|count| count.trials > 0).collect();
    let (first, last) = (column.first()?.place, column.last()?.place);
    let (trials, successes) = column.iter().fold((0, 0), |(n, s), count| (n + count.trials, s + count.successes));
    if first >= last || successes == 0 || successes == trials {
        return None;
    }
    let (middle, half) = (0.5 * (first + last), 0.5 * (last - first));
    let scaled: Vec<Count> = column.iter().map(|c| Count { place: (c.place - middle) / half, ..*c }).collect();
    let fit = Fit::of(&scaled);
    let (a, b) = fit.at;
    if b == 0.0 {
        return None;
    }
    let theta = -a / b;
    if !(-1.0..=1.0).contains(&theta) {
        return None;
    }
    let (v_aa, v_ab, v_bb) = fit.information.inverse();
    let error = ((v_aa + theta * (2.0 * v_ab + theta * v_bb)).max(0.0)).sqrt() / b.abs();
    let back = |u: f64| middle + half * u.clamp(-1.0, 1.0);
    let crossing = Crossing {
        place: back(theta),
        low: back(theta - Z * error),
        high: back(theta + Z * error),
        slope: Some(b / half),
    };
    Some(match gap(&column) {
        None => crossing,
        Some((low, high)) => {
            Crossing { low: crossing.low.min(low), high: crossing.high.max(high), slope: None, ..crossing }
        }
    })
}

/// The places between which a threshold parts all successes from all failures, where there is one. They are the same
/// where it goes through a cell that has both.
fn gap(column: &[Count]) -> Option<(f64, f64)> {
    let all: fn(&Count) -> bool = |count| count.successes == count.trials;
    let none: fn(&Count) -> bool = |count| count.successes == 0;
    let parted = |win: fn(&Count) -> bool, lose: fn(&Count) -> bool| {
        let wins = column.iter().take_while(|count| win(count)).count();
        let losses = column.iter().rev().take_while(|count| lose(count)).count();
        match column.len() - wins - losses {
            0 => Some((column[wins - 1].place, column[wins].place)),
            1 => Some((column[wins].place, column[wins].place)),
            _ => None,
        }
    };
    parted(all, none).or_else(|| parted(none, all))
}

/// Fisher's information on (a, b), symmetric.
#[derive(Clone, Copy, Default)]
struct Information {
    aa: f64,
    ab: f64,
    bb: f64,
}

impl Information {
    fn determinant(&self) -> f64 {
        self.aa * self.bb - self.ab * self.ab
    }

    fn inverse(&self) -> (f64, f64, f64) {
        let d = self.determinant();
        (self.bb / d, -self.ab / d, self.aa / d)
    }
}

/// The fit at some (a, b).
struct Fit {
    at: (f64, f64),
    information: Information,
    /// Logarithm of the likelihood times Jeffreys' prior.
    likelihood: f64,
    /// The step that Newton's method takes from here, with Fisher's information in place of the Hessian.
    step: (f64, f64),
}

/// Longest step, in units in which the column goes from -1 to 1.
const LONGEST: f64 = 5.0;

/// A step below this is taken as it is.
const NEAR: f64 = 1e-5;

impl Fit {
    fn of(column: &[Count]) -> Self {
        let mut fit = Self::at(column, (0.0, 0.0));
        for _ in 0..200 {
            let size = fit.step.0.abs().max(fit.step.1.abs());
            if size <= 1e-10 * (1.0 + fit.at.1.abs()) {
                break;
            }
            let mut scale = (LONGEST / size).min(1.0);
            fit = loop {
                let next = Self::at(column, (fit.at.0 + scale * fit.step.0, fit.at.1 + scale * fit.step.1));
                // Close to the maximum the likelihood is flat to the last bit long before the step is small.
                if next.likelihood >= fit.likelihood || scale * size < NEAR {
                    break next;
                }
                scale *= 0.5;
            };
        }
        fit
    }

    fn at(column: &[Count], at: (f64, f64)) -> Self {
        let mut information = Information::default();
        let mut likelihood = 0.0;
        for count in column {
            let (u, n, s) = (count.place, count.trials as f64, count.successes as f64);
            let eta = at.0 + at.1 * u;
            let w = n * logistic(eta) * logistic(-eta);
            information.aa += w;
            information.ab += w * u;
            information.bb += w * u * u;
            likelihood += s * log_logistic(eta) + (n - s) * log_logistic(-eta);
        }
        likelihood += 0.5 * libm::log(information.determinant());
        let (v_aa, v_ab, v_bb) = information.inverse();
        let mut score = (0.0, 0.0);
        for count in column {
            let (u, n, s) = (count.place, count.trials as f64, count.successes as f64);
            let p = logistic(at.0 + at.1 * u);
            let leverage = n * p * (1.0 - p) * (v_aa + u * (2.0 * v_ab + u * v_bb));
            let misfit = s - n * p + leverage * (0.5 - p);
            score.0 += misfit;
            score.1 += misfit * u;
        }
        let step = (v_aa * score.0 + v_ab * score.1, v_ab * score.0 + v_bb * score.1);
        Self { at, information, likelihood, step }
    }
}

fn logistic(eta: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-eta))
}

/// `ln logistic(eta)`, without overflow.
fn log_logistic(eta: f64) -> f64 {
    eta.min(0.0) - libm::log1p(libm::exp(-eta.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::random::{Random, Stream};

    fn column(counts: &[(f64, usize, usize)]) -> Vec<Count> {
        counts.iter().map(|&(place, trials, successes)| Count { place, trials, successes }).collect()
    }

    #[test]
    fn the_score_vanishes_at_the_fit() {
        let column = column(&[(-1.0, 20, 19), (-0.5, 20, 15), (0.0, 20, 11), (0.5, 20, 4), (1.0, 20, 1)]);
        let fit = Fit::of(&column);
        // By finite differences of the penalised likelihood, which the score must be the gradient of.
        let along = |da: f64, db: f64| Fit::at(&column, (fit.at.0 + da, fit.at.1 + db)).likelihood;
        for (da, db) in [(1e-4, 0.0), (0.0, 1e-4)] {
            let slope = (along(da, db) - along(-da, -db)) / 2e-4;
            assert!(slope.abs() < 1e-7, "{slope}");
            assert!(along(da, db) < fit.likelihood && along(-da, -db) < fit.likelihood);
        }
    }

    #[test]
    fn a_table_of_two_has_a_closed_form() {
        // With as many parameters as groups, Firth's estimate adds half a success and half a failure to each group.
        let crossing = crossing(&column(&[(3.0, 10, 8), (5.0, 20, 5)])).unwrap();
        let logit = |s: f64, n: f64| libm::log((s + 0.5) / (n - s + 0.5));
        let (at_3, at_5) = (logit(8.0, 10.0), logit(5.0, 20.0));
        assert!((crossing.place - (3.0 + 2.0 * at_3 / (at_3 - at_5))).abs() < 1e-8, "{crossing:?}");
        assert!((crossing.slope.unwrap() - (at_5 - at_3) / 2.0).abs() < 1e-8);
    }

    #[test]
    fn the_band_holds_the_crossing_as_often_as_it_says() {
        let (draws, truth, slope) = (400, 0.47, -30.0);
        let mut random = Random::new(11, Stream::Probe);
        let mut held = 0;
        let mut slopes = 0.0;
        for _ in 0..draws {
            let counts: Vec<_> = (0..17)
                .map(|j| {
                    let place = 0.05 + 0.9 * f64::from(j) / 16.0;
                    let rate = logistic(slope * (place - truth));
                    let successes = (0..25).filter(|_| random.uniform() < rate).count();
                    Count { place, trials: 25, successes }
                })
                .collect();
            let crossing = crossing(&counts).unwrap();
            assert!((crossing.place - truth).abs() < 0.05);
            held += usize::from((crossing.low..=crossing.high).contains(&truth));
            slopes += crossing.slope.unwrap() / f64::from(draws);
        }
        // 95 % of 400, less and more four standard deviations of 4.4.
        assert!((362..=398).contains(&held), "{held}");
        assert!((slopes / slope - 1.0).abs() < 0.05, "{slopes}");
    }

    #[test]
    fn separable_columns_have_a_crossing_in_the_gap() {
        for (low_wins, n) in [(true, 1), (true, 20), (false, 20), (true, 10_000)] {
            let wins = |j: usize| if (j < 4) == low_wins { n } else { 0 };
            let counts: Vec<_> = (0..9).map(|j| (j as f64, n, wins(j))).collect();
            let crossing = crossing(&column(&counts)).unwrap();
            assert!((3.0..=4.0).contains(&crossing.place), "{crossing:?}");
            assert!(crossing.low <= 3.0 && crossing.high >= 4.0 && crossing.slope.is_none(), "{crossing:?}");
            assert!(crossing.low > 0.0 && crossing.high < 8.0 || n == 1, "{crossing:?}");
        }
        // One mixed cell between pure ones: no finite likelihood estimate, either.
        let mixed = crossing(&column(&[(0.0, 9, 9), (1.0, 9, 9), (2.0, 9, 5), (3.0, 9, 0), (4.0, 9, 0)])).unwrap();
        assert!((mixed.place - 2.0).abs() < 0.3 && mixed.low <= 2.0 && mixed.high >= 2.0, "{mixed:?}");
        assert_eq!(mixed.slope, None);
    }

    #[test]
    fn columns_without_a_crossing_have_none() {
        assert_eq!(crossing(&[]), None);
        assert_eq!(crossing(&column(&[(0.0, 5, 0), (1.0, 5, 0)])), None);
        assert_eq!(crossing(&column(&[(0.0, 5, 5), (1.0, 5, 5)])), None);
        assert_eq!(crossing(&column(&[(0.0, 5, 2), (1.0, 0, 0)])), None);
        assert_eq!(crossing(&column(&[(0.0, 50, 45), (1.0, 50, 40), (2.0, 50, 35)])), None);
        assert_eq!(crossing(&column(&[(0.0, 10, 5), (1.0, 10, 5)])), None);
    }
}
