//! Whole solvers on one instance each, start and all steps: `cargo bench --bench solvers [-- NAME]`. Compare figures of
//! one run only.
//!
//! An instance is a new one each time, so whatever a solver keeps with it (copies, norms) is made inside the time.

use divan::Bencher;
use pursuit::contract::{Instance, NoFiles, drive};
use pursuit::labs::recovery::LinearMethod;
use pursuit::labs::recovery::basis_pursuit::BasisPursuit;
use pursuit::labs::recovery::cosamp::CoSaMp;
use pursuit::labs::recovery::fista::Fista;
use pursuit::labs::recovery::htp::Htp;
use pursuit::labs::recovery::iht::Iht;
use pursuit::labs::recovery::ista::Ista;
use pursuit::labs::recovery::lasso_cd::LassoCd;
use pursuit::labs::recovery::linear::Recovery;
use pursuit::labs::recovery::niht::Niht;
use pursuit::labs::recovery::sbl::Sbl;
use pursuit::labs::registry;
use serde_json::json;
use std::sync::Arc;

fn main() {
    divan::main();
}

/// m, n and k.
type Size = (usize, usize, usize);

const SMALL: Size = (256, 1024, 30);
const SIZES: [Size; 2] = [SMALL, (1024, 4096, 100)];
const WIDE: [Size; 3] = [SMALL, (1024, 4096, 100), (200, 10000, 30)];

fn instance((rows, cols, sparsity): Size) -> Arc<dyn Instance> {
    let signal = json!({"id": "sparse", "sparsity": sparsity});
    let params = json!({"rows": rows, "cols": cols, "signal": signal});
    registry().problem("linear").unwrap().instance(&params, 1, &NoFiles).unwrap()
}

fn solve<M: LinearMethod>(bencher: Bencher, size: Size, method: M) {
    bencher.with_inputs(|| instance(size)).bench_refs(|instance: &mut Arc<dyn Instance>| {
        let Some(Recovery::Real(instance)) = instance.as_any().downcast_ref::<Recovery>() else { unreachable!() };
        let mut run = method.start(instance).unwrap();
        drive(run.as_mut(), method.max_steps(), |_, _, _| {})
    });
}

#[divan::bench(args = WIDE, sample_count = 9, sample_size = 1)]
fn fista_500(bencher: Bencher, size: Size) {
    solve(bencher, size, Fista { tolerance: 0.0, max_steps: 500, ..Fista::default() });
}

#[divan::bench(args = SIZES, sample_count = 9, sample_size = 1)]
fn ista_500(bencher: Bencher, size: Size) {
    solve(bencher, size, Ista { tolerance: 0.0, max_steps: 500, ..Ista::default() });
}

#[divan::bench(args = WIDE, sample_count = 9, sample_size = 1)]
fn lasso(bencher: Bencher, size: Size) {
    solve(bencher, size, LassoCd { tolerance: 1e-10, ..LassoCd::default() });
}

#[divan::bench(args = WIDE, sample_count = 9, sample_size = 1)]
fn lasso_in_rounds(bencher: Bencher, size: Size) {
    solve(bencher, size, LassoCd { tolerance: 1e-10, working_set: true, ..LassoCd::default() });
}

#[divan::bench(args = [(128, 512, 20), (256, 1024, 40)], sample_count = 9, sample_size = 1)]
fn basis_pursuit(bencher: Bencher, size: Size) {
    solve(bencher, size, BasisPursuit::default());
}

#[divan::bench(args = SIZES, sample_count = 9, sample_size = 1)]
fn iht(bencher: Bencher, size: Size) {
    solve(bencher, size, Iht::default());
}

#[divan::bench(args = SIZES, sample_count = 9, sample_size = 1)]
fn niht(bencher: Bencher, size: Size) {
    solve(bencher, size, Niht::default());
}

#[divan::bench(args = SIZES, sample_count = 9, sample_size = 1)]
fn htp(bencher: Bencher, size: Size) {
    solve(bencher, size, Htp::default());
}

#[divan::bench(args = SIZES, sample_count = 9, sample_size = 1)]
fn cosamp(bencher: Bencher, size: Size) {
    solve(bencher, size, CoSaMp::default());
}

#[divan::bench(args = [(128, 512, 15), SMALL], sample_count = 3, sample_size = 1)]
fn sbl(bencher: Bencher, size: Size) {
    solve(bencher, size, Sbl::default());
}
