//! The native door: commands on the standard input, one line of JSON each, and one line for an answer.
//!
//! `{"task": ...}` makes a task; `{"time": times, "budget": seconds}` runs it, at least once, and answers `{"ms": [...], "digest",
//! "steps"}`; `{"dump": folder}` writes A.npy, y.npy,
//! squared_norm.npy (`|A|^2` as methods with a step length take it) and answer.npy.

use pursuit::operators::{Dense, squared_norm};
use pursuit::signals::npy::{Entries, write};
use pursuit_bench::{Input, Task, task};
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

fn main() {
    let mut current: Option<Box<dyn Task>> = None;
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        let answer = answer(&line, &mut current).unwrap_or_else(|error| json!({"error": error}));
        let mut out = std::io::stdout();
        if writeln!(out, "{answer}").and_then(|()| out.flush()).is_err() {
            break;
        }
    }
}

fn answer(line: &str, current: &mut Option<Box<dyn Task>>) -> Result<Value, String> {
    let command: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if command.get("task").is_some() {
        *current = None;
        *current = Some(task(&command["task"].to_string())?);
        return Ok(json!({}));
    }
    let task = current.as_mut().ok_or("there is no task")?;
    if let Some(folder) = command["dump"].as_str() {
        return dump(task.as_ref(), Path::new(folder)).map(|()| json!({})).map_err(|error| error.to_string());
    }
    let times = command["time"].as_u64().unwrap_or(1) as usize;
    let budget = command["budget"].as_f64().unwrap_or(0.0);
    let (begin, mut ms) = (Instant::now(), Vec::new());
    while ms.is_empty() || (ms.len() < times && begin.elapsed().as_secs_f64() < budget) {
        task.refresh();
        let start = Instant::now();
        task.run();
        ms.push(start.elapsed().as_secs_f64() * 1e3);
    }
    Ok(json!({"ms": ms, "digest": task.digest(), "steps": task.steps()}))
}

fn dump(task: &dyn Task, folder: &Path) -> std::io::Result<()> {
    let save = |name: &str, rows, cols, entries: Vec<f64>| {
        std::fs::write(folder.join(name), write(rows, cols, &Entries::Real(entries)))
    };
    let Input { rows, columns, measurements } = task.input();
    if let Some(cols) = columns.len().checked_div(rows) {
        let by_rows = Entries::Real(columns.to_vec()).transposed(cols, rows);
        std::fs::write(folder.join("A.npy"), write(rows, cols, &by_rows))?;
        save("y.npy", rows, 1, measurements.to_vec())?;
        let squared = squared_norm(&Dense::from_columns(rows, cols, columns.to_vec()));
        save("squared_norm.npy", 1, 1, vec![squared])?;
    }
    let answer = task.answer();
    save("answer.npy", answer.len(), 1, answer)
}
