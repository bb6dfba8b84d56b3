//! Every example is a canonical Spec that converges and is as good as its line in examples/README.md says.
#![cfg(not(target_arch = "wasm32"))]

use pursuit::contract::{Ending, NoFiles, Spec, drive};
use pursuit::labs::registry;
use std::fs;
use std::path::{Path, PathBuf};

/// Seeds that the README speaks of.
const SEEDS: u64 = 10;

/// Steps within which an example converges, so that the page answers at once.
const BUDGET: usize = 400;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// Names and texts of the examples, by name.
fn examples() -> Vec<(String, String)> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let specs = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let mut examples: Vec<_> = specs
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    examples.sort();
    examples
}

/// Names and largest errors (not in per cent) that the README's table claims, by name.
fn claims() -> Vec<(String, f64)> {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let mut claims: Vec<_> = readme
        .lines()
        .filter_map(|line| {
            let name = line.strip_prefix("| [")?.split(']').next()?;
            let claim = line.split('|').nth(3)?.trim().strip_suffix(" %")?;
            Some((name.to_owned(), claim.parse::<f64>().unwrap() / 100.0))
        })
        .collect();
    claims.sort_by(|a, b| a.0.cmp(&b.0));
    claims
}

fn parse(text: &str) -> Spec {
    Spec::parse(text, registry()).unwrap_or_else(|complaint| panic!("{text}: {complaint}"))
}

/// Relative errors of the Spec's methods, each of which must converge.
fn errors(spec: &Spec) -> Vec<f64> {
    let instance = spec.instance(registry(), &NoFiles).unwrap();
    let error = |method| {
        let (mut run, most) = spec.start(method, &instance, registry()).unwrap();
        let (ending, _) = drive(run.as_mut(), most.min(BUDGET), |_, _, _| {});
        assert!(matches!(ending, Ending::Converged(_)), "seed {}: {ending:?}", spec.seed);
        let metrics = instance.metrics(&run.observe());
        metrics.iter().find(|metric| metric.name == "relative_error").expect("the truth is known").value
    };
    (0..spec.methods.len()).map(error).collect()
}

#[test]
fn the_readme_has_a_line_for_every_example() {
    let files: Vec<_> = examples().into_iter().map(|(name, _)| name).collect();
    let lines: Vec<_> = claims().into_iter().map(|(name, _)| name).collect();
    assert_eq!(files, lines);
    assert!(!files.is_empty());
}

#[test]
fn examples_leave_defaults_out() {
    for (name, text) in examples() {
        let given: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(parse(&text).canonical(registry()), given, "{name}");
    }
}

#[test]
fn examples_are_as_good_as_the_readme_says() {
    for ((name, text), (_, claim)) in examples().into_iter().zip(claims()) {
        let spec = parse(&text);
        let measured = (0..SEEDS).flat_map(|seed| errors(&Spec { seed, ..spec.clone() }));
        let worst = measured.fold(0.0, f64::max);
        println!("{name}: {worst:.4}");
        assert!(worst <= claim, "{name}: {worst:.4} is more than {claim}");
        assert!(worst > claim - 0.001, "{name}: {worst:.4} is less than the README's {claim}; write it down");
    }
}

/// The camera's *Try*: Hadamard rows lose the picture.
#[test]
fn hadamard_rows_miss_the_galaxy() {
    let text = fs::read_to_string(folder().join("single-pixel-camera.json")).unwrap();
    let spec = parse(&text.replace("bernoulli", "partial-hadamard"));
    let best = (0..SEEDS).flat_map(|seed| errors(&Spec { seed, ..spec.clone() })).fold(f64::INFINITY, f64::min);
    assert!(best > 0.4, "{best}");
}

#[test]
fn a_recording_takes_its_own_length() {
    let text = fs::read_to_string(folder().join("keeling-curve.json")).unwrap();
    let spec = parse(&text.replace("448", "512"));
    let complaint = spec.instance(registry(), &NoFiles).err().unwrap();
    assert_eq!(complaint.to_string(), "problem.cols: takes the recording's length, 448, not 512");
}
