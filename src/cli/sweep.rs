//! `pursuit sweep`: a phase diagram on all cores.

use super::Answer;
use super::sweeping::{Keeping, Sweeping};
use crate::contract::{Complaint, Files};
use crate::sweep::{Sweep, Task};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::iter::{ParallelBridge, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::mpsc;

/// What to sweep, and on how much of this machine.
#[derive(clap::Args)]
pub struct Arguments {
    /// The sweep, a JSON file; `-` reads it from the standard input. Files that its Spec names are beside it.
    sweep: PathBuf,
    #[command(flatten)]
    keeping: Keeping,
    /// Threads; all cores where it is left out.
    #[arg(long, value_name = "N")]
    workers: Option<NonZeroUsize>,
    /// Run only part I of K, for `pursuit merge` to unite.
    #[arg(long, value_name = "I/K", value_parser = shard, conflicts_with = "adaptive")]
    shard: Option<(usize, usize)>,
}

/// Most parts of a sweep.
const MAX_SHARDS: usize = 100_000;

fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = || {
        let (part, of) = text.split_once('/')?;
        let (part, of) = (part.parse().ok()?, of.parse().ok()?);
        (1 <= part && part <= of && of <= MAX_SHARDS).then_some((part, of))
    };
    parts().ok_or_else(|| format!("takes I/K such as 2/3, with I from 1 to K and K up to {MAX_SHARDS}"))
}

/// Sweeps.
///
/// # Errors
/// When the sweep, a file that it names, or the folder cannot be used.
pub fn answer(arguments: &Arguments) -> Result<Answer, Complaint> {
    let keeping = &arguments.keeping;
    let (sweep, folder) = keeping.read(&arguments.sweep)?;
    sweep.probe(&folder)?;
    let workers = arguments.workers.map_or(0, NonZeroUsize::get);
    let pool = ThreadPoolBuilder::new().num_threads(workers).build();
    let pool = pool.map_err(|error| Complaint::new("--workers", format!("cannot be started: {error}")))?;
    let mut sweeping = Sweeping::open(&keeping.out, &sweep, keeping.resume)?;
    loop {
        let tasks = match keeping.adaptive {
            true => sweeping.uncertain()?,
            false => sweeping.missing(arguments.shard.unwrap_or((1, 1))),
        };
        if tasks.is_empty() {
            return sweeping.conclude();
        }
        round(&mut sweeping, &sweep, &pool, &tasks, &folder)?;
    }
}

/// Runs `tasks` on the pool, taken in their order. Threads solve; only this one writes.
fn round(
    sweeping: &mut Sweeping<'_>,
    sweep: &Sweep<'_>,
    pool: &ThreadPool,
    tasks: &[Task],
    files: &(impl Files + Sync),
) -> Result<(), Complaint> {
    let bar = bar(tasks.len());
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let solve = |sender: &mut mpsc::Sender<_>, task: &Task| sender.send(sweep.trial(*task, files));
            // Sending fails when writing has failed; then there is no use in going on.
            pool.install(|| tasks.iter().par_bridge().try_for_each_with(sender, solve)).ok()
        });
        for record in receiver {
            sweeping.take(record)?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(())
    })
}

/// A bar on the standard error; hidden where that is no terminal.
fn bar(tasks: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} trials, {per_sec}, {eta} left");
    ProgressBar::with_draw_target(Some(tasks as u64), ProgressDrawTarget::stderr())
        .with_style(style.expect("the template is well formed"))
}
