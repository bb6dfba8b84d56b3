//! Volumes slice by slice: the prior that ships, instances, and methods against what they must be where the answer is known.

mod instance;
mod methods;
mod prior;
mod run;
