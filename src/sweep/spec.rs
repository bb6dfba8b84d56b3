//! The sweep's file: a Spec, two axes, trials and a metric, as versioned JSON.

use super::{Axis, Metric};
use crate::contract::{Complaint, Files, Problem, Registry, Spec, TheoryCurve, id_of, schema};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The version that this build writes and reads.
const VERSION: u64 = 1;

/// Most cells of a diagram.
pub const MAX_CELLS: usize = 4096;

/// Most trials of a cell.
pub const MAX_TRIALS: usize = 10_000;

/// Most trials of a whole diagram.
pub const MAX_TOTAL: usize = 2_000_000;

/// Longest Spec that is swept, as text: it is copied for every trial.
const MAX_SPEC_TEXT: usize = 1 << 20;

/// The file as it is written.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(default)]
struct Written {
    /// Version of the format.
    #[schemars(range(min = 1, max = 1))]
    v: u64,
    /// The Spec that every cell starts from.
    spec: Value,
    /// The horizontal axis.
    x: Axis,
    /// The vertical axis.
    y: Axis,
    /// Trials of a cell.
    #[schemars(range(min = 1, max = 10_000))]
    trials: usize,
    /// What a trial is judged by.
    metric: Value,
    /// Largest relative error of a success.
    #[schemars(range(min = 0.0, max = 1e12))]
    tolerance: f64,
    /// Names the draws; the Spec's own seed where it is left out.
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_u64))]
    seed: Option<u64>,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            v: VERSION,
            spec: Value::Null,
            x: Axis::default(),
            y: Axis::default(),
            trials: 20,
            metric: json!("success"),
            tolerance: 1e-3,
            seed: None,
        }
    }
}

/// A sweep's parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepSpec {
    /// The Spec that every cell starts from.
    pub spec: Spec,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Trials of a cell; the most that one gets where trials go where they tell most.
    pub trials: usize,
    /// What a trial is judged by.
    pub metric: Metric,
    /// Largest relative error of a success.
    pub tolerance: f64,
    /// Names the draws.
    pub seed: u64,
}

impl SweepSpec {
    /// JSON Schema of the file; the Spec within has its own.
    pub fn schema() -> Value {
        schema::schema_of::<Written>()
    }

    /// The canonical form: every field, and the Spec without its defaults.
    pub fn canonical(&self, registry: &Registry) -> Value {
        json!({
            "v": VERSION, "spec": self.spec.canonical(registry), "x": self.x, "y": self.y, "trials": self.trials,
            "metric": self.metric.json(), "tolerance": self.tolerance, "seed": self.seed,
        })
    }

    /// Whether every trial of one is a trial of the other: all but the number of trials is the same, once defaults that
    /// are written out are left out.
    pub fn same_draws(&self, other: &Self, registry: &Registry) -> bool {
        let draws = |spec: &Self| Self { trials: 0, ..spec.clone() }.canonical(registry);
        draws(self) == draws(other)
    }
}

/// One cell of a diagram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Its place on the horizontal axis.
    pub x: f64,
    /// Its place on the vertical axis.
    pub y: f64,
    /// What its trials have in fact, where parameters are whole numbers.
    pub at: (f64, f64),
}

/// A checked sweep: every cell has a Spec whose parameters are within their ranges.
pub struct Sweep<'r> {
    /// What the Spec's names mean.
    pub registry: &'r Registry,
    /// Its parameters.
    pub spec: SweepSpec,
    /// Its cells, row by row: cell `j * x.steps + i` has value `i` of x and `j` of y.
    pub cells: Vec<Cell>,
    problem: &'r dyn Problem,
}

impl<'r> Sweep<'r> {
    /// Reads a sweep from JSON text.
    ///
    /// # Errors
    /// One sentence that names the first field that cannot be used.
    pub fn parse(text: &str, registry: &'r Registry) -> Result<Self, Complaint> {
        let value = serde_json::from_str(text)
            .map_err(|error| Complaint::new("", format!("the sweep is not JSON: {error}")))?;
        Self::from_value(value, registry)
    }

    /// Checks a sweep that is JSON already, with all of its cells.
    ///
    /// # Errors
    /// One sentence that names the first field that cannot be used.
    pub fn from_value(mut value: Value, registry: &'r Registry) -> Result<Self, Complaint> {
        if value.is_object() && value.get("v").is_none() {
            return Err(Complaint::new("v", format!("is missing; this build reads version {VERSION}")));
        }
        schema::check(&mut value, &SweepSpec::schema(), "")?;
        let written: Written = serde_json::from_value(value)
            .map_err(|error| Complaint::new("", format!("the sweep cannot be read: {error}")))?;
        if written.spec.to_string().len() > MAX_SPEC_TEXT {
            let message = format!("takes up to {} MB; numbers of one's own come from files", MAX_SPEC_TEXT >> 20);
            return Err(Complaint::new("spec", message));
        }
        let spec = Spec::from_value(written.spec, registry).map_err(|c| c.within("spec"))?;
        written.x.check().map_err(|c| c.within("x"))?;
        written.y.check().map_err(|c| c.within("y"))?;
        let cells = written.x.steps * written.y.steps;
        if cells > MAX_CELLS {
            return Err(Complaint::new("y.steps", format!("takes up to {MAX_CELLS} cells in all, not {cells}")));
        }
        if cells * written.trials > MAX_TOTAL {
            let message = format!("takes up to {MAX_TOTAL} trials in all, not {}", cells * written.trials);
            return Err(Complaint::new("trials", message));
        }
        let problem = registry.problem(&id_of(&spec.problem))?;
        let spec = SweepSpec {
            seed: written.seed.unwrap_or(spec.seed),
            metric: Metric::read(&written.metric)?,
            tolerance: written.tolerance,
            trials: written.trials,
            x: written.x,
            y: written.y,
            spec,
        };
        let mut sweep = Self { registry, spec, cells: Vec::with_capacity(cells), problem };
        for cell in 0..cells {
            let checked = sweep.checked_cell(cell)?;
            sweep.cells.push(checked);
        }
        Ok(sweep)
    }

    /// Values on the two axes of a cell.
    fn place(&self, cell: usize) -> (f64, f64) {
        let SweepSpec { x, y, .. } = &self.spec;
        (x.value(cell % x.steps), y.value(cell / x.steps))
    }

    /// Plain parameters are set before derived axes, and those in the order in which the problem lists them.
    fn x_is_first(&self) -> bool {
        self.spec.x.derived(self.problem) <= self.spec.y.derived(self.problem)
    }

    /// The Spec of a cell, with the sweep's seed, and what its axes attain.
    fn set(&self, (x, y): (f64, f64)) -> Result<(Spec, (f64, f64)), Complaint> {
        let mut spec = self.spec.spec.clone();
        let set_x = |spec: &mut Spec| self.spec.x.apply(spec, x, self.registry).map_err(|c| blamed(c, "x"));
        let set_y = |spec: &mut Spec| self.spec.y.apply(spec, y, self.registry).map_err(|c| blamed(c, "y"));
        let at = if self.x_is_first() {
            let x = set_x(&mut spec)?;
            (x, set_y(&mut spec)?)
        } else {
            let y = set_y(&mut spec)?;
            (set_x(&mut spec)?, y)
        };
        // Where the second axis changed what the first one had set, setting the first one again shows it.
        let mut again = spec.clone();
        if self.x_is_first() {
            set_x(&mut again)?
        } else {
            set_y(&mut again)?
        };
        if again != spec {
            let message = format!("sets what the other axis, {}, has set", self.spec.x.param);
            return Err(Complaint::new("y.param", message));
        }
        Ok((spec, at))
    }

    fn checked_cell(&self, cell: usize) -> Result<Cell, Complaint> {
        let (x, y) = self.place(cell);
        let (spec, at) = self.set((x, y))?;
        let value = json!({"v": VERSION, "seed": spec.seed, "problem": spec.problem, "methods": spec.methods});
        Spec::from_value(value, self.registry).map_err(|complaint| {
            let message = format!("{}, at x = {x} and y = {y}", complaint.message);
            Complaint::new(complaint.field, message).within("spec")
        })?;
        Ok(Cell { x, y, at })
    }

    /// The Spec of a trial: the very instance that the trial is about.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn trial_spec(&self, cell: usize, trial: usize) -> Spec {
        let Cell { x, y, .. } = self.cells[cell];
        let (mut spec, _) = self.set((x, y)).expect("every cell was checked");
        spec.seed = seed_of(self.spec.seed, x, y, trial);
        spec
    }

    /// Looks at the corners of the diagram before any method steps: whether one can start, and whether the metric is
    /// told. Corners that are impossible, such as more spikes than unknowns, are no mistake as long as one is possible.
    ///
    /// # Errors
    /// When no corner can start, or nobody tells the metric.
    pub fn probe(&self, files: &dyn Files) -> Result<(), Complaint> {
        let (across, all) = (self.spec.x.steps, self.cells.len());
        let mut refusals = Vec::new();
        for corner in [0, across - 1, all - across, all - 1] {
            match self.probe_cell(corner, files) {
                Ok(()) => {}
                Err(complaint) if complaint.field == "metric" => return Err(complaint),
                Err(complaint) => refusals.push(complaint),
            }
        }
        if refusals.len() == 4 { Err(refusals.swap_remove(0).within("spec")) } else { Ok(()) }
    }

    fn probe_cell(&self, cell: usize, files: &dyn Files) -> Result<(), Complaint> {
        let spec = self.trial_spec(cell, 0);
        let instance = spec.instance(self.registry, files)?;
        for i in 0..spec.methods.len() {
            let (run, _) = spec.start(i, &instance, self.registry)?;
            let seen = run.observe();
            if self.spec.metric.value(instance.as_ref(), &seen, 0).is_none() {
                let traces = seen.traces.iter().copied().chain(instance.traces(&seen));
                let mut known: Vec<_> = instance.metrics(&seen).into_iter().chain(traces).map(|m| m.name).collect();
                known.extend(["iterations", "products"]);
                known.extend(instance.flops(0.0).map(|_| "flops"));
                known.sort_unstable();
                known.dedup();
                let message = format!("needs what methods[{i}] does not tell; it tells {}", known.join(", "));
                return Err(Complaint::new("metric", message));
            }
        }
        Ok(())
    }

    /// The curves that theory draws into this diagram, within its frame.
    pub fn theory(&self) -> Vec<TheoryCurve> {
        let SweepSpec { x, y, spec, .. } = &self.spec;
        let (Some(x_name), Some(y_name)) = (x.param.strip_prefix("problem."), y.param.strip_prefix("problem.")) else {
            return Vec::new();
        };
        let mut curves = self.problem.theory(&spec.problem, x_name, y_name);
        for curve in &mut curves {
            curve.points.retain(|point| (x.from..=x.to).contains(&point.0) && (y.from..=y.to).contains(&point.1));
        }
        curves.retain(|curve| !curve.points.is_empty());
        curves
    }
}

/// A complaint about a path into the Spec, from an axis.
fn blamed(complaint: Complaint, axis: &str) -> Complaint {
    Complaint::new(format!("{axis}.param"), format!("cannot be set: {complaint}"))
}

/// The seed of a trial, from the cell's place and not its number: where two diagrams share a cell they share its
/// trials. Each word goes through the finaliser of SplitMix64 (Steele, Lea and Flood 2014); 53 bits are kept.
fn seed_of(seed: u64, x: f64, y: f64, trial: usize) -> u64 {
    // Adding zero turns the negative zero into the positive one.
    let words = [(x + 0.0).to_bits(), (y + 0.0).to_bits(), trial as u64];
    words.into_iter().fold(mixed(seed), |hash, word| mixed(hash ^ word)) >> 11
}

fn mixed(word: u64) -> u64 {
    let mut z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
