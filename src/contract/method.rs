//! Methods, and the runs that they start.

use super::{Complaint, Instance, Note, Observation};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// Where a run stands after a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// A finer step inside an outer one was done; the outer step goes on.
    Inner,
    /// A step was done and there is more to do.
    Running,
    /// The method's own test holds; the text says which, such as `duality gap 3e-9`.
    Converged(String),
    /// The iterates grow without bound; the text says what was seen.
    Diverged(String),
    /// The method cannot go on; one sentence says why and what would help.
    Failed(String),
}

/// A started method. It owns no loop, no clock and no budget: [`super::drive`] has those.
pub trait Run: Send {
    /// Does one iteration. After a status other than `Inner` or `Running` it must not be called again.
    fn step(&mut self) -> Status;

    /// Lends what can be seen now; valid before the first step, too.
    fn observe(&self) -> Observation<'_>;

    /// The same without panels, for the many steps that nobody draws. A method whose panels cost something to
    /// make does not make them here.
    fn glance(&self) -> Observation<'_> {
        Observation { panels: Vec::new(), ..self.observe() }
    }
}

/// What a method is called, apart from its parameters.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct MethodCard {
    /// Identifier in Specs, in kebab case.
    pub id: &'static str,
    /// The lab that it belongs to.
    pub lab: &'static str,
    /// The problem that it solves, by id.
    pub problem: &'static str,
    /// Full name.
    pub title: &'static str,
    /// Short name, as in the Spec sentence.
    pub short: &'static str,
    /// What follows the short name in the Spec sentence; `{field}` is a slot for a parameter. `<field|words|other words>` has words for
    /// a parameter that has a value and others where it has none, `<field=option|..|..>` for one that is this option.
    pub sentence: &'static str,
    /// One line for a list of choices.
    pub line: &'static str,
    /// What a step costs, for `A` of m x n and k entries held: ends a sentence, such as `one product with A^* and O(m k)`.
    pub cost: &'static str,
    /// When to use it: reads on after "Use it when", or is a phrase with `as` or `for`.
    pub when: &'static str,
}

/// One algorithm for a problem: an entry of the registry.
pub trait Method: Send + Sync {
    /// Its names.
    fn card(&self) -> &'static MethodCard;

    /// Its equation and when it breaks, where no exhibit says so.
    fn note(&self) -> Option<&'static Note> {
        None
    }

    /// JSON Schema of its parameters, `id` left out.
    fn schema(&self) -> &Value;

    /// Most steps that a run with these parameters may take.
    fn max_steps(&self, params: &Value) -> usize;

    /// Starts on an instance.
    ///
    /// # Errors
    /// When a parameter cannot be used with this instance; the field is relative to the method.
    fn start(&self, params: &Value, instance: &Arc<dyn Instance>) -> Result<Box<dyn Run>, Complaint>;
}
