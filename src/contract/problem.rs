//! Problems, and the instances that are drawn from them.

use super::{Complaint, DerivedAxis, Observation, Page, Panel, TheoryCurve, Trace, Values};
use serde::Serialize;
use serde_json::Value;
use std::any::Any;
use std::sync::Arc;

/// Reads the files that a Spec names. The command line reads from disk beside the Spec; the page
/// has none and inlines what a person drops on it.
pub trait Files {
    /// Contents of the file called `path`.
    ///
    /// # Errors
    /// When it cannot be read or is larger than the lab takes.
    fn read(&self, path: &str) -> Result<Vec<u8>, Complaint>;
}

/// No files: every name is refused.
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, Complaint> {
        Err(Complaint::new(
            "",
            format!(
                "names the file {}, which cannot be read here; give the numbers themselves",
                Complaint::quote(path)
            ),
        ))
    }
}

/// What a problem is called and how it is shown, apart from its parameters.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ProblemCard {
    /// Identifier in Specs, in kebab case.
    pub id: &'static str,
    /// The lab that it belongs to.
    pub lab: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The Spec as an English sentence; `{path}` is a slot for a parameter, `{methods}` for the methods; conditions as in a
    /// [`MethodCard`](super::MethodCard).
    pub sentence: &'static str,
    /// The problem whose methods solve this one, too: its instances give them what they ask for by `as_any`.
    pub solved_as: Option<&'static str>,
    /// How its runs are laid out and spoken of on the page. A problem whose page has parts of its own says nothing.
    pub page: Option<&'static Page>,
    /// Quantities other than parameters that a sweep can have as an axis, in the order in which they are applied.
    pub axes: &'static [DerivedAxis],
    /// The phase diagram that shows most of this problem: a sweep's file whose `spec` is a merge patch (RFC 7396) of the
    /// Spec that is swept.
    pub sweep: Option<&'static str>,
}

/// A family of things to solve: an entry of the registry. Those whose parameters are a struct are a [`TypedProblem`].
///
/// [`TypedProblem`]: super::TypedProblem
pub trait Problem: Send + Sync {
    /// Its names.
    fn card(&self) -> &'static ProblemCard;

    /// JSON Schema of its parameters, `id` left out.
    fn schema(&self) -> &Value;

    /// Draws the instance that `seed` names. The same parameters and seed give the same bits everywhere.
    ///
    /// # Errors
    /// When parameters contradict each other or a file cannot be used; the field is relative to the problem.
    fn instance(&self, params: &Value, seed: u64, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint>;

    /// Changes `params` so that the derived axis called `name` is `value`, as nearly as whole numbers allow, and
    /// returns the value that was attained.
    ///
    /// # Errors
    /// When there is no such axis, or not for these parameters; the field is relative to the problem.
    fn apply_axis(&self, params: &mut Value, name: &str, value: f64) -> Result<f64, Complaint>;

    /// The curves that theory knows in a diagram of `y` over `x`. Both are named within the problem, such as `delta`
    /// or `signal.sparsity`; other parameters are those of `params`.
    fn theory(&self, params: &Value, x: &str, y: &str) -> Vec<TheoryCurve>;

    /// Whether methods for the problem called `problem` solve this one.
    fn takes_methods_of(&self, problem: &str) -> bool {
        self.card().id == problem || self.card().solved_as == Some(problem)
    }
}

/// One thing to solve, with the truth where it is known.
pub trait Instance: Any + Send + Sync {
    /// For methods, which know the type behind it: that of the problem, or of the one that it is solved as.
    fn as_any(&self) -> &dyn Any;

    /// Facts about the instance for people and pages: sizes, what is known, notes.
    fn facts(&self) -> Value;

    /// What can be seen before any method runs.
    fn panels(&self) -> Vec<Panel<'_>>;

    /// The problem's own view of a run: panels that every method of the problem shares.
    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>>;

    /// What stands for the estimate beside the panel `truth`, one number an index of the support; the estimate itself
    /// where it is a vector.
    fn profile<'a>(&self, seen: &Observation<'a>) -> Values<'a> {
        seen.estimate.clone()
    }

    /// Quantities that the problem plots against the step, such as the error to the truth.
    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace>;

    /// How good the answer is, by name: `residual`, `relative_error`, `precision`, `recall`, ...
    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace>;

    /// Floating-point operations of this many products with the measuring matrix, to leading order: what a run costs
    /// where its products dominate. `None` where there is no such matrix.
    fn flops(&self, _products: f64) -> Option<f64> {
        None
    }

    /// Arrays worth saving, with their shapes (rows, columns), row by row: `A`, `x`, `y`.
    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)>;

    /// What theory says about this very instance, by name, as far as `budget` multiplications go: `left_out` lists, as
    /// sentences, what would have taken more. `null` where there is nothing to say.
    fn diagnosis(&self, _budget: f64) -> Value {
        Value::Null
    }

    /// What theory says about one set of indices, such as the support that a method has come to; `null` as above.
    fn support_diagnosis(&self, _support: &[usize], _budget: f64) -> Value {
        Value::Null
    }

    /// The solutions over all penalties, and which of them each rule of choice takes; `null` where there is no such path.
    fn penalty_path(&self, _budget: f64) -> Value {
        Value::Null
    }
}
