//! The lists of all problems, methods and exhibits.

use super::{Complaint, Exhibit, Method, Problem, Spec};
use serde_json::{Map, Value, json};

/// Everything that a Spec can name. [`crate::labs::registry`] fills it.
pub struct Registry {
    /// All problems.
    pub problems: Vec<Box<dyn Problem>>,
    /// All methods.
    pub methods: Vec<Box<dyn Method>>,
    /// All exhibits that are built.
    pub exhibits: Vec<&'static Exhibit>,
}

impl Registry {
    /// The problem called `id`.
    ///
    /// # Errors
    /// When there is none; the sentence lists those that are there.
    pub fn problem(&self, id: &str) -> Result<&dyn Problem, Complaint> {
        self.problems
            .iter()
            .find(|problem| problem.card().id == id)
            .map(Box::as_ref)
            .ok_or_else(|| unknown(id, self.problems.iter().map(|problem| problem.card().id)))
    }

    /// The method called `id`.
    ///
    /// # Errors
    /// When there is none; the sentence lists those that are there.
    pub fn method(&self, id: &str) -> Result<&dyn Method, Complaint> {
        self.methods
            .iter()
            .find(|method| method.card().id == id)
            .map(Box::as_ref)
            .ok_or_else(|| unknown(id, self.methods.iter().map(|method| method.card().id)))
    }

    /// All schemas: `{spec, problems, methods}`, the latter two by id. From them come the page's controls, its types,
    /// and what the command line prints as `pursuit schema`.
    pub fn schemas(&self) -> Value {
        let problems = self.problems.iter().map(|p| (p.card().id.to_owned(), p.schema().clone()));
        let methods = self.methods.iter().map(|m| (m.card().id.to_owned(), m.schema().clone()));
        json!({
            "spec": Spec::schema(self),
            "problems": problems.collect::<Map<_, _>>(),
            "methods": methods.collect::<Map<_, _>>(),
        })
    }
}

/// What is said of an `id` that is not among those that are known.
pub(super) fn unknown<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Complaint {
    let known: Vec<_> = known.collect();
    Complaint::new("id", format!("takes one of {}, not {}", known.join(", "), Complaint::quote(id)))
}

#[cfg(test)]
mod tests {
    use crate::contract::schema;
    use crate::labs::registry;
    use serde_json::{Map, Value};

    #[test]
    fn starting_specs_fit_the_schema_of_a_spec() {
        let schemas = registry().schemas();
        for exhibit in &registry().exhibits {
            let mut spec: Value = serde_json::from_str(exhibit.spec).unwrap();
            assert_eq!(schema::check(&mut spec, &schemas["spec"], ""), Ok(()), "{}", exhibit.id);
        }
    }

    #[test]
    fn each_choice_has_its_id_first() {
        let schemas = registry().schemas();
        for (kind, path) in [("problems", "/properties/problem/oneOf"), ("methods", "/properties/methods/items/oneOf")]
        {
            let options = schemas["spec"].pointer(path).and_then(Value::as_array).unwrap();
            let of_kind = schemas[kind].as_object().unwrap();
            assert_eq!(options.len(), of_kind.len());
            for (option, (id, schema)) in options.iter().zip(of_kind) {
                let mut properties = option["properties"].as_object().unwrap().iter();
                assert_eq!(
                    properties.next().map(|(name, p)| (name.as_str(), p["const"].as_str())),
                    Some(("id", Some(id.as_str())))
                );
                // A method may have no parameters.
                assert!(properties.eq(schema["properties"].as_object().unwrap_or(&Map::new())));
                assert_eq!(option["required"], serde_json::json!(["id"]));
            }
        }
    }

    /// So that `docs/methods.md` and the page of methods have all of it for every method.
    #[test]
    fn every_method_has_an_equation_and_says_when_it_breaks() {
        let registry = registry();
        for method in &registry.methods {
            let id = method.card().id;
            let exhibit = registry.exhibits.iter().find(|exhibit| exhibit.id == id);
            let (formula, breaks) = match (exhibit, method.note()) {
                (Some(exhibit), None) => (exhibit.formula, exhibit.breaks),
                (None, Some(note)) => (note.formula, note.breaks),
                (Some(_), Some(_)) => panic!("{id} has an exhibit, which says what its note says"),
                (None, None) => panic!("{id} has neither an exhibit nor a note"),
            };
            assert!(!formula.is_empty() && !formula.contains('$'), "{id}: {formula}");
            assert!(breaks.ends_with('.') && breaks.len() > 40, "{id}: {breaks}");
        }
    }

    #[test]
    fn an_unknown_id_is_answered_with_those_that_are_known() {
        let complaint = registry().method("no-such").err().unwrap();
        assert!(complaint.message.starts_with("takes one of ") && complaint.message.contains("omp"));
        assert!(complaint.message.ends_with(", not \"no-such\""));
    }
}
