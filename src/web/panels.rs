//! Panels as JavaScript has them. What a panel is called and how it is drawn stays from step to step, and is made once.

use super::session::{set, shown};
use super::to_js;
use crate::contract::{Axis, Kind, Panel};
use js_sys::{Array, Object};
use serde_json::json;
use wasm_bindgen::prelude::*;

/// All of a panel but its numbers, marks and table.
#[derive(Clone, Copy, PartialEq)]
struct Head {
    texts: [&'static str; 3],
    kind: Kind,
    shape: (usize, usize),
    axes: [Axis; 2],
}

impl Head {
    fn of(panel: &Panel<'_>) -> Self {
        let &Panel { id, title, caption, kind, shape, x, y, .. } = panel;
        Self { texts: [id, title, caption], kind, shape, axes: [x, y] }
    }

    /// An object without numbers, marks or table.
    fn made(&self) -> Result<Object, JsValue> {
        let ([id, title, caption], (rows, cols), [x, y]) = (self.texts, self.shape, self.axes);
        let head = json!({
            "id": id, "title": title, "caption": caption, "kind": self.kind, "rows": rows, "cols": cols, "x": x, "y": y,
            "marks": [], "table": null,
        });
        Ok(to_js(&head)?.unchecked_into())
    }
}

/// Most heads that are kept: shapes may change in every step.
const MOST: usize = 64;

/// Heads that were made before.
#[derive(Default)]
pub struct Heads(Vec<(Head, Object)>);

impl Heads {
    /// `[{id, title, caption, kind, rows, cols, x, y, marks, table, values}]`.
    ///
    /// # Errors
    /// When a value cannot cross into JavaScript.
    pub fn of(&mut self, panels: &[Panel<'_>]) -> Result<JsValue, JsValue> {
        let list = Array::new();
        for panel in panels {
            let object = Object::assign(&Object::new(), self.head(panel)?);
            if !panel.marks.is_empty() {
                set(&object, "marks", &to_js(&panel.marks)?)?;
            }
            if panel.table.is_some() {
                set(&object, "table", &to_js(&panel.table)?)?;
            }
            set(&object, "values", &shown(&panel.values))?;
            list.push(&object);
        }
        Ok(list.into())
    }

    fn head(&mut self, panel: &Panel<'_>) -> Result<&Object, JsValue> {
        let head = Head::of(panel);
        let known = self.0.iter().position(|(known, _)| *known == head);
        let at = match known {
            Some(at) => at,
            None => {
                if self.0.len() == MOST {
                    self.0.clear();
                }
                self.0.push((head, head.made()?));
                self.0.len() - 1
            }
        };
        Ok(&self.0[at].1)
    }
}
