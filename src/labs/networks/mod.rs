//! The networks lab: neural networks with few weights.
//!
//! A method is a `Rule`, see `rule.rs`: what it does that plain training does not. `training` has the loop around it, `learning` the run.

pub mod classification;
mod learning;
mod pictures;
mod rule;
mod training;

pub mod dense_training;
pub mod fixed_nm_mask;
pub mod one_shot_nm;
pub mod rigl;
pub mod sr_ste;
pub mod ste;

use crate::contract::{Complaint, Registry};
use crate::models::network::Groups;
use classification::Classification;

/// Adds the lab's problems, methods and exhibits. A new method is one line here.
pub fn register(registry: &mut Registry) {
    registry.add_problem::<Classification>();
    registry.add::<sr_ste::SrSte>();
    registry.add::<ste::Ste>();
    registry.add::<dense_training::DenseTraining>();
    registry.add::<fixed_nm_mask::FixedNmMask>();
    registry.add::<one_shot_nm::OneShotNm>();
    registry.add::<rigl::RigL>();
}

/// N of every M, as parameters say it.
fn groups(kept: usize, group: usize) -> Result<Groups, Complaint> {
    if kept > group {
        return Err(Complaint::new("kept", format!("goes up to the size of a group, {group}, not {kept}")));
    }
    Ok(Groups { kept, size: group })
}
