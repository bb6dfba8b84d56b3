//! Steps that look at some columns only are those of the plain methods.

use crate::cases;
use crate::solve::Case;
use pursuit::contract::{Instance, Observation, Run, Status, Values};
use pursuit::labs::recovery::LinearMethod;
use pursuit::labs::recovery::fista::Fista;
use pursuit::labs::recovery::ista::Ista;
use pursuit::labs::recovery::linear::{LinearInstance, Recovery};
use pursuit::operators::{Dense, LinearOperator};
use std::sync::Arc;

/// A stored matrix that keeps to itself that it is stored, so that methods take the plain way.
struct Unstored(Dense<f64>);

impl LinearOperator<f64> for Unstored {
    fn rows(&self) -> usize {
        self.0.rows()
    }

    fn cols(&self) -> usize {
        self.0.cols()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        self.0.apply(x, y);
    }

    fn adjoint(&self, y: &[f64], x: &mut [f64]) {
        self.0.adjoint(y, x);
    }

    fn apply_on(&self, x: &[f64], support: &[usize], y: &mut [f64]) {
        self.0.apply_on(x, support, y);
    }
}

type Real = Arc<LinearInstance<f64>>;

/// The real cases with stored matrices, each also as one that is not stored.
fn pairs() -> Vec<(String, Real, Real)> {
    let pair = |case: Case| {
        let instance = case.instance();
        let instance: &dyn Instance = instance.as_ref();
        let Some(Recovery::Real(stored)) = instance.as_any().downcast_ref() else { return None };
        let mut plain = LinearInstance::clone(stored);
        plain.operator = Arc::new(Unstored(stored.operator.as_dense()?.clone()));
        // |A|^2 is shared, so that both take the same steps to the last bit of their length.
        stored.squared_norm();
        Some((case.name, stored.clone(), Arc::new(plain)))
    };
    cases::all().into_iter().filter_map(pair).collect()
}

fn real<'a>(values: &'a Values<'_>) -> &'a [f64] {
    let Values::Real(values) = values else { panic!("the case is real") };
    values
}

fn furthest(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

fn assert_alike(seen: &Observation<'_>, plain: &Observation<'_>, place: &str) {
    let (x, expected) = (real(&seen.estimate), real(&plain.estimate));
    let size = expected.iter().fold(0.0, |size: f64, x| size.max(x.abs()));
    assert!(furthest(x, expected) <= 1e-10 * size, "{place}: {:e} of {size:e}", furthest(x, expected));
    let support: Vec<usize> = (0..x.len()).filter(|&j| x[j] != 0.0).collect();
    assert_eq!(*seen.support, support, "{place}");
    let scale = 1.0 + plain.traces[1].value;
    for (trace, expected) in seen.traces.iter().zip(&plain.traces) {
        assert_eq!(trace.name, expected.name);
        let scale = if trace.name == "objective" { scale } else { 1.0 };
        assert!((trace.value - expected.value).abs() <= 1e-10 * scale, "{place}: {trace:?}, not {expected:?}");
    }
    let (dual, expected) = (real(&seen.panels[0].values), real(&plain.panels[0].values));
    assert!(furthest(dual, expected) <= 1e-8, "{place}: the dual certificate is off by {:e}", furthest(dual, expected));
}

/// Both runs side by side, for as long as both go on; the number of steps.
fn follow(mut run: Box<dyn Run>, mut plain: Box<dyn Run>, steps: usize, place: &str) -> usize {
    for step in 1..=steps {
        let (status, expected) = (run.step(), plain.step());
        let place = format!("{place}, step {step}");
        assert_alike(&run.observe(), &plain.observe(), &place);
        assert_eq!(status == Status::Running, expected == Status::Running, "{place}: {status:?}, not {expected:?}");
        if status != Status::Running {
            return step;
        }
    }
    steps
}

#[test]
fn every_step_is_the_plain_one() {
    let pairs = pairs();
    assert!(pairs.len() >= 10);
    for (name, stored, plain) in pairs {
        for lambda_ratio in [0.5, 0.1, 0.01] {
            let place = format!("{name}, {lambda_ratio}");
            for restart in [true, false] {
                let fista = Fista { lambda_ratio, restart, tolerance: 1e-9, ..Fista::default() };
                let (run, reference) = (fista.start(&stored).unwrap(), fista.start(&plain).unwrap());
                assert!(follow(run, reference, 400, &format!("fista, {place}, {restart}")) > 2);
            }
            let ista = Ista { lambda_ratio, tolerance: 1e-9, ..Ista::default() };
            follow(ista.start(&stored).unwrap(), ista.start(&plain).unwrap(), 400, &format!("ista, {place}"));
        }
    }
}
