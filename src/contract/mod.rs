//! The vocabulary of the house: what a lab is made of and how its parts meet.
//!
//! A [`Spec`] names a [`Problem`] and one to four [`Method`]s. The problem draws an [`Instance`] from
//! the Spec's seed; a method starts on it as a [`Run`]; each `step` of the run returns a [`Status`],
//! and `observe` lends an [`Observation`]. [`drive`] is the only loop. An [`Exhibit`] is a card that
//! shows a method to people, with its [`Claim`]s. The [`Registry`] is the list of all of them.

mod claim;
mod declarations;
mod diagram;
mod digest;
mod drive;
mod exhibit;
mod method;
mod observation;
mod page;
mod params;
pub mod patch;
mod problem;
mod registry;
pub mod schema;
mod spec;
mod table;
mod typed;

pub use crate::complaint::Complaint;
pub use claim::{Bound, Claim, DiagramMeasure, Experiment, Measure, Reduced};
pub use declarations::{Declarations, DeclaredMethod, DeclaredProblem, Declares};
pub use diagram::{DerivedAxis, TheoryCurve};
pub use digest::digest;
pub use drive::{Ending, drive};
pub use exhibit::{Exhibit, Note, Paper, Try, Watch};
pub use method::{Method, MethodCard, Run, Status};
pub use observation::{Axis, Event, Kind, Mark, Observation, Panel, Trace, Values};
pub use page::{Page, Paint, Quantity};
pub use params::{Params, read};
pub use problem::{Files, Instance, NoFiles, Problem, ProblemCard};
pub use registry::Registry;
pub use spec::{Spec, id_of};
pub use table::{Cell, Table};
pub use typed::{TypedMethod, TypedProblem};
