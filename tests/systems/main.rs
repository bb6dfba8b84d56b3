//! Systems of the recovery lab: loss-function OMP, functions of several variables, thresholding with feedback, sparse
//! regression with penalties that are not convex, and unfolded thresholding.
#![cfg(not(target_arch = "wasm32"))]

mod approximation;
mod glm;
mod loss_omp;
mod nst_ht_fb;
mod run;
mod unfolded;
