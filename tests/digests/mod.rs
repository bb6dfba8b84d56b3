//! Some Specs over all methods and matrices, and the digests of their estimates.
//!
//! `specs.json` has the Specs, `digests.json` what a native build computed. Native and wasm builds are held to the
//! same list (`tests/digests.rs`, `tests/wasm.rs`): same Spec, same numbers, to the last bit.

use pursuit::contract::{NoFiles, Spec, digest, drive};
use pursuit::labs::registry;
use pursuit::sweep::{Sweep, Tally, contours, plan};
use serde_json::Value;

/// One line a Spec: method, ending, steps and digest.
pub fn computed() -> Vec<String> {
    let specs: Vec<Value> = serde_json::from_str(include_str!("specs.json")).unwrap();
    specs.into_iter().map(line_of).collect()
}

/// The lines that a native build computed.
pub fn stored() -> Vec<String> {
    serde_json::from_str(include_str!("digests.json")).unwrap()
}

fn line_of(value: Value) -> String {
    let spec = Spec::from_value(value, registry()).unwrap();
    let instance = spec.instance(registry(), &NoFiles).unwrap();
    let (mut run, max_steps) = spec.start(0, &instance, registry()).unwrap();
    let (ending, steps) = drive(run.as_mut(), max_steps, |_, _, _| {});
    let id = spec.methods[0]["id"].as_str().unwrap().to_owned();
    format!("{id} {} {steps} {}", ending.word(), digest(&run.observe().estimate))
}

/// A small sweep over two methods: the tally's digest, then the bits of each 50 % point.
pub fn swept() -> Vec<String> {
    let sweep = Sweep::parse(include_str!("sweep.json"), registry()).unwrap();
    let mut tally = Tally::new(&sweep);
    plan::all(&sweep).for_each(|task| tally.add(sweep.trial(task, &NoFiles)).unwrap());
    let points = (0..sweep.spec.spec.methods.len()).flat_map(|method| contours(&sweep, &tally, method));
    let bits = points.map(|point| format!("{:016x} {:016x}", point.y.to_bits(), point.high.to_bits()));
    std::iter::once(tally.digest()).chain(bits).collect()
}

/// What a native build made of it.
pub fn stored_swept() -> Vec<String> {
    serde_json::from_str(include_str!("swept.json")).unwrap()
}
