//! Orthogonal matching pursuit, start and all steps, on one instance: `cargo bench --bench omp`.

#[path = "../tests/support/plain.rs"]
mod plain;

use divan::Bencher;
use plain::Plain;
use pursuit::contract::{Instance, NoFiles, drive};
use pursuit::labs::recovery::LinearMethod;
use pursuit::labs::recovery::linear::{LinearInstance, Recovery};
use pursuit::labs::recovery::omp::Omp;
use pursuit::labs::registry;
use serde_json::json;
use std::sync::Arc;

fn main() {
    divan::main();
}

/// m, n and k.
const SIZES: [(usize, usize, usize); 2] = [(256, 1024, 30), (1024, 4096, 100)];

fn instance((rows, cols, sparsity): (usize, usize, usize)) -> LinearInstance<f64> {
    let params = json!({"rows": rows, "cols": cols, "signal": {"id": "sparse", "sparsity": sparsity}});
    let instance = registry().problem("linear").unwrap().instance(&params, 1, &NoFiles).unwrap();
    let instance: &dyn Instance = instance.as_ref();
    match instance.as_any().downcast_ref::<Recovery>() {
        Some(Recovery::Real(instance)) => LinearInstance::clone(instance),
        _ => unreachable!("a Gaussian matrix is real"),
    }
}

fn solve(instance: &Arc<LinearInstance<f64>>) -> usize {
    let mut run = Omp::default().start(instance).unwrap();
    drive(run.as_mut(), usize::MAX, |_, _, _| {}).1
}

#[divan::bench(args = SIZES)]
fn plain_columns(bencher: Bencher, size: (usize, usize, usize)) {
    let mut instance = instance(size);
    instance.operator = Arc::new(Plain(instance.operator.as_dense().unwrap().clone()));
    let instance = Arc::new(instance);
    bencher.bench(|| solve(&instance));
}

#[divan::bench(args = SIZES)]
fn screened(bencher: Bencher, size: (usize, usize, usize)) {
    let instance = Arc::new(instance(size));
    solve(&instance);
    bencher.bench(|| solve(&instance));
}

/// The 16-bit copy is made anew each time, as for the first method on an instance.
#[divan::bench(args = SIZES)]
fn screened_with_the_copy(bencher: Bencher, size: (usize, usize, usize)) {
    let instance = instance(size);
    let fresh = || {
        let mut instance = instance.clone();
        let matrix = instance.operator.as_dense().unwrap().matrix();
        let entries = matrix.as_slice().to_vec();
        instance.operator = Arc::new(pursuit::operators::Dense::from_columns(size.0, size.1, entries));
        Arc::new(instance)
    };
    bencher.with_inputs(fresh).bench_refs(|instance| solve(instance));
}
