//! Systems of the recovery lab: loss-function OMP, functions of several variables, thresholding with feedback, sparse regression with
//! penalties that are not convex or on columns that nearly depend, unfolded thresholding, learned sampling, compound Gaussian priors, and
//! clipped sound.
#![cfg(not(target_arch = "wasm32"))]

mod approximation;
mod compound_gaussian;
mod declipping;
mod glm;
mod loss_omp;
mod nst_ht_fb;
mod own_sound;
mod random_supports;
mod run;
mod subsampling;
mod unfolded;
