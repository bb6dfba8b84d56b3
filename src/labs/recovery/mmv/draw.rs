//! From parameters to an instance.

use super::{Mmv, MmvInstance, Scene};
use crate::contract::Complaint;
use crate::labs::recovery::linear::draw::rows_of;

/// Draws the instance that `seed` names. With one snapshot it is the one that `linear` draws.
pub(super) fn draw(params: &Mmv, seed: u64) -> Result<MmvInstance, Complaint> {
    if params.matrix.is_complex() {
        return Err(Complaint::new(
            "matrix",
            "takes a real matrix where there are several snapshots; this one is complex",
        ));
    }
    let sensing = params.matrix.draw::<f64>(params.rows, params.cols, seed)?;
    let kept = params.noise.kept(sensing.rows(), seed);
    let operator = rows_of(sensing, kept);
    let truth = params.signal.columns(operator.cols(), params.snapshots, seed).map_err(|c| c.within("signal"))?;
    // All snapshots are one vector to the noise, so that its ratio holds for all of them together.
    let mut stacked = vec![0.0; operator.rows() * truth.len()];
    for (snapshot, x) in stacked.chunks_mut(operator.rows()).zip(&truth) {
        operator.apply(x, snapshot);
    }
    let noise_norm = params.noise.add_to(&mut stacked, seed);
    let by_rows = matches!(params.signal, Scene::RowSparse(_));
    let sparsity = params.signal.sparsity();
    let measurements = stacked.chunks(operator.rows()).map(<[f64]>::to_vec).collect();
    let instance = MmvInstance::new(operator, measurements, truth, noise_norm);
    let instance = instance.judged(by_rows, sparsity, params.active_above);
    if instance.is_finite() {
        Ok(instance)
    } else {
        Err(Complaint::new("", "the squares of the numbers overflow; make the numbers smaller"))
    }
}
