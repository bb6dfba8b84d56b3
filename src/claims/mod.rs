//! Claims, checked: what a paper says, measured at the lab's scale.
//!
//! A [`Check`] hands out [`Job`]s, each of which depends on nothing but the claim, so they run in any order on any number of
//! threads or in a tab; their [`Finding`]s go back to it, and in the end it says what was measured and whether the
//! claim holds. Tests, the command line and the page's "show me" all go this way.

mod diagrams;
mod trials;

use crate::contract::{Bound, Claim, Complaint, Experiment, Registry};
use crate::sweep::{Record, Task};
use diagrams::Diagrams;
use trials::Trials;

/// How much work goes into a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// All that the claim asks for.
    Full,
    /// Fewer trials and smaller diagrams, for the ordinary tests.
    Reduced,
}

/// A piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// A trial of the Spec, by its number.
    Trial(usize),
    /// A trial of a diagram, by the diagram's number.
    Cell(usize, Task),
}

/// What a job found.
#[derive(Clone, Debug)]
pub enum Finding {
    /// Of a trial of the Spec: its number, and what was measured in it.
    Trial(usize, Vec<f64>),
    /// Of a trial of a diagram: the diagram's number, and the outcome.
    Cell(usize, Record),
}

/// A claim on its way to a verdict.
pub struct Check<'r> {
    kind: Kind<'r>,
    bound: Bound,
}

enum Kind<'r> {
    Trials(Trials<'r>),
    Diagrams(Diagrams<'r>),
}

impl<'r> Check<'r> {
    /// Reads what the claim rests on.
    ///
    /// # Errors
    /// When its Spec, sweep or patches cannot be used.
    pub fn new(claim: &'static Claim, effort: Effort, registry: &'r Registry) -> Result<Self, Complaint> {
        let reduced = effort == Effort::Reduced;
        Ok(match claim.experiment {
            Experiment::Trials { spec, trials, measure } => {
                let trials = if reduced { trials.min(trials::REDUCED) } else { trials };
                Self { kind: Kind::Trials(Trials::new(spec, trials, measure, registry)?), bound: claim.bound }
            }
            Experiment::Diagrams { sweep, measure, reduced: smaller } => {
                let (patch, bound) = if reduced { (Some(smaller.patch), smaller.bound) } else { (None, claim.bound) };
                Self { kind: Kind::Diagrams(Diagrams::new(sweep, patch, measure, registry)?), bound }
            }
        })
    }

    /// The jobs that are known to be left. When all of their findings are there, there may be more; none means done.
    pub fn next(&self) -> Vec<Job> {
        match &self.kind {
            Kind::Trials(trials) => trials.next(),
            Kind::Diagrams(diagrams) => diagrams.next(),
        }
    }

    /// Does a job. It leaves the check as it is.
    ///
    /// # Errors
    /// When the problem cannot be drawn, a method does not start, or nobody tells what is to be measured.
    pub fn run(&self, job: Job) -> Result<Finding, Complaint> {
        match (&self.kind, job) {
            (Kind::Trials(trials), Job::Trial(trial)) => Ok(Finding::Trial(trial, trials.run(trial)?)),
            (Kind::Diagrams(diagrams), Job::Cell(diagram, task)) => {
                Ok(Finding::Cell(diagram, diagrams.run(diagram, task)))
            }
            _ => Err(Complaint::new("", "the job is of another claim")),
        }
    }

    /// Takes a finding back.
    ///
    /// # Errors
    /// When it is of another claim.
    pub fn add(&mut self, finding: Finding) -> Result<(), Complaint> {
        match (&mut self.kind, finding) {
            (Kind::Trials(trials), Finding::Trial(trial, numbers)) => trials.add(trial, numbers),
            (Kind::Diagrams(diagrams), Finding::Cell(diagram, record)) => diagrams.add(diagram, record),
            _ => Err(Complaint::new("", "the finding is of another claim")),
        }
    }

    /// The number that the claim is about, from the findings so far; NaN while they tell nothing.
    pub fn measured(&self) -> f64 {
        match &self.kind {
            Kind::Trials(trials) => trials.measured(),
            Kind::Diagrams(diagrams) => diagrams.measured(),
        }
    }

    /// What it has to keep.
    pub fn bound(&self) -> Bound {
        self.bound
    }

    /// Whether what was measured keeps the bound.
    pub fn holds(&self) -> bool {
        self.bound.holds(self.measured())
    }
}
