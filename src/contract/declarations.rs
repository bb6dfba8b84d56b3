//! What a Spec is checked against: identifiers and schemas, without the code behind them.
//!
//! The page checks every edit at once, in its main thread, while the code of a lab is in its workers only.

use super::registry::unknown;
use super::{Complaint, Registry};
use serde::Deserialize;
use serde_json::Value;

/// A problem, as far as a Spec speaks of it.
#[derive(Clone, Copy, Debug)]
pub struct DeclaredProblem<'a> {
    /// Identifier in Specs.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// The problem whose methods solve this one, too.
    pub solved_as: Option<&'a str>,
    /// JSON Schema of its parameters, `id` left out.
    pub schema: &'a Value,
}

impl DeclaredProblem<'_> {
    /// Whether methods for the problem called `problem` solve this one.
    pub fn takes_methods_of(&self, problem: &str) -> bool {
        self.id == problem || self.solved_as == Some(problem)
    }
}

/// A method, likewise.
#[derive(Clone, Copy, Debug)]
pub struct DeclaredMethod<'a> {
    /// Identifier in Specs.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// The problem that it solves.
    pub problem: &'a str,
    /// JSON Schema of its parameters, `id` left out.
    pub schema: &'a Value,
}

/// Something that knows problems and methods by their identifiers.
pub trait Declares {
    /// The problem called `id`.
    ///
    /// # Errors
    /// When there is none; the sentence lists those that are there.
    fn declared_problem(&self, id: &str) -> Result<DeclaredProblem<'_>, Complaint>;

    /// The method called `id`.
    ///
    /// # Errors
    /// When there is none; the sentence lists those that are there.
    fn declared_method(&self, id: &str) -> Result<DeclaredMethod<'_>, Complaint>;
}

impl Declares for Registry {
    fn declared_problem(&self, id: &str) -> Result<DeclaredProblem<'_>, Complaint> {
        let problem = self.problem(id)?;
        let card = problem.card();
        Ok(DeclaredProblem { id: card.id, title: card.title, solved_as: card.solved_as, schema: problem.schema() })
    }

    fn declared_method(&self, id: &str) -> Result<DeclaredMethod<'_>, Complaint> {
        let method = self.method(id)?;
        let card = method.card();
        Ok(DeclaredMethod { id: card.id, title: card.title, problem: card.problem, schema: method.schema() })
    }
}

/// Declarations that were read: those of several labs, for one.
#[derive(Default)]
pub struct Declarations {
    problems: Vec<ReadProblem>,
    methods: Vec<ReadMethod>,
}

/// The part of a catalogue that is read; see `web::catalogue`.
#[derive(Deserialize)]
struct Part {
    problems: Vec<ReadProblem>,
    methods: Vec<ReadMethod>,
}

#[derive(Deserialize)]
struct ReadProblem {
    id: String,
    title: String,
    solved_as: Option<String>,
    params: Value,
}

#[derive(Deserialize)]
struct ReadMethod {
    card: ReadCard,
    params: Value,
}

#[derive(Deserialize)]
struct ReadCard {
    id: String,
    title: String,
    problem: String,
}

impl Declarations {
    /// Adds what a catalogue declares, `{problems: [{id, title, params}], methods: [{card, params}]}`; what is known already
    /// stays as it is.
    ///
    /// # Errors
    /// When the value has another form.
    pub fn add(&mut self, catalogue: Value) -> Result<(), Complaint> {
        let part: Part = serde_json::from_value(catalogue)
            .map_err(|error| Complaint::new("", format!("the catalogue cannot be read: {error}")))?;
        for problem in part.problems {
            if self.problems.iter().all(|known| known.id != problem.id) {
                self.problems.push(problem);
            }
        }
        for method in part.methods {
            if self.methods.iter().all(|known| known.card.id != method.card.id) {
                self.methods.push(method);
            }
        }
        Ok(())
    }
}

impl Declares for Declarations {
    fn declared_problem(&self, id: &str) -> Result<DeclaredProblem<'_>, Complaint> {
        let found = self.problems.iter().find(|problem| problem.id == id);
        let problem = found.ok_or_else(|| unknown(id, self.problems.iter().map(|known| known.id.as_str())))?;
        Ok(DeclaredProblem {
            id: &problem.id,
            title: &problem.title,
            solved_as: problem.solved_as.as_deref(),
            schema: &problem.params,
        })
    }

    fn declared_method(&self, id: &str) -> Result<DeclaredMethod<'_>, Complaint> {
        let found = self.methods.iter().find(|method| method.card.id == id);
        let method = found.ok_or_else(|| unknown(id, self.methods.iter().map(|known| known.card.id.as_str())))?;
        let ReadCard { id, title, problem } = &method.card;
        Ok(DeclaredMethod { id, title, problem, schema: &method.params })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Spec;
    use crate::labs::registry;
    use serde_json::json;

    fn declared() -> Declarations {
        let registry = registry();
        let methods: Vec<Value> =
            registry.methods.iter().map(|m| json!({"card": m.card(), "params": m.schema()})).collect();
        let problems: Vec<Value> = registry
            .problems
            .iter()
            .map(|p| (p.card(), p.schema()))
            .map(|(card, params)| json!({"id": card.id, "title": card.title, "solved_as": card.solved_as, "params": params}))
            .collect();
        let mut declarations = Declarations::default();
        for _ in 0..2 {
            declarations.add(json!({"problems": problems.clone(), "methods": methods.clone()})).unwrap();
        }
        assert_eq!(declarations.methods.len(), methods.len());
        declarations
    }

    #[test]
    fn what_was_read_judges_specs_as_the_registry_does() {
        let declarations = declared();
        for exhibit in &registry().exhibits {
            let by_registry = Spec::parse(exhibit.spec, registry()).unwrap();
            let by_declarations = Spec::parse(exhibit.spec, &declarations).unwrap();
            assert_eq!(by_registry.canonical(registry()), by_declarations.canonical(&declarations), "{}", exhibit.id);
        }
        for wrong in [
            r#"{"v": 1, "problem": {"id": "no"}, "methods": [{"id": "omp"}]}"#,
            r#"{"v": 1, "problem": {"id": "linear"}, "methods": [{"id": "no"}]}"#,
            r#"{"v": 1, "problem": {"id": "linear"}, "methods": [{"id": "omp", "sparsity": -1}]}"#,
            r#"{"v": 1, "problem": {"id": "linear"}, "methods": [{"id": "sinkhorn"}]}"#,
        ] {
            assert_eq!(Spec::parse(wrong, registry()), Spec::parse(wrong, &declarations));
        }
    }
}
