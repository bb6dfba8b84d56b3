//! `pursuit merge`: one diagram from several folders.

use super::Answer;
use super::store::read;
use super::sweeping::Sweeping;
use crate::contract::Complaint;
use crate::labs::registry;
use crate::sweep::Tally;
use std::path::PathBuf;

/// Which folders to unite.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folders of parts of one sweep; they may overlap.
    #[arg(required = true, value_name = "DIR")]
    parts: Vec<PathBuf>,
    /// The folder for all of it.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Unites folders.
///
/// # Errors
/// When a folder has no tallies, they are not of one sweep or disagree, or the new folder cannot be written.
pub fn answer(arguments: &Arguments) -> Result<Answer, Complaint> {
    let mut parts = Vec::new();
    for part in &arguments.parts {
        let empty = || Complaint::new("", format!("{} holds no sweep", part.display()));
        parts.push((part, read(part, registry())?.ok_or_else(empty)?));
    }
    let largest = parts.iter().max_by_key(|(_, held)| held.sweep.spec.trials).expect("clap asks for a folder");
    let sweep = &largest.1.sweep;
    let mut tally = Tally::new(sweep);
    for (part, held) in &parts {
        if !held.sweep.spec.same_draws(&sweep.spec, registry()) {
            let message = format!("{} holds another sweep than {}", part.display(), largest.0.display());
            return Err(Complaint::new("", message));
        }
        tally.merge(&held.tally).map_err(|complaint| {
            Complaint::new("", format!("{} contradicts the folders before it: {complaint}", part.display()))
        })?;
    }
    let mut sweeping = Sweeping::open(&arguments.out, sweep, false)?;
    tally.records().try_for_each(|record| sweeping.take(record))?;
    sweeping.conclude()
}
