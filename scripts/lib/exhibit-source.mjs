/** `sws-gp` as a module is called. */
export const snakeCase = (id) => id.replaceAll("-", "_");

/** `sws-gp` as a struct is called. */
export const pascalCase = (id) =>
  id.replace(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());

/** The list of a lab (its `mod.rs`) with one method more, in its place among the modules and last in the registry. */
export function listed(source, id, problem) {
  const line = `pub mod ${snakeCase(id)};`;
  const modules = [...source.matchAll(/^(?:pub )?mod \w+;$/gm)];
  const after = modules.findLast(([text]) => nameOf(text) < snakeCase(id));
  const at = after ? after.index + after[0].length + 1 : (modules[0]?.index ?? source.length);
  const withModule = `${source.slice(0, at)}${line}\n${source.slice(at)}`;
  const type = `${snakeCase(id)}::${pascalCase(id)}`;
  const call = problem === "linear" ? `add::<${type}>(registry);` : `registry.add::<${type}>();`;
  const end = withModule.lastIndexOf("}");
  return `${withModule.slice(0, end)}    ${call}\n${withModule.slice(end)}`;
}

const nameOf = (line) => /(\w+);$/.exec(line)[1];

/**
 * A method's file with everything that a finished exhibit has, and nothing in it: the run says that it is not written, and
 * the claim holds for no number, so that tests fail until both are.
 */
export function exhibitSource({ id, n, lab, title, venue, link, problem, instance }) {
  const name = pascalCase(id);
  const year = /\d{4}/.exec(venue ?? "")?.[0] ?? "0";
  const linear = problem === "linear";
  const type = linear ? "LinearInstance<S>" : instance.split("::").at(-1);
  const imports = linear
    ? `use super::linear::LinearInstance;\nuse super::LinearMethod;\nuse crate::kernels::Scalar;`
    : `use super::${instance};`;
  const trait = linear ? "LinearMethod" : "TypedMethod";
  const associated = linear ? "" : `    type Instance = ${type};\n\n`;
  const generic = linear ? "<S: Scalar>" : "";
  return `//! ${title}.
//!
//! \`\`\`text
//! the algorithm, as the box in the paper has it
//! \`\`\`
//!
//! The problem that is solved, shapes, the cost of a step.
//!
//! Authors, "${title}" (${venue ?? "where, when"}), Algorithm 1.

${imports}
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Trace,${linear ? "" : " TypedMethod,"} Try,
    Values, Watch,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of ${id}: a field is a control, an option of the command line, a range and a line of help.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ${name} {
    /// Most steps.
    #[schemars(range(min = 1, max = 10_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for ${name} {
    fn default() -> Self {
        Self { max_steps: 100 }
    }
}

impl ${trait} for ${name} {
${associated}    const CARD: MethodCard = MethodCard {
        id: "${id}",
        lab: "${lab}",
        problem: "${problem}",
        title: "${name}",
        short: "${name}",
        sentence: "",
        line: "What it does, in one line",
        cost: "what a step costs",
        when: "when to use it",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start${generic}(&self, instance: &Arc<${type}>) -> Result<Box<dyn Run>, Complaint> {
        let _ = instance;
        Ok(Box::new(Steps {}))
    }
}

/// A run of ${id}.
struct Steps {}

impl Run for Steps {
    fn step(&mut self) -> Status {
        Status::Failed("${id} is not written yet".into())
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::Real(Vec::new().into()),
            support: Vec::new().into(),
            traces: vec![Trace { name: "residual", value: f64::NAN }],
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "${id}",
    n: Some(${n}),
    lab: "${lab}",
    title: "${name}",
    paper: Paper {
        authors: "Authors",
        title: ${JSON.stringify(title)},
        year: ${year},
        link: ${JSON.stringify(link ?? "")},
    },
    idea: "Two or three sentences.",
    formula: "x",
    consequence: "What follows from the formula.",
    watch: &[Watch { panel: "estimate", text: "What to watch in *Estimate*." }],
    try_this: &[Try { link: "Change something", question: "what happens?", patch: "{}" }],
    breaks: "When it breaks.",
    spec: r#"{"v": 1, "problem": {"id": "${problem}"}, "methods": [{"id": "${id}"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "What the paper says, at the lab's scale",
        experiment: Experiment::Trials {
            spec: r#"{"v": 1, "problem": {"id": "${problem}"}, "methods": [{"id": "${id}"}]}"#,
            trials: 20,
            measure: Measure::Median { metric: "relative_error" },
        },
        bound: Bound::AtMost(0.0),
        measured: f64::NAN,
    }],
};
`;
}
