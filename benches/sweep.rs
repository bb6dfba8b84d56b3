//! What a sweep costs above its trials, and what a second thread brings: `cargo bench --bench sweep`.
//!
//! Raw time is that of drawing each instance and stepping each run, in this process and on one thread. The three are
//! timed by turns and the fastest of each counts, so that a busy machine spoils the ratios least.

use pursuit::contract::{NoFiles, Spec, drive};
use pursuit::labs::registry;
use pursuit::sweep::{Sweep, plan};
use serde_json::{Value, json};
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 7;

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-sweep");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    println!("trials of one sweep, seconds, best of {ROUNDS} by turns");
    println!("{:<28}{:>9}{:>11}{:>11}{:>12}{:>10}", "", "raw", "1 worker", "2 workers", "1 over raw", "1 over 2");
    for (name, sweep) in sweeps() {
        let file = folder.join("sweep.json");
        std::fs::write(&file, sweep.to_string()).expect("the target folder can be written");
        let parsed = Sweep::parse(&sweep.to_string(), registry()).expect("the sweep is right");
        let specs: Vec<Spec> = plan::all(&parsed).map(|task| parsed.trial_spec(task.cell, task.trial)).collect();
        let mut best = [f64::INFINITY; 3];
        for _ in 0..ROUNDS {
            let ways: [&dyn Fn(); 3] = [&|| raw(&specs), &|| run(&file, "1"), &|| run(&file, "2")];
            for (best, way) in best.iter_mut().zip(ways) {
                let started = Instant::now();
                way();
                *best = best.min(started.elapsed().as_secs_f64());
            }
        }
        let [raw, one, two] = best;
        let over = 100.0 * (one / raw - 1.0);
        println!("{name:<28}{raw:>9.3}{one:>11.3}{two:>11.3}{over:>10.1} %{:>10.2}", one / two);
    }
}

/// A sweep of quick trials and one of long ones: name and file.
fn sweeps() -> [(&'static str, Value); 2] {
    let sweep = |cols: usize, method: &str, trials: usize| {
        json!({
            "v": 1,
            "spec": {"v": 1, "problem": {"id": "linear", "cols": cols}, "methods": [{"id": method}]},
            "x": {"param": "problem.delta", "from": 0.1, "to": 0.9, "steps": 9},
            "y": {"param": "problem.rho", "from": 0.05, "to": 0.95, "steps": 19},
            "trials": trials,
        })
    };
    [("omp, n = 256", sweep(256, "omp", 10)), ("basis-pursuit, n = 256", sweep(256, "basis-pursuit", 2))]
}

fn raw(specs: &[Spec]) {
    for spec in specs {
        let instance = spec.instance(registry(), &NoFiles).expect("there is an instance in every cell");
        for i in 0..spec.methods.len() {
            let (mut run, most) = spec.start(i, &instance, registry()).expect("the method starts");
            black_box(drive(run.as_mut(), most, |_, _, _| {}));
        }
    }
}

/// The whole program, from its start to its end.
fn run(file: &Path, workers: &str) {
    let out = file.with_file_name("out");
    let _ = std::fs::remove_dir_all(&out);
    let mut command = Command::new(env!("CARGO_BIN_EXE_pursuit"));
    command.arg("sweep").arg(file).arg("--out").arg(out).args(["--workers", workers]).stdout(Stdio::null());
    assert!(command.status().expect("the program starts").success());
}
