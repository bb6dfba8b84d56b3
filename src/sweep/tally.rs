//! What has been found so far: every trial's outcome, by cell.
//!
//! A tally keeps each trial under its number and sums nothing until it is read, in the order of the numbers. So a
//! union of tallies is the same to the last bit in any order, a trial that ran twice counts once, and what is
//! missing is known exactly. It costs 16 bytes a run.

use super::{Sweep, Task};
use crate::contract::{Complaint, Ending, Values, digest};
use crate::sweep::spec::MAX_TRIALS;
use serde_json::{Value, json};

/// How a run of a trial ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// By the method's own test.
    Converged,
    /// All steps were spent.
    Budget,
    /// The iterates grew without bound.
    Diverged,
    /// The method could not go on.
    Failed,
    /// There was nothing to start on.
    Refused,
}

impl Fate {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Fate; 5] = [Fate::Converged, Fate::Budget, Fate::Diverged, Fate::Failed, Fate::Refused];

    /// The fate that an ending is.
    pub(super) fn of(ending: &Ending) -> Self {
        match ending {
            Ending::Converged(_) => Fate::Converged,
            Ending::Budget => Fate::Budget,
            Ending::Diverged(_) => Fate::Diverged,
            Ending::Failed(_) => Fate::Failed,
        }
    }

    /// One word.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Converged => "converged",
            Fate::Budget => "budget",
            Fate::Diverged => "diverged",
            Fate::Failed => "failed",
            Fate::Refused => "refused",
        }
    }
}

/// How one method did in one trial.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// How it ended.
    pub fate: Fate,
    /// The number that the metric keeps: a relative error, a count of iterations. Finite, or the one NaN.
    pub value: f64,
}

impl Outcome {
    /// Nothing could start.
    pub const REFUSED: Self = Self { fate: Fate::Refused, value: f64::NAN };

    /// An outcome; a value that is not finite becomes the one NaN that JSON writes as `null`.
    pub fn new(fate: Fate, value: f64) -> Self {
        Self { fate, value: if value.is_finite() { value } else { f64::NAN } }
    }

    fn same(&self, other: &Self) -> bool {
        self.fate == other.fate && self.value.to_bits() == other.value.to_bits()
    }
}

/// The outcomes of one trial, a method each.
#[derive(Clone, Debug)]
pub struct Record {
    /// The cell's number.
    pub cell: usize,
    /// The trial's number within the cell.
    pub trial: usize,
    /// One outcome a method.
    pub runs: Vec<Outcome>,
}

impl Record {
    /// `{"cell": 5, "trial": 3, "runs": [["converged", 1.2e-16], ...]}`; `null` for a value that is not finite.
    pub fn json(&self) -> Value {
        let runs = self.runs.iter().map(|run| json!([run.fate.word(), run.value]));
        json!({"cell": self.cell, "trial": self.trial, "runs": runs.collect::<Value>()})
    }

    /// The same from JSON.
    ///
    /// # Errors
    /// When it is not a record.
    pub fn read(value: &Value) -> Result<Self, Complaint> {
        let parts = || {
            let whole = |name: &str| value.get(name)?.as_f64().filter(|n| n.fract() == 0.0 && (0.0..1e9).contains(n));
            let run = |run: &Value| {
                let [word, value] = run.as_array()?.as_slice() else { return None };
                let fate = Fate::ALL.into_iter().find(|fate| word == fate.word())?;
                let value = if value.is_null() { f64::NAN } else { value.as_f64()? };
                Some(Outcome::new(fate, value))
            };
            let runs = value.get("runs")?.as_array()?.iter().map(run).collect::<Option<_>>()?;
            Some(Self { cell: whole("cell")? as usize, trial: whole("trial")? as usize, runs })
        };
        parts().ok_or_else(|| {
            Complaint::new("", "takes records such as {\"cell\":0,\"trial\":0,\"runs\":[[\"converged\",0]]}")
        })
    }
}

/// The outcomes of one trial, or nothing yet.
type Slot = Option<Box<[Outcome]>>;

/// All outcomes so far.
#[derive(Clone, Debug)]
pub struct Tally {
    methods: usize,
    cells: Vec<Vec<Slot>>,
    trials: usize,
}

impl Tally {
    /// No outcomes yet.
    pub fn new(sweep: &Sweep<'_>) -> Self {
        Self { methods: sweep.spec.spec.methods.len(), cells: vec![Vec::new(); sweep.cells.len()], trials: 0 }
    }

    /// Adds a trial. One that is there already changes nothing.
    ///
    /// # Errors
    /// When there is no such cell, trial or number of methods, or when the trial is there with another outcome: then
    /// one of the two was not computed by this build from this sweep.
    pub fn add(&mut self, record: Record) -> Result<(), Complaint> {
        let Record { cell, trial, runs } = record;
        if cell >= self.cells.len() || trial >= MAX_TRIALS || runs.len() != self.methods {
            let message = format!("has no trial {trial} of cell {cell} with {} methods", runs.len());
            return Err(Complaint::new("", format!("the sweep {message}")));
        }
        let slots = &mut self.cells[cell];
        if slots.len() <= trial {
            slots.resize_with(trial + 1, || None);
        }
        match &slots[trial] {
            None => {
                slots[trial] = Some(runs.into());
                self.trials += 1;
                Ok(())
            }
            Some(known) if known.iter().zip(&runs).all(|(a, b)| a.same(b)) => Ok(()),
            Some(_) => Err(Complaint::new("", format!("trial {trial} of cell {cell} has two different outcomes"))),
        }
    }

    /// Adds all trials of another tally of the same sweep: their union, whatever the order.
    ///
    /// # Errors
    /// As [`Tally::add`].
    pub fn merge(&mut self, other: &Self) -> Result<(), Complaint> {
        other.records().try_for_each(|record| self.add(record))
    }

    /// All trials, by cell and number.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        self.cells.iter().enumerate().flat_map(|(cell, slots)| {
            let known = slots.iter().enumerate().filter_map(|(trial, slot)| Some((trial, slot.as_ref()?)));
            known.map(move |(trial, runs)| Record { cell, trial, runs: runs.to_vec() })
        })
    }

    /// Number of trials in all cells.
    pub fn trials(&self) -> usize {
        self.trials
    }

    /// Whether a trial has been run.
    pub fn has(&self, task: Task) -> bool {
        self.cells[task.cell].get(task.trial).is_some_and(Option::is_some)
    }

    /// The outcomes of a trial, a method each, if it has been run.
    pub fn get(&self, cell: usize, trial: usize) -> Option<&[Outcome]> {
        self.cells[cell].get(trial)?.as_deref()
    }

    /// One more than the last trial of a cell.
    pub fn len(&self, cell: usize) -> usize {
        self.cells[cell].len()
    }

    /// How a method did in a cell, by the trials' numbers; only those below `limit`.
    pub fn outcomes(&self, cell: usize, method: usize, limit: usize) -> impl Iterator<Item = Outcome> + '_ {
        self.cells[cell].iter().take(limit).flatten().map(move |runs| runs[method])
    }

    /// A fingerprint of all outcomes: equal bits in the same cells and trials, equal digest.
    pub fn digest(&self) -> String {
        // Numbers below 2^53 are exact as doubles, and a NaN is always the same one.
        let mut numbers = vec![self.methods as f64, self.cells.len() as f64];
        for Record { cell, trial, runs } in self.records() {
            numbers.extend([cell as f64, trial as f64]);
            numbers.extend(runs.iter().flat_map(|run| [f64::from(run.fate as u8), run.value]));
        }
        digest(&Values::lend(&numbers))
    }
}
