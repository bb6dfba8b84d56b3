//! Photon counts: nonnegative proximal operators against brute force, and methods against closed forms and each other.

mod methods;
mod operators;
mod painted;
