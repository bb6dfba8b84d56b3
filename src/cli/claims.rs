//! `pursuit claims`: measures what the exhibits' papers say.

use super::Answer;
use super::listing::aligned;
use crate::claims::{Check, Effort};
use crate::contract::{Claim, Complaint, Exhibit};
use crate::labs::registry;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde::Serialize;
use std::num::NonZeroUsize;
use std::time::Instant;

/// Which claims to check, and how thoroughly.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only those of this lab.
    #[arg(long, value_name = "LAB")]
    lab: Option<String>,
    /// Only those of this exhibit.
    #[arg(long, value_name = "ID")]
    exhibit: Option<String>,
    /// Fewer trials and smaller diagrams: minutes become seconds.
    #[arg(long)]
    reduced: bool,
    /// Threads; all cores where it is left out.
    #[arg(long, value_name = "N")]
    workers: Option<NonZeroUsize>,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

/// A claim with its verdict.
#[derive(Serialize)]
struct Row {
    exhibit: &'static str,
    claim: &'static str,
    measured: f64,
    bound: String,
    holds: bool,
    seconds: f64,
}

/// What the shell gets when a claim does not hold.
const BROKEN: u8 = 4;

/// Checks claims.
///
/// # Errors
/// When no claim is asked for, or one cannot be run.
pub fn answer(arguments: &Arguments) -> Result<Answer, Complaint> {
    let claims = chosen(arguments)?;
    let workers = arguments.workers.map_or(0, NonZeroUsize::get);
    let pool = ThreadPoolBuilder::new().num_threads(workers).build();
    let pool = pool.map_err(|error| Complaint::new("--workers", format!("cannot be started: {error}")))?;
    let effort = if arguments.reduced { Effort::Reduced } else { Effort::Full };
    let mut rows = Vec::with_capacity(claims.len());
    for (i, (exhibit, claim)) in claims.iter().enumerate() {
        let bar = bar(&format!("{} ({} of {})", exhibit.id, i + 1, claims.len()));
        let row = row(exhibit, claim, effort, &pool, &bar);
        rows.push(row.map_err(|complaint| complaint.within(exhibit.id))?);
    }
    let code = if rows.iter().all(|row| row.holds) { 0 } else { BROKEN };
    Ok(Answer { text: if arguments.json { as_json(&rows) } else { as_table(&rows) }, code })
}

/// The claims that are asked for, with their exhibits.
fn chosen(arguments: &Arguments) -> Result<Vec<(&'static Exhibit, &'static Claim)>, Complaint> {
    let exhibits = registry().exhibits.iter().copied();
    let asked = |exhibit: &&Exhibit| {
        arguments.lab.as_ref().is_none_or(|lab| lab == exhibit.lab)
            && arguments.exhibit.as_ref().is_none_or(|id| id == exhibit.id)
    };
    let claims: Vec<_> =
        exhibits.filter(asked).flat_map(|exhibit| exhibit.claims.iter().map(move |claim| (exhibit, claim))).collect();
    if claims.is_empty() {
        return Err(Complaint::new("", "no exhibit that is built and fits has claims; `pursuit exhibits` lists them"));
    }
    Ok(claims)
}

fn row(
    exhibit: &Exhibit,
    claim: &'static Claim,
    effort: Effort,
    pool: &ThreadPool,
    bar: &ProgressBar,
) -> Result<Row, Complaint> {
    let begin = Instant::now();
    let mut check = Check::new(claim, effort, registry())?;
    loop {
        let jobs = check.next();
        if jobs.is_empty() {
            break;
        }
        bar.inc_length(jobs.len() as u64);
        let solve = |job| check.run(job).inspect(|_| bar.inc(1));
        let findings: Vec<_> = pool.install(|| jobs.into_par_iter().map(solve).collect::<Result<_, _>>())?;
        for finding in findings {
            check.add(finding)?;
        }
    }
    bar.finish_and_clear();
    Ok(Row {
        exhibit: exhibit.id,
        claim: claim.statement,
        measured: check.measured(),
        bound: check.bound().words(),
        holds: check.holds(),
        seconds: begin.elapsed().as_secs_f64(),
    })
}

/// A bar on the standard error; hidden where that is no terminal.
fn bar(name: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:30} {human_pos} of {human_len} runs, {eta} left");
    ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr())
        .with_style(style.expect("the template is well formed"))
        .with_message(name.to_owned())
}

fn as_json(rows: &[Row]) -> String {
    format!("{}\n", serde_json::to_string_pretty(rows).expect("rows are plain numbers and words"))
}

fn as_table(rows: &[Row]) -> String {
    let head = ["", "EXHIBIT", "MEASURED", "BOUND", "CLAIM"].map(str::to_owned).to_vec();
    let lines = rows.iter().map(|row| {
        let mark = if row.holds { "holds" } else { "FAILS" };
        let cells = [mark, row.exhibit, &format!("{:.4}", row.measured), &row.bound, row.claim];
        cells.map(str::to_owned).to_vec()
    });
    aligned(std::iter::once(head).chain(lines).collect())
}
