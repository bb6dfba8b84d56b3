//! Methods whose problem has instances of one Rust type, which is all that most labs need.

use super::{Complaint, Exhibit, Instance, Method, MethodCard, Params, Registry, Run, read, schema};
use serde_json::Value;
use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

/// A method for instances of one type. The type that implements it is the struct of its parameters.
pub trait TypedMethod: Params {
    /// What the method's problem draws.
    type Instance: Instance;

    /// Its names.
    const CARD: MethodCard;

    /// How it is shown to people; a rival or a variant may have no page of its own.
    const EXHIBIT: Option<&'static Exhibit> = None;

    /// Most steps that a run may take.
    fn max_steps(&self) -> usize;

    /// Starts on an instance.
    ///
    /// # Errors
    /// When a parameter cannot be used with this instance; the field is relative to the method.
    fn start(&self, instance: &Arc<Self::Instance>) -> Result<Box<dyn Run>, Complaint>;
}

impl Registry {
    /// Adds a method, and its exhibit where it has one.
    pub fn add<M: TypedMethod>(&mut self) {
        self.methods.push(Box::new(Entry::<M> { schema: schema::schema_of::<M>(), method: PhantomData }));
        self.exhibits.extend(M::EXHIBIT);
    }
}

/// A method behind the registry's one interface.
struct Entry<M> {
    schema: Value,
    method: PhantomData<M>,
}

impl<M: TypedMethod> Method for Entry<M> {
    fn card(&self) -> &'static MethodCard {
        &M::CARD
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
