//! A sweep on its way, in its folder: what is missing, what is found, what is told at the end.

use super::Answer;
use super::files::{self, Folder};
use super::listing::aligned;
use super::store::Store;
use crate::contract::{Complaint, id_of};
use crate::labs::registry;
use crate::sweep::{Fate, Record, Sweep, Tally, Task, contours, plan};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where to keep a sweep, and how to go on with it.
#[derive(clap::Args)]
pub struct Keeping {
    /// The folder for tallies.jsonl, to which every trial is added as it ends, and result.json.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Go on with the sweep in the folder.
    #[arg(long)]
    pub resume: bool,
    /// Spend trials where the success rate may be 50 %, up to the sweep's number of trials a cell.
    #[arg(long)]
    pub adaptive: bool,
}

impl Keeping {
    /// The sweep at `path`, with all of its cells checked, and the files beside it.
    ///
    /// # Errors
    /// When the sweep cannot be used.
    pub fn read(&self, path: &Path) -> Result<(Sweep<'static>, Folder), Complaint> {
        let (text, folder) = files::spec(path)?;
        let sweep = Sweep::parse(&text, registry())?;
        if self.adaptive {
            plan::adaptive(&sweep, &Tally::new(&sweep))?;
        }
        Ok((sweep, folder))
    }
}

/// How often `result.json` is written while trials run.
const EVERY: Duration = Duration::from_secs(10);

/// A sweep on its way.
pub struct Sweeping<'s> {
    sweep: &'s Sweep<'s>,
    tally: Tally,
    store: Store,
    written: Instant,
}

impl<'s> Sweeping<'s> {
    /// A sweep in its folder, with what is there already. Without `resume` nothing may be there.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(folder: &Path, sweep: &'s Sweep<'s>, resume: bool) -> Result<Self, Complaint> {
        let (store, tally) = Store::open(folder, sweep, resume)?;
        Ok(Self { sweep, tally, store, written: Instant::now() })
    }

    /// Number of trials that are there.
    pub fn trials(&self) -> usize {
        self.tally.trials()
    }

    /// The tasks of part `(i, k)` that are missing; empty when it is done.
    pub fn missing(&self, (part, of): (usize, usize)) -> Vec<Task> {
        plan::all(self.sweep).skip(part - 1).step_by(of).filter(|task| !self.tally.has(*task)).collect()
    }

    /// The tasks of an adaptive sweep's next round; empty when it is done.
    ///
    /// # Errors
    /// As [`plan::adaptive`].
    pub fn uncertain(&self) -> Result<Vec<Task>, Complaint> {
        plan::adaptive(self.sweep, &self.tally)
    }

    /// Keeps a record, and from time to time `result.json`.
    ///
    /// # Errors
    /// When it is no record of this sweep, or the folder cannot be written.
    pub fn take(&mut self, record: Record) -> Result<(), Complaint> {
        let before = self.tally.trials();
        self.tally.add(record.clone())?;
        if self.tally.trials() > before {
            self.store.append(&record)?;
        }
        if self.written.elapsed() > EVERY {
            self.store.conclude(self.sweep, &self.tally)?;
            self.written = Instant::now();
        }
        Ok(())
    }

    /// Writes `result.json` and tells the contours.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn conclude(self) -> Result<Answer, Complaint> {
        self.store.conclude(self.sweep, &self.tally)?;
        Ok(Answer { text: self.report(), code: self.code() })
    }

    /// As `pursuit run` on the best trial of each method: 0 where some converged, 3 where at best the budget ended one.
    fn code(&self) -> u8 {
        let code = |fate| match fate {
            Fate::Converged => 0,
            Fate::Budget => 3,
            Fate::Diverged | Fate::Failed | Fate::Refused => 4,
        };
        let best = |method| {
            let cells = 0..self.sweep.cells.len();
            let outcomes = cells.flat_map(move |cell| self.tally.outcomes(cell, method, usize::MAX));
            outcomes.map(|run| code(run.fate)).min().unwrap_or(0)
        };
        (0..self.sweep.spec.spec.methods.len()).map(best).max().unwrap_or(0)
    }

    /// The contours as tables, and the digest.
    fn report(&self) -> String {
        let Self { sweep, tally, .. } = self;
        let short = |value: f64| format!("{value:.4}");
        let mut text = String::new();
        for (i, method) in sweep.spec.spec.methods.iter().enumerate() {
            let contour = contours(sweep, tally, i);
            if sweep.spec.metric.counts() {
                let columns = sweep.spec.x.steps;
                text += &format!("{}: success at 50 % in {} of {columns} columns\n", id_of(method), contour.len());
            }
            let head = ["  x", "y", "low", "high", "width"].map(str::to_owned).to_vec();
            let rows = contour.iter().map(|point| {
                let width = point.width.map_or("-".to_owned(), short);
                vec![format!("  {}", short(point.x)), short(point.y), short(point.low), short(point.high), width]
            });
            if !contour.is_empty() {
                text += &aligned(std::iter::once(head).chain(rows).collect());
            }
        }
        text + &format!("{} trials in {} cells, digest {}\n", tally.trials(), sweep.cells.len(), tally.digest())
    }
}
