//! `pursuit sweep` and `pursuit merge` as a shell sees them.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// A folder of the test's own with a sweep in it.
fn folder(name: &str, sweep: &Value) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sweeps").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("sweep.json"), sweep.to_string()).unwrap();
    folder
}

fn small() -> Value {
    json!({
        "v": 1,
        "spec": {"v": 1, "problem": {"id": "linear", "cols": 40}, "methods": [{"id": "omp"}, {"id": "basis-pursuit"}]},
        "x": {"param": "problem.delta", "from": 0.3, "to": 0.7, "steps": 3},
        "y": {"param": "problem.rho", "from": 0.1, "to": 0.9, "steps": 5},
        "trials": 6,
    })
}

fn pursuit(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pursuit"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn output(folder: &Path, arguments: &[&str]) -> Output {
    pursuit(folder, arguments).output().unwrap()
}

/// Runs a sweep or a merge that must go well, and reads its result.
#[track_caller]
fn result(folder: &Path, out: &str, arguments: &[&str]) -> Value {
    let output = output(folder, &[arguments, &["--out", out]].concat());
    assert_eq!(std::str::from_utf8(&output.stderr), Ok(""));
    assert_eq!(output.status.code(), Some(0));
    result_in(&folder.join(out))
}

fn result_in(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("result.json")).unwrap()).unwrap()
}

#[track_caller]
fn assert_refused(output: &Output, expected: &str) {
    assert_eq!(std::str::from_utf8(&output.stderr).unwrap(), format!("{expected}\n"));
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[test]
fn workers_shards_and_stops_leave_the_digest_as_it_is() {
    let folder = folder("digest", &small());
    let whole = result(&folder, "one", &["sweep", "sweep.json", "--workers", "1"]);
    assert_eq!(whole["trials"], 90);
    for workers in ["2", "7"] {
        assert_eq!(result(&folder, &format!("w{workers}"), &["sweep", "sweep.json", "--workers", workers]), whole);
    }
    for part in 1..=3 {
        let part_result =
            result(&folder, &format!("part{part}"), &["sweep", "sweep.json", "--shard", &format!("{part}/3")]);
        assert_eq!(part_result["trials"], 30);
    }
    assert_eq!(result(&folder, "merged", &["merge", "part3", "part1", "part2", "part1"]), whole);
    // A kill in mid-line: the rest of the file is gone and its last line is cut.
    let tallies = fs::read(folder.join("one/tallies.jsonl")).unwrap();
    for (cut, length) in [("cut", tallies.len() / 2), ("line", tallies.len() - 1), ("head", 30), ("empty", 0)] {
        fs::create_dir(folder.join(cut)).unwrap();
        fs::write(folder.join(cut).join("tallies.jsonl"), &tallies[..length]).unwrap();
        assert_eq!(result(&folder, cut, &["sweep", "sweep.json", "--resume"]), whole, "{cut}");
        // Trials are in the order in which they ended, but none is there twice.
        let again = fs::read_to_string(folder.join(cut).join("tallies.jsonl")).unwrap();
        assert_eq!(again.lines().count(), 91);
    }
    // A sweep that is done has nothing left to do; --resume on nothing starts.
    assert_eq!(result(&folder, "one", &["sweep", "sweep.json", "--resume"]), whole);
    assert_eq!(result(&folder, "new", &["sweep", "sweep.json", "--resume"]), whole);
}

#[test]
fn the_result_tells_everything() {
    let folder = folder("result", &small());
    let told = result(&folder, "out", &["sweep", "sweep.json"]);
    let names: Vec<_> = told.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["v", "sweep", "trials", "methods", "theory", "digest"]);
    assert_eq!(told["sweep"]["metric"], "success");
    assert_eq!(told["theory"].as_array().unwrap().len(), 2, "the line k = m is above this frame");
    let ids: Vec<_> = told["methods"].as_array().unwrap().iter().map(|method| method["id"].clone()).collect();
    assert_eq!(ids, ["omp", "basis-pursuit"]);
    for method in told["methods"].as_array().unwrap() {
        let cells = method["cells"].as_array().unwrap();
        assert_eq!(cells.len(), 15);
        assert_eq!((&cells[4]["x"], &cells[4]["y"]), (&json!(0.5), &json!(0.30000000000000004)));
        for cell in cells {
            let (rate, low, high) = (&cell["value"], &cell["low"], &cell["high"]);
            assert_eq!(cell["trials"], 6);
            assert_eq!(rate.as_f64().unwrap(), cell["successes"].as_f64().unwrap() / 6.0);
            assert!(low.as_f64() <= rate.as_f64() && rate.as_f64() <= high.as_f64());
        }
        let contour = method["contour"].as_array().unwrap();
        assert_eq!(contour.len(), 3);
        for point in contour {
            assert!(point["low"].as_f64() < point["y"].as_f64() && point["y"].as_f64() < point["high"].as_f64());
        }
    }
    let text = String::from_utf8(output(&folder, &["sweep", "sweep.json", "--out", "out", "--resume"]).stdout).unwrap();
    assert!(text.contains("basis-pursuit: success at 50 % in 3 of 3 columns\n"), "{text}");
    assert!(text.ends_with(&format!("90 trials in 15 cells, digest {}\n", told["digest"].as_str().unwrap())));
}

#[test]
fn more_trials_go_on_from_fewer() {
    let mut sweep = small();
    let folder = folder("more", &sweep);
    result(&folder, "out", &["sweep", "sweep.json"]);
    sweep["trials"] = json!(8);
    fs::write(folder.join("more.json"), sweep.to_string()).unwrap();
    let grown = result(&folder, "out", &["sweep", "more.json", "--resume"]);
    assert_eq!(grown["trials"], 120);
    assert_eq!(result(&folder, "at-once", &["sweep", "more.json"]), grown);
    assert_eq!(result(&folder, "merged", &["merge", "out"]), grown);
}

#[test]
fn a_default_that_is_written_out_is_no_other_sweep() {
    let mut sweep = small();
    sweep["spec"]["problem"] = json!({"id": "linear", "rows": 80, "noise": {"id": "none"}});
    sweep["x"] = json!({"param": "problem.cols", "from": 128, "to": 160, "steps": 2});
    sweep["trials"] = json!(1);
    let folder = folder("defaults", &sweep);
    let whole = result(&folder, "out", &["sweep", "sweep.json"]);
    assert_eq!(whole["sweep"]["spec"]["problem"], json!({"id": "linear"}), "the folder has them left out");
    assert_eq!(result(&folder, "out", &["sweep", "sweep.json", "--resume"]), whole);
}

#[test]
fn an_adaptive_sweep_is_one_too() {
    let mut sweep = small();
    sweep["trials"] = json!(40);
    let folder = folder("adaptive", &sweep);
    let one = result(&folder, "one", &["sweep", "sweep.json", "--adaptive", "--workers", "1"]);
    assert_eq!(result(&folder, "two", &["sweep", "sweep.json", "--adaptive", "--workers", "2"]), one);
    let trials = one["trials"].as_u64().unwrap();
    assert!((30..450).contains(&trials), "{trials}");
    // What it left out can be filled in.
    let filled = result(&folder, "one", &["sweep", "sweep.json", "--resume"]);
    assert_eq!(filled["trials"], 600);
}

#[test]
fn files_are_beside_the_sweep() {
    let mut sweep = small();
    sweep["spec"] = json!({"v": 1, "methods": [{"id": "omp"}],
        "problem": {"id": "linear", "data": {"matrix": "A.csv"}, "signal": {"id": "sparse", "sparsity": 1}}});
    sweep["x"] = json!({"param": "problem.signal.sparsity", "from": 1, "to": 3, "steps": 3});
    sweep["y"] = json!({"param": "problem.snr_db", "from": 10, "to": 60, "steps": 2});
    sweep["metric"] = json!({"median": "relative_error"});
    let folder = folder("files", &sweep);
    fs::write(folder.join("A.csv"), "1,2,0,1\n0,1,3,-1\n1,0,1,5\n").unwrap();
    let inner = folder.join("inner");
    fs::create_dir(&inner).unwrap();
    let told = result(&inner, "out", &["sweep", "../sweep.json"]);
    let value = |cell: usize| told["methods"][0]["cells"][cell]["value"].as_f64().unwrap();
    assert!(value(3) < 0.01 && value(3) < value(0), "{} {}", value(3), value(0));
    fs::remove_file(folder.join("A.csv")).unwrap();
    let refused = output(&folder, &["sweep", "sweep.json", "--out", "gone"]);
    let told = std::str::from_utf8(&refused.stderr).unwrap();
    assert!(told.starts_with("spec.problem.data.matrix: names the file \"A.csv\", which cannot be read"), "{told}");
    assert!(!folder.join("gone").exists(), "nothing is made for a sweep that cannot start");
}

/// A child that is spoken to in lines.
struct Talk {
    child: Child,
    says: BufReader<ChildStdout>,
}

impl Talk {
    fn with(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = pursuit(folder, arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let says = BufReader::new(child.stdout.take().unwrap());
        Self { child, says }
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.says.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_default()
    }

    fn tell(&mut self, value: &Value) {
        writeln!(self.child.stdin.as_ref().unwrap(), "{value}").unwrap();
    }

    /// Ends its input. Returns what it says on the standard error, and the exit code.
    fn end(mut self) -> (String, Option<i32>) {
        drop(self.child.stdin.take());
        let output = self.child.wait_with_output().unwrap();
        (String::from_utf8(output.stderr).unwrap(), output.status.code())
    }
}

#[test]
fn trials_that_are_handed_out_come_back_the_same() {
    let folder = folder("dispatch", &small());
    for flags in [&[] as &[&str], &["--adaptive"]] {
        let plain = result(&folder, &format!("plain{}", flags.len()), &[&["sweep", "sweep.json"], flags].concat());
        let out = format!("out{}", flags.len());
        let mut dispatch = Talk::with(&folder, &[&["dispatch", "sweep.json", "--out", &out], flags].concat());
        let mut workers = [0, 1].map(|_| Talk::with(&folder, &["trials", "sweep.json"]));
        assert_eq!(dispatch.hear(), json!({"files": [], "trials": 0}));
        let report = loop {
            let said = dispatch.hear();
            let Some(tasks) = said["tasks"].as_array() else { break said["report"].clone() };
            // From the back, in batches of 7, and each record twice: nothing depends on the order or the number.
            for (i, batch) in tasks.rchunks(7).enumerate() {
                let worker = &mut workers[i % 2];
                worker.tell(&json!(batch));
                for _ in batch {
                    let record = worker.hear();
                    dispatch.tell(&record);
                    dispatch.tell(&record);
                }
            }
        };
        assert!(report.as_str().unwrap().ends_with(&format!("digest {}\n", plain["digest"].as_str().unwrap())));
        assert_eq!(dispatch.end(), (String::new(), Some(0)));
        assert_eq!(result_in(&folder.join(&out)), plain);
        for worker in workers {
            assert_eq!(worker.end(), (String::new(), Some(0)));
        }
    }
}

#[test]
fn what_is_handed_back_is_checked() {
    let folder = folder("handed-back", &small());
    let record = json!({"cell": 0, "trial": 0, "runs": [["converged", 0.0], ["converged", 0.0]]});
    let mut other = record.clone();
    other["runs"][0][1] = json!(1.0);
    let mut outside = record.clone();
    outside["cell"] = json!(15);
    for (said, expected) in [
        (
            json!([]),
            "the standard input: takes records such as {\"cell\":0,\"trial\":0,\"runs\":[[\"converged\",0]]}\n",
        ),
        (other, "the standard input: trial 0 of cell 0 has two different outcomes\n"),
        (outside, "the standard input: the sweep has no trial 0 of cell 15 with 2 methods\n"),
    ] {
        let _ = fs::remove_dir_all(folder.join("out"));
        let mut dispatch = Talk::with(&folder, &["dispatch", "sweep.json", "--out", "out"]);
        dispatch.tell(&record);
        dispatch.tell(&said);
        assert_eq!(dispatch.end(), (expected.to_owned(), Some(2)));
    }
    // What came before the end is kept.
    let _ = fs::remove_dir_all(folder.join("out"));
    let mut dispatch = Talk::with(&folder, &["dispatch", "sweep.json", "--out", "out"]);
    dispatch.tell(&record);
    let ended = "the standard input: ended with 89 trials missing; --resume goes on\n";
    assert_eq!(dispatch.end(), (ended.to_owned(), Some(2)));
    assert_eq!(result_in(&folder.join("out"))["trials"], 1);
    let mut dispatch = Talk::with(&folder, &["dispatch", "sweep.json", "--out", "out", "--resume"]);
    assert_eq!(dispatch.hear()["trials"], 1);
    assert_eq!(dispatch.hear()["tasks"].as_array().unwrap().len(), 89);
    dispatch.end();
    for batch in [json!([]), json!([[15, 0]]), json!([[0, 10_000]]), json!([[0, -1]]), json!({}), json!([0, 1])] {
        let mut trials = Talk::with(&folder, &["trials", "sweep.json"]);
        trials.tell(&batch);
        let sentence = "the standard input: takes batches of this sweep's [cell, trial], such as [[0,0],[4,0]]\n";
        assert_eq!(trials.end(), (sentence.to_owned(), Some(2)), "{batch}");
    }
}

#[test]
fn what_cannot_be_used_has_its_sentence() {
    let folder = folder("refused", &small());
    result(&folder, "out", &["sweep", "sweep.json"]);
    let refused = |arguments: &[&str], sentence: &str| assert_refused(&output(&folder, arguments), sentence);
    refused(
        &["sweep", "none.json", "--out", "new"],
        "none.json cannot be read: No such file or directory (os error 2)",
    );
    refused(&["sweep", "sweep.json", "--out", "out"], "--out: out holds a sweep already; --resume goes on with it");
    refused(&["sweep", "sweep.json", "--out", "sweep.json"], "--out: cannot write to sweep.json: it is not a folder");
    refused(&["merge", "out", "--out", "out"], "--out: out holds a sweep already; --resume goes on with it");
    refused(
        &["merge", "none", "--out", "new"],
        "none/tallies.jsonl cannot be read: No such file or directory (os error 2)",
    );
    let mut other = small();
    other["seed"] = json!(7);
    fs::write(folder.join("other.json"), other.to_string()).unwrap();
    let sentence = "--out: out holds another sweep; only the number of trials may differ";
    refused(&["sweep", "other.json", "--out", "out", "--resume"], sentence);
    result(&folder, "other", &["sweep", "other.json"]);
    refused(&["merge", "out", "other", "--out", "new"], "out holds another sweep than other");
    // One digit of one outcome.
    let tallies = fs::read_to_string(folder.join("out/tallies.jsonl")).unwrap();
    let mut lines: Vec<String> = tallies.lines().map(str::to_owned).collect();
    let changed = lines[4].replacen("[\"converged\",", "[\"converged\",1", 1);
    lines[4] = changed;
    fs::create_dir(folder.join("wrong")).unwrap();
    fs::write(folder.join("wrong/tallies.jsonl"), lines.join("\n") + "\n").unwrap();
    let told = output(&folder, &["merge", "out", "wrong", "--out", "new"]);
    let told = std::str::from_utf8(&told.stderr).unwrap();
    assert!(told.starts_with("wrong contradicts the folders before it: trial 0 of cell "), "{told}");
    lines[4] = "{}".to_owned();
    fs::write(folder.join("wrong/tallies.jsonl"), lines.join("\n") + "\n").unwrap();
    let told = output(&folder, &["merge", "wrong", "--out", "new"]);
    let told = std::str::from_utf8(&told.stderr).unwrap();
    assert!(told.starts_with("wrong/tallies.jsonl cannot be used: line 5: takes records such as"), "{told}");
    let mut mean = small();
    mean["metric"] = json!({"mean": "products"});
    fs::write(folder.join("mean.json"), mean.to_string()).unwrap();
    let sentence = "metric: takes success or exact_support where trials go to the transition";
    refused(&["sweep", "mean.json", "--out", "new", "--adaptive"], sentence);
    for arguments in [
        &["sweep", "sweep.json"] as &[&str],
        &["sweep", "sweep.json", "--out", "new", "--shard", "3/2"],
        &["sweep", "sweep.json", "--out", "new", "--shard", "0/2"],
        &["sweep", "sweep.json", "--out", "new", "--shard", "1/2", "--adaptive"],
        &["sweep", "sweep.json", "--out", "new", "--workers", "0"],
        &["merge", "--out", "new"],
    ] {
        assert_eq!(output(&folder, arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert!(!folder.join("new").exists());
}

#[test]
fn the_best_run_of_the_worst_method_decides_the_exit_code() {
    let mut sweep = small();
    sweep["spec"]["methods"] = json!([{"id": "omp"}, {"id": "ista", "max_steps": 1}]);
    let folder = folder("code", &sweep);
    assert_eq!(output(&folder, &["sweep", "sweep.json", "--out", "out"]).status.code(), Some(3));
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_is_done() {
    let mut sweep = small();
    sweep["trials"] = json!(10_000);
    let folder = folder("stopped", &sweep);
    let mut child = pursuit(&folder, &["sweep", "sweep.json", "--out", "out"]).spawn().unwrap();
    let tallies = folder.join("out/tallies.jsonl");
    let lines = || fs::read_to_string(&tallies).map_or(0, |text| text.lines().count());
    while lines() < 20 {
        assert!(child.try_wait().unwrap().is_none(), "it ends long after this");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert!(!child.wait().unwrap().success());
    let kept = lines();
    assert!(kept >= 20);
    let merged = result(&folder, "merged", &["merge", "out"]);
    let trials = merged["trials"].as_u64().unwrap() as usize;
    assert!(trials + 1 == kept || trials + 2 == kept, "{trials} trials of {kept} lines, of which one may be cut");
}
