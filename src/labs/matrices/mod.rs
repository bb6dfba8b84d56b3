//! The matrices lab: matrices with little inside, factorised, completed and replaced by cheaper ones.

pub mod als;
mod alternation;
pub mod altmin_completion;
pub mod completion;
pub mod factor_descent;
mod picture;
pub mod row_solver;
pub mod soft_impute;

use crate::contract::Registry;
use completion::Completion;

/// Adds the lab's problems, methods and exhibits. A new method is one line here.
pub fn register(registry: &mut Registry) {
    registry.add_problem::<Completion>();
    registry.add::<altmin_completion::AltminCompletion>();
    registry.add::<als::Als>();
    registry.add::<soft_impute::SoftImpute>();
    registry.add::<factor_descent::FactorDescent>();
}
