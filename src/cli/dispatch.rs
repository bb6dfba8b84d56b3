//! `pursuit dispatch` and `pursuit trials`: the two ends of a sweep that another program spreads over machines.
//!
//! Between them that program moves lines of JSON and needs to understand none of the numbers:
//!
//! ```text
//! dispatch > {"files": ["A.csv"], "trials": 0}           names in the Spec, relative to the sweep; what is there already
//! dispatch > {"tasks": [[0, 0], [4, 0], ...]}            a round: what is missing, as [cell, trial]
//! trials   < [[0, 0], [4, 0]]                            a batch of them
//! trials   > {"cell": 0, "trial": 0, "runs": [...]}      a record each, in the batch's order
//! dispatch < {"cell": 0, "trial": 0, "runs": [...]}      records in any order, more than once if need be
//! dispatch > {"report": "..."}                           when no round is left; an adaptive sweep has several
//! ```

use super::Answer;
use super::files::{self, Folder};
use super::sweeping::{Keeping, Sweeping};
use crate::contract::{Complaint, Files};
use crate::labs::registry;
use crate::sweep::{Record, Sweep, Task};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// What to sweep, and where to keep it.
#[derive(clap::Args)]
pub struct Dispatching {
    /// The sweep, a JSON file; files that its Spec names are beside it.
    sweep: PathBuf,
    #[command(flatten)]
    keeping: Keeping,
}

/// Which sweep the trials are of.
#[derive(clap::Args)]
pub struct Running {
    /// The sweep, a JSON file; files that its Spec names are beside it.
    sweep: PathBuf,
}

/// Hands out what is missing and keeps what comes back.
///
/// # Errors
/// When the sweep or the folder cannot be used, or the records are not this sweep's or end too early.
pub fn dispatch(arguments: &Dispatching) -> Result<Answer, Complaint> {
    let keeping = &arguments.keeping;
    let (sweep, folder) = keeping.read(&arguments.sweep)?;
    let files = Noted { folder, names: RefCell::default() };
    sweep.probe(&files)?;
    let mut sweeping = Sweeping::open(&keeping.out, &sweep, keeping.resume)?;
    say(&json!({"files": files.names.into_inner(), "trials": sweeping.trials()}))?;
    let mut records = files::lines(std::io::stdin().lock());
    loop {
        let tasks = if keeping.adaptive { sweeping.uncertain()? } else { sweeping.missing((1, 1)) };
        if tasks.is_empty() {
            let Answer { text, code } = sweeping.conclude()?;
            return Ok(Answer { text: format!("{}\n", json!({"report": text})), code });
        }
        let enough = sweeping.trials() + tasks.len();
        say(&json!({"tasks": tasks.iter().map(|task| [task.cell, task.trial]).collect::<Vec<_>>()}))?;
        while sweeping.trials() < enough {
            let Some(line) = records.next() else {
                let missing = enough - sweeping.trials();
                sweeping.conclude()?;
                return Err(blame(Complaint::new(
                    "",
                    format!("ended with {missing} trials missing; --resume goes on"),
                )));
            };
            line.and_then(|line| sweeping.take(record(&line)?)).map_err(blame)?;
        }
    }
}

/// Runs the trials that come on the standard input, a batch a line.
///
/// # Errors
/// When the sweep cannot be used, or a batch is none of this sweep's.
pub fn trials(arguments: &Running) -> Result<Answer, Complaint> {
    let (text, folder) = files::spec(&arguments.sweep)?;
    let sweep = Sweep::parse(&text, registry())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in files::lines(std::io::stdin().lock()) {
        for task in line.and_then(|line| batch(&line, &sweep)).map_err(blame)? {
            writeln!(out, "{}", sweep.trial(task, &folder).json()).map_err(writing)?;
        }
        out.flush().map_err(writing)?;
    }
    Ok(Answer { text: String::new(), code: 0 })
}

fn record(line: &[u8]) -> Result<Record, Complaint> {
    Record::read(&serde_json::from_slice(line).unwrap_or_default())
}

fn batch(line: &[u8], sweep: &Sweep<'_>) -> Result<Vec<Task>, Complaint> {
    let pairs: Vec<(usize, usize)> = serde_json::from_slice(line).unwrap_or_default();
    let tasks: Vec<Task> = pairs.into_iter().map(|(cell, trial)| Task { cell, trial }).collect();
    if tasks.is_empty() || tasks.iter().any(|task| !sweep.has(*task)) {
        return Err(Complaint::new("", "takes batches of this sweep's [cell, trial], such as [[0,0],[4,0]]"));
    }
    Ok(tasks)
}

/// A complaint about what came in; one that has a field is about something else, such as a full disk.
fn blame(complaint: Complaint) -> Complaint {
    if complaint.field.is_empty() { complaint.within("the standard input") } else { complaint }
}

fn writing(error: std::io::Error) -> Complaint {
    Complaint::new("", format!("cannot write to the standard output: {error}"))
}

/// A line to the program that listens; it must not wait in a buffer.
fn say(value: &Value) -> Result<(), Complaint> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{value}").and_then(|()| out.flush()).map_err(writing)
}

/// A folder that notes which of its files are read.
struct Noted {
    folder: Folder,
    names: RefCell<BTreeSet<String>>,
}

impl Files for Noted {
    fn read(&self, path: &str) -> Result<Vec<u8>, Complaint> {
        self.names.borrow_mut().insert(path.to_owned());
        self.folder.read(path)
    }
}
