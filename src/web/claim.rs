//! Claims for the page: "show me" runs one before one's eyes.

use super::{thrown, to_js};
use crate::claims::{Check, Effort, Job};
use crate::complaint::Complaint;
use crate::labs;
use serde_json::json;
use std::collections::VecDeque;
use wasm_bindgen::prelude::*;

/// A claim of an exhibit, checked job by job.
#[wasm_bindgen]
pub struct ClaimCheck {
    check: Check<'static>,
    waiting: VecDeque<Job>,
    done: usize,
}

#[wasm_bindgen]
impl ClaimCheck {
    /// The claim with the number `claim` of the exhibit `exhibit`.
    ///
    /// # Errors
    /// `{field, message}` when there is none.
    #[wasm_bindgen(constructor)]
    pub fn new(exhibit: &str, claim: usize) -> Result<ClaimCheck, JsValue> {
        let registry = labs::registry();
        let known = registry.exhibits.iter().find(|known| known.id == exhibit);
        let claim = known.and_then(|exhibit| exhibit.claims.get(claim));
        let claim = claim.ok_or_else(|| thrown(Complaint::new("", format!("{exhibit} has no such claim"))))?;
        let check = Check::new(claim, Effort::Full, registry).map_err(thrown)?;
        Ok(ClaimCheck { waiting: check.next().into(), check, done: 0 })
    }

    /// Does the next job, and says whether there are more.
    ///
    /// # Errors
    /// `{field, message}` when the problem cannot be drawn or a method does not start.
    pub fn advance(&mut self) -> Result<bool, JsValue> {
        if let Some(job) = self.waiting.pop_front() {
            let finding = self.check.run(job).map_err(thrown)?;
            self.check.add(finding).map_err(thrown)?;
            self.done += 1;
        }
        if self.waiting.is_empty() {
            self.waiting = self.check.next().into();
        }
        Ok(!self.waiting.is_empty())
    }

    /// How far it is: `{done, left, measured, holds}`; `left` are the jobs that are known, `measured` is null while the
    /// findings tell nothing.
    ///
    /// # Errors
    /// When the value cannot cross into JavaScript.
    pub fn state(&self) -> Result<JsValue, JsValue> {
        to_js(&json!({
            "done": self.done,
            "left": self.waiting.len(),
            "measured": self.check.measured(),
            "holds": self.check.holds(),
        }))
    }
}
