//! What a method of this lab is, and how it joins the registry.

use super::linear::{LinearInstance, Recovery};
use crate::contract::{Complaint, Exhibit, Instance, Method, MethodCard, Note, Params, Registry, Run, read, schema};
use crate::kernels::Scalar;
use serde_json::Value;
use std::marker::PhantomData;
use std::sync::Arc;

/// A method of this lab. The type is the struct of its parameters, and it says which instances it solves. A
/// [`LinearMethod`] is one for `linear`; methods for other problems are this directly.
pub trait LabMethod: Params {
    /// What it solves.
    type Solves: Instance;

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
    fn start(&self, instance: &Self::Solves) -> Result<Box<dyn Run>, Complaint>;
}

impl<M: LinearMethod> LabMethod for M {
    type Solves = Recovery;

    const CARD: MethodCard = <M as LinearMethod>::CARD;

    const EXHIBIT: Option<&'static Exhibit> = <M as LinearMethod>::EXHIBIT;

    const NOTE: Option<&'static Note> = <M as LinearMethod>::NOTE;

    fn max_steps(&self) -> usize {
        LinearMethod::max_steps(self)
    }

    fn start(&self, instance: &Recovery) -> Result<Box<dyn Run>, Complaint> {
        match instance {
            Recovery::Real(instance) => LinearMethod::start(self, instance),
            Recovery::Complex(instance) => LinearMethod::start(self, instance),
        }
    }
}

/// A method for `y = A x + e`. The type is the struct of its parameters.
pub trait LinearMethod: Params {
    /// Its names.
    const CARD: MethodCard;

    /// How it is shown to people; a rival or a variant may have no page of its own.
    const EXHIBIT: Option<&'static Exhibit> = None;

    /// Its equation and when it breaks, for a method without an exhibit.
    const NOTE: Option<&'static Note> = None;

    /// Most steps that a run may take.
    fn max_steps(&self) -> usize;

    /// Starts on an instance, over real or complex numbers.
    ///
    /// # Errors
    /// When a parameter cannot be used with this instance; the field is relative to the method.
    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint>;
}

/// Adds a method, and its exhibit where it has one.
pub fn add<M: LabMethod>(registry: &mut Registry) {
    registry.methods.push(Box::new(Entry::<M> { schema: schema::schema_of::<M>(), method: PhantomData }));
    registry.exhibits.extend(M::EXHIBIT);
}

/// The sparsity that a method is told, or the instance's own.
///
/// # Errors
/// When none is given and the truth is not known, or it exceeds the number of measurements.
pub fn sparsity_for<S: Scalar>(given: Option<usize>, instance: &LinearInstance<S>) -> Result<usize, Complaint> {
    let most = instance.rows().min(instance.cols());
    match given {
        Some(k) if k > most => {
            let message = format!("goes up to the number of measurements, {most}, not {k}");
            Err(Complaint::new("sparsity", message))
        }
        Some(k) => Ok(k),
        None => instance.sparsity().map(|k| k.clamp(1, most)).ok_or_else(|| {
            Complaint::new("sparsity", format!("is needed where the truth is not known; it goes from 1 to {most}"))
        }),
    }
}

/// A method behind the registry's one interface.
struct Entry<M> {
    schema: Value,
    method: PhantomData<M>,
}

impl<M: LabMethod> Method for Entry<M> {
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
        let method: M = read(params)?;
        match instance.as_any().downcast_ref::<M::Solves>() {
            Some(instance) => method.start(instance),
            None => Err(Complaint::new("id", format!("{} solves another problem", M::CARD.id))),
        }
    }
}
