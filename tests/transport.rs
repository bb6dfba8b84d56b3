//! Entropic transport against POT, a closed form, and what theory says of Newton's method.

use pursuit::contract::{Ending, Instance, NoFiles, Spec, Values, drive};
use pursuit::labs::registry;
use pursuit::labs::transport::entropic::TransportInstance;
use serde_json::{Value, json};
use std::sync::Arc;

/// How a run went: its ending, the potentials after each outer step, and the instance.
struct Went {
    ending: Ending,
    potentials: Vec<Vec<f64>>,
    instance: Arc<dyn Instance>,
}

fn run(problem: &Value, method: &Value) -> Went {
    let spec = json!({"v": 1, "seed": 3, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).expect("a Spec");
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let mut potentials = Vec::new();
    let (ending, _) = drive(run.as_mut(), most, |step, _, run| {
        let Values::Real(z) = run.glance().estimate else { panic!("potentials are real") };
        potentials.truncate(step.saturating_sub(1));
        potentials.push(z.into_owned());
    });
    Went { ending, potentials, instance }
}

impl Went {
    fn instance(&self) -> &TransportInstance {
        self.instance.as_any().downcast_ref().expect("an instance of entropic")
    }

    fn plan(&self) -> Vec<f64> {
        self.instance().transport.plan(self.potentials.last().expect("a step")).entries
    }

    fn errors(&self) -> Vec<f64> {
        let transport = &self.instance().transport;
        self.potentials.iter().map(|z| transport.marginal_error(&transport.plan(z))).collect()
    }
}

/// Every way in which the lab solves a problem.
fn methods() -> Vec<Value> {
    vec![
        json!({"id": "sinkhorn", "max_steps": 100_000}),
        json!({"id": "sinkhorn", "relaxation": 1.5, "max_steps": 100_000}),
        json!({"id": "sinkhorn", "scaling": 50, "max_steps": 100_000}),
        json!({"id": "sinkhorn-newton-sparse"}),
        json!({"id": "sinkhorn-newton-sparse", "keep": {"id": "adaptive"}}),
        json!({"id": "sinkhorn-newton-sparse", "keep": {"id": "all"}}),
    ]
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|entry| entry.as_f64().unwrap()).collect()
}

#[test]
fn pot_finds_the_same_plans() {
    let stored: Value = serde_json::from_str(include_str!("peers/sinkhorn_pot.json")).unwrap();
    let mut compared = 0;
    for case in stored["cases"].as_array().unwrap() {
        let data = json!({"cost": case["cost"], "source": case["source"], "target": case["target"]});
        let problem = json!({"id": "entropic", "eps": case["eps"], "data": data});
        let wanted: Vec<f64> = case["plan"].as_array().unwrap().iter().flat_map(numbers).collect();
        for method in methods() {
            let went = run(&problem, &method);
            let name = format!("{}, {method}", case["name"]);
            assert!(matches!(went.ending, Ending::Converged(_)), "{name}: {:?}", went.ending);
            for (p, wanted) in went.plan().iter().zip(&wanted) {
                assert!((p - wanted).abs() < 1e-10, "{name}: {p} is not {wanted}");
            }
            let cost = went.plan().iter().zip(&went.instance().transport.cost).fold(0.0, |sum, (p, c)| sum + p * c);
            assert!((cost - case["transport_cost"].as_f64().unwrap()).abs() < 1e-10, "{name}: costs {cost}");
            assert!(cost >= case["emd"].as_f64().unwrap() - 1e-10, "{name}: no coupling costs less than the best");
            compared += 1;
        }
    }
    assert_eq!(compared, 18);
}

/// Two points on either side at costs 0 and 1: `P_11 / P_12 = exp(1 / eps)`.
#[test]
fn two_points_have_a_closed_form() {
    let problem = json!({"id": "entropic", "eps": 0.4, "data": {"cost": [[0, 1], [1, 0]]}});
    let stays = 0.5 / (1.0 + libm::exp(-1.0 / 0.4));
    for method in methods() {
        let plan = run(&problem, &method).plan();
        for (p, wanted) in plan.iter().zip([stays, 0.5 - stays, 0.5 - stays, stays]) {
            assert!((p - wanted).abs() < 1e-12, "{method}: {p} is not {wanted}");
        }
    }
}

#[test]
fn marginals_are_met_in_every_scene() {
    for (scene, eps) in [("clouds", 0.005), ("assignment", 0.01), ("histograms", 0.004)] {
        let problem = json!({"id": "entropic", "scene": {"id": scene}, "points": 40, "eps": eps});
        let newton = run(&problem, &json!({"id": "sinkhorn-newton-sparse", "keep": {"id": "adaptive"}}));
        assert!(newton.errors().last().unwrap() <= &1e-12, "{scene}");
        let sinkhorn = run(&problem, &json!({"id": "sinkhorn", "max_steps": 100_000}));
        for (p, q) in newton.plan().iter().zip(sinkhorn.plan()) {
            assert!((p - q).abs() < 1e-10, "{scene}: {p} and {q}");
        }
        assert!(sinkhorn.potentials.len() > 3 * newton.potentials.len(), "{scene}");
    }
}

/// With all entries, near the solution: `e' <= C e^2`. A method that only halves the error would need C = 1e5 at the end.
#[test]
fn newton_converges_quadratically() {
    let problem = json!({"id": "entropic", "scene": {"id": "histograms"}, "points": 64, "eps": 0.002});
    let errors = run(&problem, &json!({"id": "sinkhorn-newton-sparse", "keep": {"id": "all"}})).errors();
    // Below, rounding is all that is left of the square.
    let close: Vec<_> = errors.windows(2).filter(|pair| pair[0] < 1e-2 && pair[0] > 1e-6).collect();
    assert!(close.len() >= 3, "{errors:?}");
    assert!(close.iter().all(|pair| pair[1] < 50.0 * pair[0] * pair[0]), "{errors:?}");
}

/// What the safeguard is for: over-relaxation alone may lower the potential.
#[test]
fn over_relaxation_never_lowers_the_potential() {
    let problem = json!({"id": "entropic", "scene": {"id": "assignment"}, "points": 24, "eps": 0.02});
    let went = run(&problem, &json!({"id": "sinkhorn", "relaxation": 1.9, "max_steps": 400}));
    let transport = &went.instance().transport;
    let height = |z: &Vec<f64>| transport.potential(z, transport.plan(z).rows.iter().sum());
    let heights: Vec<f64> = went.potentials.iter().map(height).collect();
    assert!(heights.len() > 20);
    assert!(heights.windows(2).all(|pair| pair[1] >= pair[0] - 1e-13), "{heights:?}");
}

#[test]
fn what_cannot_be_used_is_explained() {
    let cases = [
        (json!({"source": [1, 2]}), "problem.data.source: takes 64 weights, not 2"),
        (json!({"cost": [[1, 2], [3, 4]], "target": [1, 0]}), "problem.data.target: takes positive weights"),
        (json!({"from": [[0, 1]]}), "problem.data.to: is needed where the other cloud is given"),
        (json!({"from": [[0, 1, 2]], "to": [[0, 1]]}), "problem.data.from: takes two numbers a point, not 3"),
    ];
    for (data, wanted) in cases {
        let spec = json!({"v": 1, "problem": {"id": "entropic", "data": data}, "methods": [{"id": "sinkhorn"}]});
        let spec = Spec::from_value(spec, registry()).expect("a Spec");
        let complaint = spec.instance(registry(), &NoFiles).err().expect("a complaint");
        assert_eq!(complaint.to_string(), wanted);
    }
}
