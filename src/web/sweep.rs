//! Sweeps for the page: workers of a pool run trials, one of them or the page keeps the tally.

use super::{thrown, to_js};
use crate::complaint::Complaint;
use crate::contract::{NoFiles, Values, digest};
use crate::labs;
use crate::sweep::{Record, Sweep, Tally, Task, contours, plan, result, summary};
use js_sys::{Array, Uint32Array};
use serde_json::Value;
use wasm_bindgen::prelude::*;

/// A sweep, and what is known of it: any number of workers may hold the same sweep, run trials, and send the records
/// to the one that adds them.
#[wasm_bindgen]
pub struct Sweeper {
    sweep: Sweep<'static>,
    tally: Tally,
}

#[wasm_bindgen]
impl Sweeper {
    /// Checks a sweep with all of its cells, and that it can start.
    ///
    /// # Errors
    /// `{field, message}` when the sweep cannot be used.
    #[wasm_bindgen(constructor)]
    pub fn new(sweep: JsValue) -> Result<Sweeper, JsValue> {
        let value = plain(sweep)?;
        let sweep = Sweep::from_value(value, labs::registry()).map_err(thrown)?;
        sweep.probe(&NoFiles).map_err(thrown)?;
        let tally = Tally::new(&sweep);
        Ok(Sweeper { sweep, tally })
    }

    /// The sweep's canonical form.
    ///
    /// # Errors
    /// When the value cannot cross into JavaScript.
    pub fn canonical(&self) -> Result<JsValue, JsValue> {
        to_js(&self.sweep.spec.canonical(self.sweep.registry))
    }

    /// The cells, row by row: `[{x, y, at}]`.
    ///
    /// # Errors
    /// When the value cannot cross into JavaScript.
    pub fn cells(&self) -> Result<JsValue, JsValue> {
        to_js(&self.sweep.cells)
    }

    /// The curves of theory within the frame: `[{id, title, holds_for, points}]`.
    ///
    /// # Errors
    /// When the value cannot cross into JavaScript.
    pub fn theory(&self) -> Result<JsValue, JsValue> {
        to_js(&self.sweep.theory())
    }

    /// The Spec of a trial, to open that very instance in the lab.
    ///
    /// # Errors
    /// When there is no such cell.
    pub fn spec(&self, cell: usize, trial: usize) -> Result<JsValue, JsValue> {
        self.has(cell)?;
        to_js(&self.sweep.trial_spec(cell, trial).canonical(self.sweep.registry))
    }

    /// Runs a trial and returns its record, `{cell, trial, runs: [[ending, value], ...]}`. The tally is left as it is.
    ///
    /// # Errors
    /// When there is no such cell.
    pub fn trial(&self, cell: usize, trial: usize) -> Result<JsValue, JsValue> {
        self.has(cell)?;
        to_js(&self.sweep.trial(Task { cell, trial }, &NoFiles).json())
    }

    /// Adds records to the tally, in any order; one that is there already changes nothing.
    ///
    /// # Errors
    /// `{field, message}` when a record is not of this sweep or contradicts what is there. Those before it are added.
    pub fn add(&mut self, records: JsValue) -> Result<(), JsValue> {
        let Value::Array(records) = plain(records)? else {
            return Err(thrown(Complaint::new("", "takes a list of records")));
        };
        records.iter().try_for_each(|record| self.tally.add(Record::read(record)?)).map_err(thrown)
    }

    /// All records of the tally, to be saved.
    ///
    /// # Errors
    /// When the value cannot cross into JavaScript.
    pub fn records(&self) -> Result<Array, JsValue> {
        self.tally.records().map(|record| to_js(&record.json())).collect()
    }

    /// Number of trials in the tally.
    pub fn trials(&self) -> usize {
        self.tally.trials()
    }

    /// At most `most` of the tasks to run next, as cell, trial, cell, trial, ...; empty when the sweep, or with
    /// `adaptive` its round, is done and nothing is left. An adaptive round ends when all of its records are added.
    ///
    /// # Errors
    /// `{field, message}` when the metric counts no successes.
    pub fn next(&self, adaptive: bool, most: usize) -> Result<Uint32Array, JsValue> {
        let tasks: Vec<Task> = if adaptive {
            plan::adaptive(&self.sweep, &self.tally).map_err(thrown)?.into_iter().take(most).collect()
        } else {
            plan::all(&self.sweep).filter(|task| !self.tally.has(*task)).take(most).collect()
        };
        let flat: Vec<u32> = tasks.iter().flat_map(|task| [task.cell as u32, task.trial as u32]).collect();
        Ok(Uint32Array::from(flat.as_slice()))
    }

    /// The diagram so far: the same object as the command line's `result.json`.
    ///
    /// # Errors
    /// When the value cannot cross into JavaScript.
    pub fn result(&self) -> Result<JsValue, JsValue> {
        to_js(&result(&self.sweep, &self.tally))
    }

    /// What a map shows of a method: `[trials, successes, value]` for every cell, one after the other. The value is
    /// that of [`Sweeper::result`]. O(trials), and no object is made: a page asks ten times a second.
    ///
    /// # Errors
    /// When there is no such method.
    pub fn summary(&self, method: usize) -> Result<Vec<f64>, JsValue> {
        self.has_method(method)?;
        let numbers = (0..self.sweep.cells.len()).flat_map(|cell| {
            let seen = summary(&self.sweep, &self.tally, method, cell);
            [seen.trials as f64, seen.successes as f64, seen.value]
        });
        Ok(numbers.collect())
    }

    /// The 50 % contour of a method: `[{x, y, low, high, width, slope}]`.
    ///
    /// # Errors
    /// When there is no such method.
    pub fn contour(&self, method: usize) -> Result<JsValue, JsValue> {
        self.has_method(method)?;
        to_js(&contours(&self.sweep, &self.tally, method))
    }

    /// The first trial of a cell in which a method succeeded and the first in which it did not; -1 for none. Where
    /// the metric counts no successes, all trials are of the second kind.
    ///
    /// # Errors
    /// When there is no such cell or method.
    pub fn examples(&self, cell: usize, method: usize) -> Result<Vec<i32>, JsValue> {
        self.has(cell)?;
        self.has_method(method)?;
        let first = |wanted: bool| {
            let runs =
                (0..self.tally.len(cell)).filter_map(|trial| Some((trial, self.tally.get(cell, trial)?[method])));
            runs.filter(|(_, run)| self.sweep.succeeds(*run) == wanted).map(|(trial, _)| trial as i32).next()
        };
        Ok([true, false].map(|wanted| first(wanted).unwrap_or(-1)).to_vec())
    }

    /// The number that the metric kept of a trial; NaN where there is none.
    pub fn value(&self, cell: usize, trial: usize, method: usize) -> f64 {
        let runs = (cell < self.sweep.cells.len()).then(|| self.tally.get(cell, trial)).flatten();
        runs.and_then(|runs| runs.get(method)).map_or(f64::NAN, |run| run.value)
    }

    /// A name for this sweep under which its records can be kept: a fingerprint of the canonical form and of the
    /// build, because another build may come to other numbers.
    pub fn key(&self) -> String {
        let text = self.sweep.spec.canonical(self.sweep.registry).to_string();
        let bytes: Vec<f64> = text.bytes().chain(env!("CARGO_PKG_VERSION").bytes()).map(f64::from).collect();
        digest(&Values::lend(&bytes))
    }

    /// Fingerprint of the tally.
    pub fn digest(&self) -> String {
        self.tally.digest()
    }

    fn has_method(&self, method: usize) -> Result<(), JsValue> {
        let methods = self.sweep.spec.spec.methods.len();
        let message = format!("goes from 0 to {}, not {method}", methods - 1);
        if method < methods { Ok(()) } else { Err(thrown(Complaint::new("method", message))) }
    }

    fn has(&self, cell: usize) -> Result<(), JsValue> {
        let cells = self.sweep.cells.len();
        let message = format!("goes from 0 to {}, not {cell}", cells - 1);
        if cell < cells { Ok(()) } else { Err(thrown(Complaint::new("cell", message))) }
    }
}

fn plain(value: JsValue) -> Result<Value, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|_| thrown(Complaint::new("", "takes plain JSON")))
}
