//! Phase diagrams: any problem and methods, any two parameters as axes, a metric, T trials a cell.
//!
//! A [`Sweep`] is a checked [`SweepSpec`]. A [`Task`] is one trial of one cell; [`Sweep::trial`] runs it and depends on
//! nothing else, so tasks run in any order, anywhere. Their [`Record`]s are united in a [`Tally`]; `plan` says which
//! tasks are worth running next, and `result` turns the tally into cells, contours and theory. Nothing here
//! knows a problem or a method.

mod axis;
pub mod contour;
mod metric;
pub mod plan;
mod result;
mod spec;
mod tally;
mod trial;
pub mod wilson;

pub use axis::{Axis, Scale};
pub use metric::{Metric, Statistic};
pub use plan::Task;
pub use result::{Point, Summary, contours, result, summary};
pub use spec::{Cell, Sweep, SweepSpec};
pub use tally::{Fate, Outcome, Record, Tally};
