//! Which trials to run next: a rough picture first, then more of it; or more only where it is uncertain.

use super::contour::{Count, Crossing, crossing};
use super::{Sweep, Tally, wilson};
use crate::contract::Complaint;

/// One trial of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Task {
    /// The cell's number.
    pub cell: usize,
    /// The trial's number within the cell.
    pub trial: usize,
}

/// All cells from coarse to fine: first those on the widest grid of a power of two, then those that halve it, ...
pub fn coarse_to_fine(sweep: &Sweep<'_>) -> Vec<usize> {
    let (across, up) = (sweep.spec.x.steps, sweep.spec.y.steps);
    // How often an index can be halved is the grid that it is on; 0 is on all of them.
    let level = |cell: usize| (cell % across).trailing_zeros().min((cell / across).trailing_zeros());
    let mut cells: Vec<usize> = (0..across * up).collect();
    cells.sort_by_key(|&cell| std::cmp::Reverse(level(cell)));
    cells
}

/// All tasks: the first trial of every cell from coarse to fine, then the second, ...
pub fn all(sweep: &Sweep<'_>) -> impl Iterator<Item = Task> {
    let cells = coarse_to_fine(sweep);
    (0..sweep.spec.trials).flat_map(move |trial| cells.clone().into_iter().map(move |cell| Task { cell, trial }))
}

/// Trials of every cell in the coarse pass. With two, the six trials of three neighbours can settle a cell.
const COARSE: usize = 2;

/// A column is settled when its 95 % band is at most this many cells wide.
const SETTLED: f64 = 0.5;

/// The next round of an adaptive sweep; empty when it is done.
///
/// After a coarse pass over all cells, trials go where the Wilson interval of the success rate straddles 50 %, half as
/// many again a round, until the 50 % point of the column is known within half a cell or the cell has all its trials.
/// A cell's interval is that of itself and its two neighbours in the column together. Cells next to a fitted 50 % point
/// that is not known well go on, too: where the curve is not quite logistic, cells far away would draw it. What to do next is worked out
/// anew from the start, from the trials that the rounds before asked for: it is the same whatever else is in the
/// tally, on any number of workers, and after a stop in mid-round.
///
/// # Errors
/// When the metric counts no successes.
pub fn adaptive(sweep: &Sweep<'_>, tally: &Tally) -> Result<Vec<Task>, Complaint> {
    if !sweep.spec.metric.counts() {
        return Err(Complaint::new("metric", "takes success or exact_support where trials go to the transition"));
    }
    let order = coarse_to_fine(sweep);
    let mut wanted = vec![COARSE.min(sweep.spec.trials); sweep.cells.len()];
    loop {
        let tasks = order.iter().flat_map(|&cell| (0..wanted[cell]).map(move |trial| Task { cell, trial }));
        let missing: Vec<Task> = tasks.filter(|task| !tally.has(*task)).collect();
        if !missing.is_empty() {
            return Ok(missing);
        }
        let more = uncertain(sweep, tally, &wanted);
        if more.is_empty() {
            return Ok(Vec::new());
        }
        for cell in more {
            wanted[cell] = (wanted[cell] + wanted[cell].div_ceil(2)).min(sweep.spec.trials);
        }
    }
}

/// The cells that need more trials, given that each has had `wanted` of them.
fn uncertain(sweep: &Sweep<'_>, tally: &Tally, wanted: &[usize]) -> Vec<usize> {
    let (across, methods, step) = (sweep.spec.x.steps, sweep.spec.spec.methods.len(), sweep.spec.y.step());
    let mut more = Vec::new();
    for column in 0..across {
        let counts: Vec<_> = (0..methods).map(|i| sweep.column(tally, i, column, |cell| wanted[cell])).collect();
        let fits = counts.into_iter().map(|counts| (crossing(&counts), counts));
        let open: Vec<_> =
            fits.filter(|(fit, _)| !fit.is_some_and(|fit| fit.high - fit.low <= SETTLED * step)).collect();
        for j in 0..sweep.spec.y.steps {
            let cell = j * across + column;
            let is_open =
                open.iter().any(|(fit, counts)| straddles(counts, j) || is_next_to(*fit, counts[j].place, step));
            if wanted[cell] < sweep.spec.trials && is_open {
                more.push(cell);
            }
        }
    }
    more
}

/// Whether a cell is next to a 50 % point. Where the transition is narrower than a cell, more trials tell no more.
fn is_next_to(fit: Option<Crossing>, place: f64, step: f64) -> bool {
    fit.is_some_and(|fit| fit.slope.is_some() && (fit.place - place).abs() <= step)
}

/// Whether the rate at cell `j` and its neighbours may be on either side of 50 %.
fn straddles(column: &[Count], j: usize) -> bool {
    let first = j.saturating_sub(1).min(column.len().saturating_sub(3));
    let near = &column[first..column.len().min(first + 3)];
    let (trials, successes) = near.iter().fold((0, 0), |(n, s), count| (n + count.trials, s + count.successes));
    let (low, high) = wilson::interval(successes, trials);
    low < 0.5 && high > 0.5
}
