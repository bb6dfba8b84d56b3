//! The command line: lists what there is, runs a Spec to its end, and sweeps.
//!
//! It is the native program, and the module of wasm32-wasip1 for machines without a compiler; that one has a single
//! thread, so there `dispatch` and `trials` take the place of `sweep`.
//!
//! Exit codes: 0 when all runs converged; 2 with one sentence on the standard error when input cannot be used; 3 when
//! the budget ended a run; 4 when a run diverged or failed, whatever the others did.

mod archive;
#[cfg(not(target_os = "wasi"))]
mod claims;
mod dispatch;
mod files;
mod listing;
mod merge;
mod report;
mod run;
mod store;
#[cfg(not(target_os = "wasi"))]
mod sweep;
mod sweeping;

use crate::contract::Complaint;
use clap::{Parser, Subcommand};
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// What the shell gets when input cannot be used.
const BAD_INPUT: u8 = 2;

/// A visual lab of sparsity, on the command line.
#[derive(Parser)]
#[command(name = "pursuit", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the exhibits: 119 published systems and the classical foundations.
    Exhibits(listing::Arguments),
    /// List the methods.
    Methods(listing::Arguments),
    /// List the problems.
    Problems(listing::Arguments),
    /// Print the JSON Schemas of a Spec, of all problems and of all methods.
    Schema,
    /// Run a Spec to its end and report on every method.
    #[command(after_help = "Exit codes: 0 converged, 2 bad input, 3 a budget ended a run, 4 a run diverged or failed.")]
    Run(run::Arguments),
    /// Run a sweep on all cores: a phase diagram of any two parameters.
    #[cfg(not(target_os = "wasi"))]
    #[command(
        after_help = "Trials are kept as they end: a sweep that is stopped, by Ctrl-C too, goes on with --resume.\nExit codes: 0 done, 2 bad input, 3 budgets ended all runs of a method, 4 all runs of a method diverged or failed."
    )]
    Sweep(sweep::Arguments),
    /// Measure what the exhibits' papers say, at the lab's scale.
    #[cfg(not(target_os = "wasi"))]
    #[command(after_help = "Exit codes: 0 all claims hold, 2 bad input, 4 one does not hold.")]
    Claims(claims::Arguments),
    /// Unite the folders of a sweep's parts.
    Merge(merge::Arguments),
    /// Hand out a sweep's trials to other processes, as `pursuit_cluster` does, and keep what they find.
    #[command(
        after_help = "Tasks go to the standard output, records come from the standard input, as lines of JSON.\nExit codes: as those of a sweep."
    )]
    Dispatch(dispatch::Dispatching),
    /// Run trials that `dispatch` has handed out.
    #[command(
        after_help = "Batches come from the standard input, records go to the standard output, as lines of JSON."
    )]
    Trials(dispatch::Running),
}

/// What a command has to say, and the exit code that goes with it.
struct Answer {
    text: String,
    code: u8,
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(message) => {
            // Nobody is left to tell when this cannot be printed.
            let _ = message.print();
            return ExitCode::from(if message.exit_code() == 0 { 0 } else { BAD_INPUT });
        }
    };
    match answer(&arguments.command).and_then(print) {
        Ok(code) => ExitCode::from(code),
        Err(complaint) => {
            let _ = writeln!(std::io::stderr(), "{}", on_one_line(&complaint.to_string()));
            ExitCode::from(BAD_INPUT)
        }
    }
}

fn answer(command: &Command) -> Result<Answer, Complaint> {
    match command {
        Command::Exhibits(arguments) => Ok(Answer { text: listing::exhibits(arguments), code: 0 }),
        Command::Methods(arguments) => Ok(Answer { text: listing::methods(arguments), code: 0 }),
        Command::Problems(arguments) => Ok(Answer { text: listing::problems(arguments), code: 0 }),
        Command::Schema => Ok(Answer { text: listing::schemas(), code: 0 }),
        Command::Run(arguments) => run::answer(arguments),
        #[cfg(not(target_os = "wasi"))]
        Command::Sweep(arguments) => sweep::answer(arguments),
        #[cfg(not(target_os = "wasi"))]
        Command::Claims(arguments) => claims::answer(arguments),
        Command::Merge(arguments) => merge::answer(arguments),
        Command::Dispatch(arguments) => dispatch::dispatch(arguments),
        Command::Trials(arguments) => dispatch::trials(arguments),
    }
}

/// Prints the text; a reader who has gone away, as `head` does, is no mistake.
fn print(Answer { text, code }: Answer) -> Result<u8, Complaint> {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Complaint::new("", format!("cannot write to the standard output: {error}")))
        }
        _ => Ok(code),
    }
}

/// A stranger's file name may hold line breaks and commands for the terminal.
fn on_one_line(sentence: &str) -> String {
    sentence.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
