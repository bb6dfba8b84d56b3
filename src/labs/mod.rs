//! The rooms: one folder a lab, one file a method or system; each `mod.rs` lists what it has.

pub mod catalogue;
#[cfg(feature = "decision")]
pub mod decision;
#[cfg(feature = "dictionaries")]
pub mod dictionaries;
#[cfg(feature = "imaging")]
pub mod imaging;
#[cfg(feature = "matrices")]
pub mod matrices;
#[cfg(feature = "networks")]
pub mod networks;
#[cfg(feature = "recovery")]
pub mod recovery;
#[cfg(feature = "regression")]
pub mod regression;
#[cfg(feature = "retrieval")]
pub mod retrieval;
#[cfg(feature = "transport")]
pub mod transport;

use crate::contract::Registry;
use std::sync::OnceLock;

/// The labs of this build. Each is a feature of the crate, and a module of the page that is loaded when it is asked for.
const LABS: &[fn(&mut Registry)] = &[
    #[cfg(feature = "recovery")]
    recovery::register,
    #[cfg(feature = "regression")]
    regression::register,
    #[cfg(feature = "matrices")]
    matrices::register,
    #[cfg(feature = "transport")]
    transport::register,
    #[cfg(feature = "retrieval")]
    retrieval::register,
    #[cfg(feature = "imaging")]
    imaging::register,
    #[cfg(feature = "decision")]
    decision::register,
    #[cfg(feature = "networks")]
    networks::register,
    #[cfg(feature = "dictionaries")]
    dictionaries::register,
];

/// Every problem, method and exhibit that is built.
pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let mut registry = Registry { problems: Vec::new(), methods: Vec::new(), exhibits: Vec::new() };
        LABS.iter().for_each(|register| register(&mut registry));
        registry
    })
}
