//! The only loop around a run.

use super::{Run, Status};

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// The method's own test held; the text says which.
    Converged(String),
    /// All allowed steps were spent first.
    Budget,
    /// The iterates grew without bound.
    Diverged(String),
    /// The method could not go on.
    Failed(String),
}

impl Ending {
    /// The ending that a status means, if it means one.
    pub fn of(status: Status) -> Option<Self> {
        match status {
            Status::Inner | Status::Running => None,
            Status::Converged(test) => Some(Ending::Converged(test)),
            Status::Diverged(sign) => Some(Ending::Diverged(sign)),
            Status::Failed(cause) => Some(Ending::Failed(cause)),
        }
    }

    /// One word: `converged`, `budget`, `diverged` or `failed`.
    pub fn word(&self) -> &'static str {
        match self {
            Ending::Converged(_) => "converged",
            Ending::Budget => "budget",
            Ending::Diverged(_) => "diverged",
            Ending::Failed(_) => "failed",
        }
    }

    /// Which test, sign or cause; empty when the budget ended the run.
    pub fn reason(&self) -> &str {
        match self {
            Ending::Converged(text) | Ending::Diverged(text) | Ending::Failed(text) => text,
            Ending::Budget => "",
        }
    }
}

/// Steps `run` to its end, at most `max_steps` outer steps, and shows it to `watch` after each:
/// `watch(outer step, status, run)`. Returns the ending and the number of outer steps.
pub fn drive(run: &mut dyn Run, max_steps: usize, mut watch: impl FnMut(usize, &Status, &dyn Run)) -> (Ending, usize) {
    let mut steps = 0;
    loop {
        if steps >= max_steps {
            return (Ending::Budget, steps);
        }
        let status = run.step();
        if status != Status::Inner {
            steps += 1;
        }
        watch(steps, &status, run);
        if let Some(ending) = Ending::of(status) {
            return (ending, steps);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Observation, Values};
    use std::borrow::Cow;

    /// Returns the statuses of a script, one a step, and `Running` for ever after its end.
    struct Scripted {
        script: Vec<Status>,
        steps: usize,
    }

    impl Run for Scripted {
        fn step(&mut self) -> Status {
            self.steps += 1;
            self.script.get(self.steps - 1).cloned().unwrap_or(Status::Running)
        }

        fn observe(&self) -> Observation<'_> {
            Observation {
                estimate: Values::give(vec![self.steps as f64]),
                support: Cow::Borrowed(&[]),
                traces: Vec::new(),
                panels: Vec::new(),
                events: Vec::new(),
                products: 0.0,
            }
        }
    }

    /// The ending, the outer steps, all steps, and what `watch` was shown.
    fn driven(script: &[Status], most: usize) -> (Ending, usize, usize, Vec<(usize, Status)>) {
        let mut run = Scripted { script: script.to_vec(), steps: 0 };
        let mut shown = Vec::new();
        let (ending, outer) = drive(&mut run, most, |step, status, run| {
            let Values::Real(estimate) = run.observe().estimate else { unreachable!() };
            assert_eq!(estimate[0], shown.len() as f64 + 1.0, "shown once after each step");
            shown.push((step, status.clone()));
        });
        (ending, outer, run.steps, shown)
    }

    #[test]
    fn the_budget_ends_a_run_that_does_not() {
        let (ending, outer, steps, _) = driven(&[], 5);
        assert_eq!((ending, outer, steps), (Ending::Budget, 5, 5));
        let (ending, outer, steps, shown) = driven(&[Status::Failed("never reached".into())], 0);
        assert_eq!((ending, outer, steps, shown), (Ending::Budget, 0, 0, Vec::new()));
    }

    #[test]
    fn inner_steps_cost_nothing_and_are_shown_with_the_outer_steps_done() {
        use Status::{Inner, Running};
        let (ending, outer, steps, shown) = driven(&[Inner, Inner, Running, Inner, Running, Inner], 2);
        assert_eq!((ending, outer, steps), (Ending::Budget, 2, 5));
        assert_eq!(shown, [(0, Inner), (0, Inner), (1, Running), (1, Inner), (2, Running)]);
    }

    #[test]
    fn a_verdict_ends_the_run_and_counts_as_a_step() {
        for (status, word) in [
            (Status::Converged("gap".into()), "converged"),
            (Status::Diverged("growth".into()), "diverged"),
            (Status::Failed("cause".into()), "failed"),
        ] {
            let (ending, outer, steps, shown) = driven(&[Status::Running, status.clone(), Status::Running], 2);
            assert_eq!((ending.word(), outer, steps), (word, 2, 2));
            assert_eq!(shown.last(), Some(&(2, status.clone())));
            assert_eq!(Some(ending), Ending::of(status));
        }
    }

    #[test]
    fn an_ending_keeps_its_reason() {
        assert_eq!(Ending::Converged("gap 1e-9".into()).reason(), "gap 1e-9");
        assert_eq!(Ending::Budget.reason(), "");
        assert_eq!(Ending::of(Status::Inner), None);
        assert_eq!(Ending::of(Status::Running), None);
    }
}
