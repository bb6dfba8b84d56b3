//! A problem whose success curve is known: a coin that is tossed once, and methods that look at it.

use pursuit::contract::*;
use pursuit::sweep::{Sweep, Task};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// Parameters of `coin`.
#[derive(Clone, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Coin {
    /// Across.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub x: f64,
    /// Up.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub y: f64,
    /// Slope of the success curve.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub slope: f64,
}

impl Default for Coin {
    fn default() -> Self {
        Self { x: 0.5, y: 0.5, slope: 40.0 }
    }
}

/// Where the success rate of the coin is 50 %.
pub fn crossing_at(x: f64) -> f64 {
    0.25 + 0.5 * x * x
}

impl TypedProblem for Coin {
    const CARD: ProblemCard = ProblemCard {
        id: "coin",
        lab: "recovery",
        title: "A coin",
        sentence: "Toss a coin, by {methods}.",
        solved_as: None,
        page: None,
        axes: &[],
        sweep: None,
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let rate = 1.0 / (1.0 + libm::exp(self.slope * (self.y - crossing_at(self.x))));
        let mut random = pursuit::signals::random::Random::new(seed, pursuit::signals::random::Stream::Probe);
        Ok(Arc::new(Tossed { draw: random.uniform(), rate }))
    }
}

/// The error is 0 where the draw is below the rate.
struct Tossed {
    draw: f64,
    rate: f64,
}

impl Instance for Tossed {
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn facts(&self) -> Value {
        Value::Null
    }
    fn panels(&self) -> Vec<Panel<'_>> {
        Vec::new()
    }
    fn observe<'a>(&'a self, _: &Observation<'a>) -> Vec<Panel<'a>> {
        Vec::new()
    }
    fn traces(&self, _: &Observation<'_>) -> Vec<Trace> {
        Vec::new()
    }
    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Values::Real(handicap) = &seen.estimate else { return Vec::new() };
        let error = if self.draw + handicap[0] < self.rate { 0.0 } else { 1.0 };
        vec![Trace { name: "relative_error", value: error }, Trace { name: "draw", value: self.draw }]
    }
    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        Vec::new()
    }
}

/// A method of the coin: `look` converges, `stare` spends its budget of 3 steps.
pub struct Look {
    card: &'static MethodCard,
    schema: Value,
}

const fn card(id: &'static str) -> MethodCard {
    MethodCard {
        id,
        lab: "recovery",
        problem: "coin",
        title: id,
        short: id,
        sentence: "",
        line: "",
        cost: "",
        when: "",
    }
}
static LOOK: MethodCard = card("look");
static STARE: MethodCard = card("stare");

impl Method for Look {
    fn card(&self) -> &'static MethodCard {
        self.card
    }
    fn schema(&self) -> &Value {
        &self.schema
    }
    fn max_steps(&self, _: &Value) -> usize {
        3
    }
    fn start(&self, _: &Value, _: &Arc<dyn Instance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Looking { ends: self.card.id == "look" }))
    }
}

struct Looking {
    ends: bool,
}

impl Run for Looking {
    fn step(&mut self) -> Status {
        if self.ends { Status::Converged("it was seen".into()) } else { Status::Running }
    }
    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::give(vec![if self.ends { 0.0 } else { 0.1 }]),
            support: Vec::new().into(),
            traces: Vec::new(),
            panels: Vec::new(),
            events: Vec::new(),
            products: 2.0,
        }
    }
}

/// A registry with the coin alone.
pub fn registry() -> Registry {
    let look = |card| Box::new(Look { card, schema: json!({"type": "object", "properties": {}}) }) as Box<dyn Method>;
    let methods = vec![look(&LOOK), look(&STARE)];
    let mut registry = Registry { problems: Vec::new(), methods, exhibits: Vec::new() };
    registry.add_problem::<Coin>();
    registry
}

/// A sweep of the coin over x and y, with `patch` over its fields.
pub fn sweep(registry: &Registry, patch: Value) -> Sweep<'_> {
    let mut value = json!({
        "v": 1,
        "spec": {"v": 1, "seed": 3, "problem": {"id": "coin"}, "methods": [{"id": "look"}]},
        "x": {"param": "problem.x", "from": 0, "to": 1, "steps": 5},
        "y": {"param": "problem.y", "from": 0, "to": 1, "steps": 33},
        "trials": 60,
    });
    value.as_object_mut().unwrap().extend(patch.as_object().unwrap().clone());
    Sweep::from_value(value, registry).unwrap()
}

/// Runs tasks on all cores and adds them to a tally.
pub fn run(sweep: &Sweep<'_>, tally: &mut pursuit::sweep::Tally, tasks: &[Task]) {
    let records: Vec<_> = tasks.par_iter().map(|task| sweep.trial(*task, &NoFiles)).collect();
    records.into_iter().for_each(|record| tally.add(record).unwrap());
}
