//! Pictures of a network's weights: which are there, how restless they are, and what is pruned.

use super::rule::{Rule, State};
use super::training::Trainer;
use crate::contract::{Axis, Kind, Panel, Values};

/// Bars of the histogram, and the magnitudes that one stands for.
const BARS: usize = 50;
const WIDTH: f32 = 0.01;

/// The shown layer as a map, a row an output.
fn map<R: Rule>(
    trainer: &Trainer<R>,
    (id, title, caption): (&'static str, &'static str, &'static str),
    value: impl Fn(usize) -> f64,
) -> Panel<'static> {
    let layer = trainer.state().instance.shown_layer();
    Panel {
        id,
        title,
        caption,
        kind: Kind::Heat,
        shape: (layer.outputs, layer.inputs),
        values: Values::give(layer.weights.clone().map(value).collect::<Vec<f64>>()),
        table: None,
        x: Axis::plain("input"),
        y: Axis::plain("output"),
        marks: Vec::new(),
    }
}

/// Weights between the hidden layers that are there, by their signs.
pub(super) fn mask<R: Rule>(trainer: &Trainer<R>) -> Panel<'static> {
    let about = (
        "mask",
        "Mask",
        "weights between the hidden layers: one colour where positive, another where negative, none where pruned",
    );
    let (flags, forward) = (trainer.state().mask.flags(), trainer.forward());
    map(trainer, about, |i| if flags[i] { f64::from(forward[i].signum()) } else { 0.0 })
}

/// How often each of them has come or gone.
pub(super) fn turns<R: Rule>(trainer: &Trainer<R>) -> Panel<'static> {
    let about = ("turns", "Comings and goings", "how often each of these weights has been pruned or has come back");
    map(trainer, about, |i| f64::from(trainer.turns()[i]))
}

/// Flips by step.
pub(super) fn restlessness(flips: &[f64]) -> Panel<'_> {
    Panel {
        x: Axis::plain("step"),
        y: Axis::plain("flips"),
        ..Panel::vector(
            (
                "restlessness",
                "Flips a step",
                "pairs of weights that change places in a step: one is pruned, the other comes back",
            ),
            Kind::Bars,
            flips,
        )
    }
}

/// How large the weights are that the forward pass leaves out.
pub(super) fn pruned<R: Rule>(trainer: &Trainer<R>) -> Panel<'static> {
    let State { mask, weights, .. } = trainer.state();
    let mut counts = vec![0.0; BARS];
    for (w, _) in weights.iter().zip(mask.flags()).filter(|(_, there)| !**there) {
        counts[((w.abs() / WIDTH) as usize).min(BARS - 1)] += 1.0;
    }
    Panel {
        id: "pruned",
        title: "Pruned magnitudes",
        caption: "how many pruned weights have a stored magnitude of so many hundredths; the last bar has all larger ones",
        kind: Kind::Bars,
        shape: (1, BARS),
        values: Values::give(counts),
        table: None,
        x: Axis::plain("hundredths"),
        y: Axis::plain("weights"),
        marks: Vec::new(),
    }
}
