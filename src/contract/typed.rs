//! Problems and methods behind their parameters' types: what most labs need.

use super::{
    Complaint, Exhibit, Files, Instance, Method, MethodCard, Note, Params, Problem, ProblemCard, Registry, Run,
    TheoryCurve, read, schema,
};
use serde_json::Value;
use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

/// A problem. The type that implements it is the struct of its parameters.
pub trait TypedProblem: Params {
    /// Its names, and how it is shown.
    const CARD: ProblemCard;

    /// Draws the instance that `seed` names, see [`Problem::instance`].
    ///
    /// # Errors
    /// When parameters contradict each other or a file cannot be used; the field is relative to the problem.
    fn instance(&self, seed: u64, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint>;

    /// Writes into `params`, which are those of `self`, what makes the derived axis called `name` have this `value`; see
    /// [`Problem::apply_axis`].
    ///
    /// # Errors
    /// When there is no such axis, or not for these parameters; the field is relative to the problem.
    fn apply_axis(&self, _params: &mut Value, name: &str, _value: f64) -> Result<f64, Complaint> {
        Err(Complaint::new(name, format!("is not an axis of {}", Self::CARD.id)))
    }

    /// The curves that theory knows in a diagram of `y` over `x`, see [`Problem::theory`].
    fn theory(&self, _x: &str, _y: &str) -> Vec<TheoryCurve> {
        Vec::new()
    }
}

/// A method for instances of one type. The type that implements it is the struct of its parameters.
pub trait TypedMethod: Params {
    /// What the method's problem draws.
    type Instance: Instance;

    /// Its names.
    const CARD: MethodCard;

    /// How it is shown to people; a rival or a variant may have no page of its own.
    const EXHIBIT: Option<&'static Exhibit> = None;

    /// Its equation and when it breaks, for a method without an exhibit.
    const NOTE: Option<&'static Note> = None;

    /// Most steps that a run may take.
    fn max_steps(&self) -> usize;

    /// Starts on an instance.
    ///
    /// # Errors
    /// When a parameter cannot be used with this instance; the field is relative to the method.
    fn start(&self, instance: &Arc<Self::Instance>) -> Result<Box<dyn Run>, Complaint>;
}

impl Registry {
    /// Adds a problem.
    pub fn add_problem<P: TypedProblem>(&mut self) {
        self.problems.push(Box::new(Entry::<P> { schema: schema::schema_of::<P>(), of: PhantomData }));
    }

    /// Adds a method, and its exhibit where it has one.
    pub fn add<M: TypedMethod>(&mut self) {
        self.methods.push(Box::new(Entry::<M> { schema: schema::schema_of::<M>(), of: PhantomData }));
        self.exhibits.extend(M::EXHIBIT);
    }
}

/// A problem or a method behind the registry's one interface.
struct Entry<T> {
    schema: Value,
    of: PhantomData<T>,
}

impl<P: TypedProblem> Problem for Entry<P> {
    fn card(&self) -> &'static ProblemCard {
        &P::CARD
    }

    fn schema(&self) -> &Value {
        &self.schema
    }

    fn instance(&self, params: &Value, seed: u64, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        read::<P>(params)?.instance(seed, files)
    }

    fn apply_axis(&self, params: &mut Value, name: &str, value: f64) -> Result<f64, Complaint> {
        read::<P>(params)?.apply_axis(params, name, value)
    }

    fn theory(&self, params: &Value, x: &str, y: &str) -> Vec<TheoryCurve> {
        read::<P>(params).map_or_else(|_| Vec::new(), |problem| problem.theory(x, y))
    }
}

impl<M: TypedMethod> Method for Entry<M> {
    fn card(&self) -> &'static MethodCard {
        &M::CARD
    }

    fn note(&self) -> Option<&'static Note> {
        M::NOTE
    }

    fn schema(&self) -> &Value {
        &self.schema
    }

    fn max_steps(&self, params: &Value) -> usize {
        read::<M>(params).map_or(0, |method| method.max_steps())
    }

    fn start(&self, params: &Value, instance: &Arc<dyn Instance>) -> Result<Box<dyn Run>, Complaint> {
        let any: Arc<dyn Any + Send + Sync> = instance.clone();
        match any.downcast::<M::Instance>() {
            Ok(instance) => read::<M>(params)?.start(&instance),
            Err(_) => Err(Complaint::new("id", format!("{} solves another problem", M::CARD.id))),
        }
    }
}
