//! A Spec being run in a worker: one instance, one run a method, stepped from outside.

use super::panels::Heads;
use super::{checked, thrown, to_js};
use crate::contract::{Ending, Instance, NoFiles, Observation, Run, Spec, Status, Trace, Values, digest};
use crate::labs;
use js_sys::{Float64Array, Object, Reflect, Uint32Array};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// One method on its way.
struct Started {
    run: Box<dyn Run>,
    steps: usize,
    max_steps: usize,
    ending: Option<Ending>,
}

/// An instance and the runs on it.
#[wasm_bindgen]
pub struct Session {
    spec: Spec,
    instance: Arc<dyn Instance>,
    runs: Vec<Started>,
    heads: RefCell<Heads>,
}

#[wasm_bindgen]
impl Session {
    /// Draws the instance of a Spec and starts its methods.
    ///
    /// # Errors
    /// `{field, message}` when the Spec cannot be used.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: JsValue) -> Result<Session, JsValue> {
        let registry = labs::registry();
        let spec = checked(spec, registry)?;
        let instance = spec.instance(registry, &NoFiles).map_err(thrown)?;
        let runs = (0..spec.methods.len())
            .map(|i| {
                let (run, max_steps) = spec.start(i, &instance, registry).map_err(thrown)?;
                Ok(Started { run, steps: 0, max_steps, ending: None })
            })
            .collect::<Result<_, JsValue>>()?;
        Ok(Session { spec, instance, runs, heads: RefCell::default() })
    }

    /// Number of methods.
    pub fn methods(&self) -> usize {
        self.runs.len()
    }

    /// What is known before any step: `{spec, facts, panels: [{id, title, ..., values}], methods: [{max_steps}]}`.
    ///
    /// # Errors
    /// When a value cannot cross into JavaScript.
    pub fn describe(&self) -> Result<JsValue, JsValue> {
        let description = Object::new();
        set(&description, "spec", &to_js(&self.spec.canonical(labs::registry()))?)?;
        set(&description, "facts", &to_js(&self.instance.facts())?)?;
        set(&description, "panels", &self.heads.borrow_mut().of(&self.instance.panels())?)?;
        let methods: Vec<Value> = self.runs.iter().map(|run| json!({"max_steps": run.max_steps})).collect();
        set(&description, "methods", &to_js(&methods)?)?;
        Ok(description.into())
    }

    /// Does one step of method `i`; tells whether it was an inner one. After the ending nothing more is done.
    ///
    /// Stepping and looking are apart so that the time of a method is the method's alone.
    ///
    /// # Errors
    /// When there is no method `i`.
    pub fn step(&mut self, i: usize) -> Result<bool, JsValue> {
        let started = self.runs.get_mut(i).ok_or("there is no such method")?;
        if started.ending.is_some() {
            return Ok(false);
        }
        let status = started.run.step();
        let inner = status == Status::Inner;
        started.steps += usize::from(!inner);
        started.ending = Ending::of(status);
        if started.ending.is_none() && started.steps >= started.max_steps {
            started.ending = Some(Ending::Budget);
        }
        Ok(inner)
    }

    /// What can be seen of method `i` now: `{step, ending?, traces, events, products}` and, in a step whose number
    /// `every` divides and in the last one, also `{estimate, support, panels}`, the estimate as the problem's profile
    /// of it. Many steps are taken, few are kept.
    ///
    /// # Errors
    /// When there is no method `i`, or a value cannot cross into JavaScript.
    pub fn frame(&self, i: usize, every: f64) -> Result<JsValue, JsValue> {
        let started = self.runs.get(i).ok_or("there is no such method")?;
        let kept = started.ending.is_some() || (started.steps as f64) % every.max(1.0) == 0.0;
        let seen = if kept { started.run.observe() } else { started.run.glance() };
        let frame = Object::new();
        set(&frame, "step", &JsValue::from_f64(started.steps as f64))?;
        if let Some(ending) = &started.ending {
            set(&frame, "ending", &to_js(&json!({"word": ending.word(), "reason": ending.reason()}))?)?;
        }
        let mut traces = seen.traces.clone();
        traces.extend(self.instance.traces(&seen));
        set(&frame, "traces", &traces_to_js(&traces)?)?;
        set(&frame, "events", &to_js(&seen.events)?)?;
        set(&frame, "products", &JsValue::from_f64(seen.products))?;
        if !kept {
            return Ok(frame.into());
        }
        set(&frame, "estimate", &shown(&self.instance.profile(&seen)))?;
        let support: Vec<u32> = seen.support.iter().map(|&i| i as u32).collect();
        set(&frame, "support", &Uint32Array::from(support.as_slice()))?;
        let mut panels = self.instance.observe(&seen);
        panels.extend(seen.panels.iter().cloned());
        set(&frame, "panels", &self.heads.borrow_mut().of(&panels)?)?;
        Ok(frame.into())
    }

    /// Whether method `i` has ended.
    pub fn ended(&self, i: usize) -> bool {
        self.runs.get(i).is_none_or(|started| started.ending.is_some())
    }

    /// How method `i` is judged now: `{metrics: {name: value}, digest}`.
    ///
    /// # Errors
    /// When there is no method `i`, or a value cannot cross into JavaScript.
    pub fn judge(&self, i: usize) -> Result<JsValue, JsValue> {
        let started = self.runs.get(i).ok_or("there is no such method")?;
        let seen: Observation<'_> = started.run.glance();
        let verdict = Object::new();
        set(&verdict, "metrics", &traces_to_js(&self.instance.metrics(&seen))?)?;
        set(&verdict, "digest", &JsValue::from_str(&digest(&seen.estimate)))?;
        Ok(verdict.into())
    }
}

/// Sets a property.
pub fn set(object: &Object, key: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &JsValue::from_str(key), value).map(|_| ())
}

/// Numbers for a figure: real ones as they are, complex ones by their modulus.
pub fn shown(values: &Values<'_>) -> Float64Array {
    match values {
        Values::Real(values) => Float64Array::from(values.as_ref()),
        Values::Complex(values) => {
            let moduli: Vec<f64> = values.iter().map(|v| crate::kernels::Scalar::abs(*v)).collect();
            Float64Array::from(moduli.as_slice())
        }
    }
}

fn traces_to_js(traces: &[Trace]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for trace in traces {
        set(&object, trace.name, &JsValue::from_f64(trace.value))?;
    }
    Ok(object.into())
}
