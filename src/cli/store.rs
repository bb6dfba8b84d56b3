//! A sweep's folder: `tallies.jsonl`, to which every trial is appended as it ends, and `result.json`.
//!
//! The first line of the tallies is the sweep; a later one like it raises the number of trials. A process that is
//! killed leaves at most one line cut short, which the next reader drops.

use super::files::lines;
use crate::contract::{Complaint, Registry};
use crate::sweep::{Record, Sweep, Tally, result};
use serde_json::{Value, json};
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};

const TALLIES: &str = "tallies.jsonl";
const RESULT: &str = "result.json";

/// A folder that is written to.
pub struct Store {
    folder: PathBuf,
    tallies: File,
}

/// What a folder has.
pub struct Held<'r> {
    /// The sweep, with the largest number of trials that was asked for.
    pub sweep: Sweep<'r>,
    /// Its trials.
    pub tally: Tally,
    /// Bytes of whole lines.
    length: u64,
}

impl Store {
    /// Opens the folder for `sweep` and returns what is there already. Without `resume` nothing may be there.
    ///
    /// # Errors
    /// When the folder has a sweep that may not be gone on with, or cannot be read or written.
    pub fn open(folder: &Path, sweep: &Sweep<'_>, resume: bool) -> Result<(Self, Tally), Complaint> {
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let path = folder.join(TALLIES);
        let occupied = fs::metadata(&path).is_ok_and(|file| file.len() > 0);
        if occupied && !resume {
            let message = format!("{} holds a sweep already; --resume goes on with it", folder.display());
            return Err(Complaint::new("--out", message));
        }
        let held = if occupied { read(folder, sweep.registry)? } else { None };
        if let Some(held) = &held
            && !held.sweep.spec.same_draws(&sweep.spec, sweep.registry)
        {
            let message = format!("{} holds another sweep; only the number of trials may differ", folder.display());
            return Err(Complaint::new("--out", message));
        }
        let options = OpenOptions::new().create(true).append(true).open(&path);
        let tallies = options.map_err(|error| unwritable(&path, &error))?;
        let length = held.as_ref().map_or(0, |held| held.length);
        tallies.set_len(length).map_err(|error| unwritable(&path, &error))?;
        let mut store = Self { folder: folder.to_owned(), tallies };
        if held.as_ref().is_none_or(|held| held.sweep.spec.trials < sweep.spec.trials) {
            store.line(&json!({"v": 1, "sweep": sweep.spec.canonical(sweep.registry)}))?;
        }
        Ok((store, held.map_or_else(|| Tally::new(sweep), |held| held.tally)))
    }

    /// Appends a trial. It is in the operating system's hands when this returns, so that a kill does not lose it.
    ///
    /// # Errors
    /// When the disk is full or the file is gone.
    pub fn append(&mut self, record: &Record) -> Result<(), Complaint> {
        self.line(&record.json())
    }

    fn line(&mut self, value: &Value) -> Result<(), Complaint> {
        let written = self.tallies.write_all(format!("{value}\n").as_bytes());
        written.map_err(|error| unwritable(&self.folder.join(TALLIES), &error))
    }

    /// Writes `result.json` anew, whole or not at all.
    ///
    /// # Errors
    /// When the disk is full or the folder is gone.
    pub fn conclude(&self, sweep: &Sweep<'_>, tally: &Tally) -> Result<(), Complaint> {
        let (whole, partial) = (self.folder.join(RESULT), self.folder.join("result.json.part"));
        let text = format!("{}\n", result(sweep, tally));
        let written = fs::write(&partial, text).and_then(|()| fs::rename(&partial, &whole));
        written.map_err(|error| unwritable(&whole, &error))
    }
}

/// Reads the tallies of a folder; `None` where not even the first line is whole.
///
/// # Errors
/// When there are none, or a line is not what it must be.
pub fn read<'r>(folder: &Path, registry: &'r Registry) -> Result<Option<Held<'r>>, Complaint> {
    let path = folder.join(TALLIES);
    let unreadable = |reason: &str| Complaint::new("", format!("{} {reason}", path.display()));
    let file = File::open(&path).map_err(|error| unreadable(&format!("cannot be read: {error}")))?;
    let (mut held, mut length) = (None, 0);
    for (i, line) in lines(BufReader::new(file)).enumerate() {
        line.and_then(|line| {
            length += line.len() as u64;
            take(&mut held, &line, registry)
        })
        .map_err(|complaint| unreadable(&format!("cannot be used: line {}: {complaint}", i + 1)))?;
    }
    Ok(held.map(|(sweep, tally)| Held { sweep, tally, length }))
}

/// Takes in one line: the sweep, or a record.
fn take<'r>(held: &mut Option<(Sweep<'r>, Tally)>, line: &[u8], registry: &'r Registry) -> Result<(), Complaint> {
    let mut value: Value =
        serde_json::from_slice(line).map_err(|error| Complaint::new("", format!("it is not JSON: {error}")))?;
    let written = value.as_object_mut().and_then(|fields| fields.shift_remove("sweep"));
    match (held, written) {
        (held @ None, Some(written)) => {
            let sweep = Sweep::from_value(written, registry)?;
            let tally = Tally::new(&sweep);
            *held = Some((sweep, tally));
            Ok(())
        }
        (Some((sweep, _)), Some(written)) => {
            let later = Sweep::from_value(written, registry)?;
            if !later.spec.same_draws(&sweep.spec, registry) {
                return Err(Complaint::new("", "it is another sweep"));
            }
            *sweep = later;
            Ok(())
        }
        (Some((_, tally)), None) => tally.add(Record::read(&value)?),
        (None, None) => Err(Complaint::new("", "the sweep is missing")),
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Complaint {
    let reason = match error.kind() {
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "it is not a folder".to_owned(),
        _ => error.to_string(),
    };
    Complaint::new("--out", format!("cannot write to {}: {reason}", path.display()))
}
