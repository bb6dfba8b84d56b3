//! The command line as a shell sees it: what it prints, its exit codes, and one sentence for each mistake.
#![cfg(not(target_arch = "wasm32"))]

use pursuit::signals::npy::{self, Entries, Table};
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of the test's own, empty at the start.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn pursuit(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pursuit"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn output(folder: &Path, arguments: &[&str]) -> Output {
    pursuit(folder, arguments).output().unwrap()
}

/// Runs a Spec from the standard input.
fn run(folder: &Path, spec: &str, arguments: &[&str]) -> Output {
    let mut command = pursuit(folder, &[&["run", "-"], arguments].concat());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(spec.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn json_of(output: &Output) -> Value {
    assert_eq!(sentence(output), "");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn sentence(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// Exit code 2, nothing on the standard output, and exactly one line on the standard error.
#[track_caller]
fn assert_refused(output: &Output, expected: &str) {
    assert_eq!(sentence(output), format!("{expected}\n"));
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

/// A small Spec with `patch` merged in (RFC 7396).
fn spec(patch: Value) -> String {
    let mut spec = json!({
        "v": 1,
        "problem": {"id": "linear", "rows": 20, "cols": 40, "signal": {"id": "sparse", "sparsity": 3}},
        "methods": [{"id": "omp"}],
    });
    merge(&mut spec, &patch);
    spec.to_string()
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let target = target.as_object_mut().unwrap();
    for (name, value) in patch {
        if value.is_null() {
            target.shift_remove(name);
        } else {
            merge(target.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

fn numbers(array: &Value) -> Vec<f64> {
    array.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

#[test]
fn a_run_tells_everything() {
    let folder = folder("everything");
    let output = run(&folder, &spec(json!({"seed": 7})), &["--json"]);
    assert_eq!(output.status.code(), Some(0));
    let told = json_of(&output);
    assert_eq!(told["spec"]["seed"], 7);
    assert_eq!(told["spec"]["methods"], json!([{"id": "omp"}]));
    let run = &told["runs"][0];
    assert_eq!((&run["method"], &run["status"]), (&json!("omp"), &json!("converged")));
    assert!(!run["reason"].as_str().unwrap().is_empty());
    assert_eq!(run["digest"].as_str().unwrap().len(), 16);
    let estimate = numbers(&run["estimate"]);
    assert_eq!(estimate.len(), 40);
    for index in run["support"].as_array().unwrap() {
        assert!(estimate[index.as_u64().unwrap() as usize] != 0.0);
    }
    let iterations = run["iterations"].as_u64().unwrap() as usize;
    assert!(run["seconds"].as_f64().unwrap() >= 0.0 && run["products"].as_f64().unwrap() >= iterations as f64);
    for name in ["relative_residual", "relative_error"] {
        let trace = numbers(&run["traces"][name]);
        assert_eq!(trace.len(), iterations, "{name}");
    }
    let metrics = run["metrics"].as_object().unwrap();
    for name in ["residual", "relative_residual", "relative_error", "precision", "recall"] {
        assert!(metrics[name].as_f64().unwrap() >= 0.0, "{name}");
    }
    assert!(metrics["relative_error"].as_f64().unwrap() < 1e-10);
    let again = json_of(&run_again(&folder, &told["spec"]));
    assert_eq!(again["runs"][0]["digest"], run["digest"]);
    assert_eq!(again["spec"], told["spec"]);
}

fn run_again(folder: &Path, spec: &Value) -> Output {
    fs::write(folder.join("again.json"), spec.to_string()).unwrap();
    output(folder, &["run", "again.json", "--json"])
}

#[test]
fn people_get_a_verdict_and_a_table() {
    let output = run(&folder("people"), &spec(json!({"methods": [{"id": "omp"}, {"id": "omp", "sparsity": 1}]})), &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("Orthogonal matching pursuit (omp) converged after "), "{text}");
    assert!(
        text.contains("\n\nOrthogonal matching pursuit (omp) converged after 1 step: all 1 picks made\n"),
        "{text}"
    );
    assert!(text.contains("\n  relative_error     "), "{text}");
}

#[test]
fn every_and_max_steps_thin_and_cut() {
    let folder = folder("every");
    let spec = spec(json!({"methods": [{"id": "omp", "sparsity": 10, "tolerance": 0}]}));
    let all = json_of(&run(&folder, &spec, &["--json"]));
    let trace = numbers(&all["runs"][0]["traces"]["relative_residual"]);
    assert_eq!(trace.len(), 10);
    let thinned = json_of(&run(&folder, &spec, &["--json", "--every", "4"]));
    assert_eq!(thinned["runs"][0]["steps"], json!([4, 8, 10]));
    assert_eq!(numbers(&thinned["runs"][0]["traces"]["relative_residual"]), [trace[3], trace[7], trace[9]]);
    assert_eq!(thinned["runs"][0]["digest"], all["runs"][0]["digest"]);
    let output = run(&folder, &spec, &["--json", "--every", "4", "--max-steps", "6"]);
    assert_eq!(output.status.code(), Some(3));
    let cut = json_of(&output);
    assert_eq!(cut["runs"][0]["status"], "budget");
    assert_eq!(cut["runs"][0]["steps"], json!([4, 6]));
    assert_eq!(numbers(&cut["runs"][0]["traces"]["relative_residual"]), [trace[3], trace[5]]);
    let own_budget =
        run(&folder, &self::spec(json!({"methods": [{"id": "omp", "max_steps": 1}]})), &["--max-steps", "9"]);
    assert_eq!(own_budget.status.code(), Some(3));
}

#[test]
fn lists_agree_with_each_other() {
    let folder = folder("lists");
    let exhibits = json_of(&output(&folder, &["exhibits", "--json"]));
    let exhibits = exhibits.as_array().unwrap();
    let numbered = exhibits.iter().filter_map(|exhibit| exhibit["n"].as_u64());
    assert!(numbered.eq(1..=119));
    let foundations: Vec<_> = exhibits.iter().filter(|exhibit| exhibit["n"].is_null()).collect();
    assert!(foundations.iter().any(|exhibit| exhibit["id"] == "omp"));
    assert!(foundations.iter().all(|exhibit| exhibit["built"] == true));
    for exhibit in exhibits {
        let fields: Vec<_> = exhibit.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["id", "n", "lab", "title", "paper", "built", "spec"]);
        assert_eq!(exhibit["built"] == true, exhibit["spec"].is_object());
    }
    let schemas = json_of(&output(&folder, &["schema"]));
    for kind in ["methods", "problems"] {
        let listed = json_of(&output(&folder, &[kind, "--json"]));
        let listed = listed.as_array().unwrap();
        assert_eq!(listed.len(), schemas[kind].as_object().unwrap().len());
        for entry in listed {
            assert_eq!(entry["params"], schemas[kind][entry["id"].as_str().unwrap()]);
            assert!(entry["lab"].is_string() && entry["title"].is_string());
        }
        let table = String::from_utf8(output(&folder, &[kind]).stdout).unwrap();
        assert_eq!(table.lines().count(), 1 + listed.len());
    }
    assert_eq!(String::from_utf8(output(&folder, &["exhibits"]).stdout).unwrap().lines().count(), 1 + exhibits.len());
}

#[test]
fn each_mistake_in_a_spec_has_its_sentence() {
    let folder = folder("mistakes");
    let table = [
        (json!({"v": null}), "v: is missing; this build reads version 1"),
        (json!({"v": 2}), "v: this build reads version 1, not 2"),
        (json!({"v": "1"}), "v: this build reads version 1, not \"1\""),
        (json!({"seed": -1}), "seed: takes a whole number from 0 to 9007199254740991, not -1"),
        (json!({"seed": 1e300}), "seed: takes a whole number from 0 to 9007199254740991, not 1e+300"),
        (json!({"seed": 0.5}), "seed: takes a whole number from 0 to 9007199254740991, not 0.5"),
        (json!({"colour": 1}), "colour: is not a field of a Spec; there are v, seed, problem, methods"),
        (json!({"problem": 3}), "problem: takes an object with an id, which is a text"),
        (json!({"problem": {"id": 5}}), "problem: takes an object with an id, which is a text"),
        (json!({"methods": [{"id": null}]}), "methods[0]: takes an object with an id, which is a text"),
        (json!({"problem": null}), "problem: is missing; it takes an object with an id, which is a text"),
        (json!({"methods": null}), "methods: takes a list of 1 to 4 methods"),
        (json!({"methods": []}), "methods: takes a list of 1 to 4 methods"),
        (json!({"methods": [{"id": "omp"}, 1]}), "methods[1]: takes an object with an id, which is a text"),
        (json!({"problem": {"rows": 0}}), "problem.rows: takes a whole number from 1 to 16384, not 0"),
        (json!({"problem": {"rows": 1e9}}), "problem.rows: takes a whole number from 1 to 16384, not 1000000000.0"),
        (json!({"problem": {"rows": 2.5}}), "problem.rows: takes a whole number from 1 to 16384, not 2.5"),
        (json!({"problem": {"cols": "many"}}), "problem.cols: takes a whole number from 1 to 65536, not \"many\""),
        (json!({"problem": {"cols": [40]}}), "problem.cols: takes a whole number from 1 to 65536, not a list"),
        (json!({"problem": {"active_above": 0.6}}), "problem.active_above: takes a number from 0 to 0.5, not 0.6"),
        (json!({"problem": {"columns": 9}}), "problem.columns: is not a field here; there are "),
        (
            json!({"problem": {"rows": 16384, "cols": 65536}}),
            "problem.rows: a stored matrix of 65536 columns has at most 256 rows, not 16384",
        ),
        (json!({"problem": {"basis": "cosine"}}), "problem.basis: takes one of "),
        (
            json!({"problem": {"basis": "haar"}}),
            "problem.basis: this basis needs a number of unknowns that is a power of two; it is 40",
        ),
        (
            json!({"problem": {"signal": {"sparsity": 41}}}),
            "problem.signal.sparsity: goes up to the number of unknowns, 40, not 41",
        ),
        (json!({"problem": {"signal": {"amplitude": 1}}}), "problem.signal.amplitude: takes one of "),
        (json!({"problem": {"signal": {"id": "loud", "sparsity": null}}}), "problem.signal.id: takes one of "),
        (
            json!({"problem": {"noise": {"id": "gaussian", "snr_db": 1e3}}}),
            "problem.noise.snr_db: takes a number from -20 to 200, not 1000.0",
        ),
        (
            json!({"problem": {"signal": {"id": "drawn", "sparsity": null, "spikes": [[0, 1], [40, 1]]}}}),
            "problem.signal.spikes[1]: indices go up to 39, not 40",
        ),
        (
            json!({"problem": {"signal": {"id": "drawn", "sparsity": null, "spikes": [[0]]}}}),
            "problem.signal.spikes[0]: takes a list of 2 entries, not 1",
        ),
        (
            json!({"problem": {"data": {"measurements": [1, 2]}}}),
            "problem.data.measurements: has 2 entries; there are 20 rows in the matrix",
        ),
        (
            json!({"problem": {"data": {"matrix": [[1, 2], [3]]}}}),
            "problem.data.matrix: row 1 has 1 numbers and the first has 2",
        ),
        (
            json!({"problem": {"data": {"matrix": [[1, null]]}}}),
            "problem.data.matrix: entry [0][1] takes a number, not \"null\"",
        ),
        (
            json!({"problem": {"data": {"matrix": [[1e200, 1], [1, 1]], "measurements": [1, 1]}}}),
            "problem: the squares of the numbers overflow; make the numbers smaller",
        ),
        (
            json!({"problem": {"data": {"measurements": vec![1e160; 20]}}}),
            "problem: the squares of the numbers overflow; make the numbers smaller",
        ),
        (
            json!({"problem": {"data": {"matrix": [[1, 1e-200], [1, 0]], "measurements": [1, 1]}}}),
            "problem.data.matrix: has entries in column 2 so small that their squares vanish; make the numbers larger",
        ),
        (
            json!({"problem": {"data": {"matrix": [[1, 2]], "measurements": [1e-160]}}}),
            "problem.data.measurements: has entries so small that their squares vanish; make the numbers larger",
        ),
        (
            json!({"problem": {"data": {"matrix": 7}}}),
            "problem.data.matrix: takes a list of numbers, a list of rows, or a file's name",
        ),
        (
            json!({"problem": {"data": {"matrix": "none.npy"}}}),
            "problem.data.matrix: names the file \"none.npy\", which cannot be read: No such file",
        ),
        (json!({"problem": {"data": {"matrix": "."}}}), "problem.data.matrix: names the file \".\", which is a folder"),
        (
            json!({"problem": {"data": {"matrix": "/dev/zero"}}}),
            "problem.data.matrix: names the file \"/dev/zero\", which is not a plain file",
        ),
        (
            json!({"problem": {"data": {"truth": "a\nb\u{1b}[2J\0"}}}),
            "problem.data.truth: names the file \"a\\nb\\u{1b}[2J\\0\", which cannot be read: ",
        ),
        (
            json!({"methods": [{"id": "omp", "sparsity": 0}]}),
            "methods[0].sparsity: takes a whole number from 1 to 16384, not 0",
        ),
        (
            json!({"methods": [{"id": "omp", "sparsity": 21}]}),
            "methods[0].sparsity: goes up to the number of measurements, 20, not 21",
        ),
        (
            json!({"methods": [{"id": "omp", "tolerance": -0.1}]}),
            "methods[0].tolerance: takes a number from 0 to 1, not -0.1",
        ),
        (json!({"methods": [{"id": "omp", "normalize": 1}]}), "methods[0].normalize: takes true or false, not 1"),
        (json!({"methods": [{"id": "omp", "speed": 1}]}), "methods[0].speed: is not a field here; there are "),
        (json!({"methods": [{"id": "omp"}, {"id": "oracle\n"}]}), "methods[1].id: takes one of "),
        (json!({"methods": [{}]}), "methods[0].id: takes one of "),
    ];
    for (patch, expected) in table {
        let output = run(&folder, &spec(patch.clone()), &["--json"]);
        let told = sentence(&output);
        assert!(told.starts_with(expected), "{patch}\n{told}{expected}");
        assert_eq!(told.lines().count(), 1, "{told}");
        assert_refused(&output, told.trim_end_matches('\n'));
    }
}

#[test]
fn text_that_is_no_spec_is_refused() {
    let folder = folder("no-spec");
    for (text, expected) in [
        ("", "the Spec is not JSON: EOF while parsing a value at line 1 column 0"),
        ("{\"v\": NaN}", "the Spec is not JSON: expected value at line 1 column 7"),
        ("{\"v\": 1e999}", "the Spec is not JSON: number out of range at line 1 column 11"),
        ("[]", "a Spec is an object with v, seed, problem and methods"),
        ("null", "a Spec is an object with v, seed, problem and methods"),
    ] {
        assert_refused(&run(&folder, text, &[]), expected);
    }
    let deep = "[".repeat(200_000);
    assert!(sentence(&run(&folder, &deep, &[])).starts_with("the Spec is not JSON: recursion limit exceeded"));
    fs::write(folder.join("latin1.json"), b"{\"v\": \"\xe9\"}").unwrap();
    assert_refused(&output(&folder, &["run", "latin1.json"]), "latin1.json is not text in UTF-8");
    assert_refused(&output(&folder, &["run", "."]), ". is a folder");
    let missing = output(&folder, &["run", "none.json"]);
    assert!(sentence(&missing).starts_with("none.json cannot be read: "));
    assert_eq!(missing.status.code(), Some(2));
    let large = fs::File::create(folder.join("large.json")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    assert_refused(&output(&folder, &["run", "large.json"]), "large.json is larger than 64 MB");
}

#[test]
fn files_are_beside_the_spec() {
    let folder = folder("files");
    let inner = folder.join("inner");
    fs::create_dir(&inner).unwrap();
    let matrix = Entries::Real((0..12).map(|i| f64::from(i * i % 7)).collect());
    fs::write(inner.join("A.npy"), npy::write(3, 4, &matrix)).unwrap();
    fs::write(inner.join("y.csv"), "y\r\n1\r\n2\r\n3.5\r\n").unwrap();
    let data = json!({
        "v": 1,
        "problem": {"id": "linear", "data": {"matrix": "A.npy", "measurements": "y.csv"}},
        "methods": [{"id": "omp", "sparsity": 1}],
    });
    fs::write(inner.join("spec.json"), data.to_string()).unwrap();
    let there = json_of(&output(&folder, &["run", "inner/spec.json", "--json"]));
    assert_eq!(there["spec"], data);
    assert_eq!(there["runs"][0]["estimate"].as_array().unwrap().len(), 4);
    assert!(there["runs"][0]["metrics"].get("relative_error").is_none());
    let here = run(&inner, &data.to_string(), &["--json"]);
    assert_eq!(json_of(&here)["runs"][0]["digest"], there["runs"][0]["digest"]);
    assert_eq!(run(&folder, &data.to_string(), &[]).status.code(), Some(2));
}

#[test]
fn files_that_cannot_be_used_are_refused() {
    let folder = folder("bad-files");
    let good = npy::write(20, 40, &Entries::Real(vec![1.0; 800]));
    let not_a_number = npy::write(20, 1, &Entries::Real(vec![f64::NAN; 20]));
    fs::write(folder.join("cut.npy"), &good[..good.len() - 1]).unwrap();
    fs::write(folder.join("nan.npy"), not_a_number).unwrap();
    fs::write(folder.join("y.csv"), "1\n2\n3\n4\n5\n6\nn/a\n").unwrap();
    fs::write(folder.join("wide.csv"), "1,2\n3,4\n").unwrap();
    fs::write(folder.join("picture.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let huge = fs::File::create(folder.join("huge.npy")).unwrap();
    huge.set_len((512 << 20) + 1).unwrap();
    for (field, name, expected) in [
        ("matrix", "cut.npy", "cut.npy is cut short: 800 entries of 8 bytes are claimed, 6399 bytes follow"),
        ("measurements", "nan.npy", "nan.npy holds a NaN or an infinity"),
        ("measurements", "y.csv", "y.csv, row 7: \"n/a\" is not a number"),
        ("measurements", "wide.csv", "takes one row or one column, not 2 x 2"),
        ("truth", "wide.csv", "takes one row or one column, not 2 x 2"),
        ("matrix", "picture.png", "picture.png is not text in UTF-8"),
        ("matrix", "huge.npy", "names the file \"huge.npy\", which is larger than 512 MB"),
    ] {
        let output = run(&folder, &spec(json!({"problem": {"data": {field: name}}})), &[]);
        assert_refused(&output, &format!("problem.data.{field}: {expected}"));
    }
}

#[test]
fn an_archive_is_read_again() {
    let folder = folder("archive");
    let two = json!({"methods": [{"id": "omp", "sparsity": 3}, {"id": "omp", "sparsity": 2}]});
    let told = json_of(&run(&folder, &spec(two), &["--json", "--npz", "out.npz"]));
    let mut archive = zip::ZipArchive::new(fs::File::open(folder.join("out.npz")).unwrap()).unwrap();
    let mut names: Vec<_> = archive.file_names().map(str::to_owned).collect();
    names.sort();
    let expected = ["A", "estimate_omp", "estimate_omp_2"].into_iter();
    let traces = ["omp_2_relative_error", "omp_2_relative_residual", "omp_relative_error", "omp_relative_residual"];
    let expected = expected.map(str::to_owned).chain(traces.map(|trace| format!("trace_{trace}")));
    let expected: Vec<_> = expected.chain(["x".into(), "y".into()]).map(|name| format!("{name}.npy")).collect();
    assert_eq!(names, expected);
    let mut array = |name: &str| -> Table {
        let mut bytes = Vec::new();
        archive.by_name(&format!("{name}.npy")).unwrap().read_to_end(&mut bytes).unwrap();
        npy::read(name, &bytes).unwrap()
    };
    for (i, name) in ["omp", "omp_2"].into_iter().enumerate() {
        let run = &told["runs"][i];
        assert_eq!(array(&format!("estimate_{name}")).entries, Entries::Real(numbers(&run["estimate"])));
        for (trace, values) in run["traces"].as_object().unwrap() {
            assert_eq!(array(&format!("trace_{name}_{trace}")).entries, Entries::Real(numbers(values)));
        }
    }
    let [a, x, y] = ["A", "x", "y"].map(&mut array);
    let (Entries::Real(a), Entries::Real(x), Entries::Real(y)) = (a.entries, x.entries, y.entries) else {
        panic!("a real instance has real arrays");
    };
    assert_eq!((a.len(), x.len(), y.len()), (800, 40, 20));
    for (row, y) in a.chunks(40).zip(y) {
        let product: f64 = row.iter().zip(&x).map(|(a, x)| a * x).sum();
        assert!((product - y).abs() < 1e-12);
    }
}

#[test]
fn an_archive_that_cannot_be_written_is_refused() {
    let output = run(&folder("no-archive"), &spec(json!({})), &["--npz", "no/such/folder.npz"]);
    let told = sentence(&output);
    assert!(told.starts_with("--npz: cannot write to no/such/folder.npz: "), "{told}");
    assert_refused(&output, told.trim_end_matches('\n'));
}

#[test]
fn complex_numbers_are_pairs() {
    use num_complex::Complex64;
    let folder = folder("complex");
    let identity = (0..4).map(|i| if i % 3 == 0 { Complex64::new(0.0, 1.0) } else { Complex64::default() });
    fs::write(folder.join("A.npy"), npy::write(2, 2, &Entries::Complex(identity.collect()))).unwrap();
    let spec = json!({
        "v": 1,
        "problem": {"id": "linear", "data": {"matrix": "A.npy", "measurements": [3, 0]}},
        "methods": [{"id": "omp", "sparsity": 1}],
    });
    let told = json_of(&run(&folder, &spec.to_string(), &["--json"]));
    assert_eq!(told["runs"][0]["estimate"], json!([[0.0, -3.0], [0.0, 0.0]]));
}

#[test]
fn misuse_of_the_command_line_ends_with_2() {
    let folder = folder("misuse");
    for arguments in [
        &[] as &[&str],
        &["paint"],
        &["run"],
        &["run", "a.json", "--every", "0"],
        &["run", "a.json", "--max-steps", "-1"],
        &["exhibits", "--xml"],
    ] {
        let output = output(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
    }
    for arguments in [["--help"], ["--version"]] {
        assert_eq!(output(&folder, &arguments).status.code(), Some(0));
    }
}

#[test]
fn a_reader_who_goes_away_is_no_mistake() {
    let folder = folder("pipe");
    for arguments in [&["exhibits", "--json"] as &[&str], &["schema"], &["--help"]] {
        let mut command = pursuit(&folder, arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), sentence(&output)), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_has_its_sentence() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = pursuit(&folder("full"), &["schema"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_refused(&output, "cannot write to the standard output: No space left on device (os error 28)");
}
