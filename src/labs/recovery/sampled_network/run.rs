//! A run: a network in training, and what it makes of held-out signals.

use super::training::{Sampler, Schedule, Trainer};
use crate::contract::{Event, Kind, Observation, Panel, Run, Status, Trace, Values};
use crate::labs::recovery::subsampling::SamplingInstance;
use crate::labs::recovery::subsampling::picture::{of_frequencies, panel};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

/// Most lines of the picture of patterns; of more batches every so many-th is kept.
const LINES: usize = 48;

/// Starts to train a network on what `sampler` weighs.
pub(in crate::labs::recovery) fn start(
    instance: &Arc<SamplingInstance>,
    schedule: Schedule,
    sampler: Box<dyn Sampler>,
) -> Box<dyn Run> {
    let trainer = Trainer::new(instance, schedule, sampler);
    let mut run = Learning {
        every: schedule.batches.div_ceil(LINES),
        schedule,
        pattern: trainer.sampler().pattern(),
        trainer,
        instance: instance.clone(),
        estimate: OnceCell::new(),
        losses: Vec::new(),
        history: Vec::new(),
        events: Vec::new(),
    };
    run.history.push(run.pattern.clone());
    Box::new(run)
}

struct Learning {
    instance: Arc<SamplingInstance>,
    schedule: Schedule,
    trainer: Trainer,
    /// The frequencies that would be measured now.
    pattern: Vec<usize>,
    /// All held-out signals, recovered from them when somebody looks.
    estimate: OnceCell<Vec<f64>>,
    /// Energy of the error over that of the signals, batch by batch.
    losses: Vec<f64>,
    /// Patterns, one every so many batches.
    history: Vec<Vec<usize>>,
    every: usize,
    events: Vec<Event>,
}

impl Learning {
    /// The held-out signals, recovered from the frozen pattern.
    fn recovered(&self) -> Vec<f64> {
        let fourier = &self.instance.kind.fourier;
        let mut mask = vec![0.0; fourier.size()];
        self.pattern.iter().for_each(|&n| mask[n] = 1.0);
        let network = self.trainer.network();
        let recovered = |spectrum| network.forward(fourier, &mask, spectrum).output().to_vec();
        self.instance.held_out.iter().flat_map(|example| recovered(&example.spectrum)).collect()
    }

    /// Takes the pattern that would be used now, and tells what has changed.
    fn look_at_pattern(&mut self) {
        let pattern = self.trainer.sampler().pattern();
        let missing = |from: &[usize], in_: &[usize]| -> Vec<usize> {
            from.iter().copied().filter(|n| in_.binary_search(n).is_err()).collect()
        };
        let dropped = missing(&self.pattern, &pattern).into_iter().map(|index| Event::Drop { index });
        let picked = missing(&pattern, &self.pattern).into_iter().map(|index| Event::Pick { index });
        self.events = dropped.chain(picked).collect();
        if self.trainer.seen().is_multiple_of(self.every) {
            self.history.push(pattern.clone());
        }
        self.pattern = pattern;
    }

    /// Over a line of frequencies, how the pattern came about; over a plane of them, for how long each has been in it.
    fn history(&self) -> Panel<'static> {
        let fourier = &self.instance.kind.fourier;
        let (n, lines) = (fourier.size(), self.history.len() + 1);
        let mut values = vec![0.0; lines * n];
        for (line, pattern) in self.history.iter().chain([&self.pattern]).enumerate() {
            pattern.iter().for_each(|&at| values[line * n + at] = 1.0);
        }
        if fourier.shape().0 > 1 {
            let share = |at: usize| values[at..].iter().step_by(n).sum::<f64>() / lines as f64;
            let shares: Vec<f64> = (0..n).map(share).collect();
            let names =
                ("time", "Time in the pattern", "share of the batches after which a frequency would be measured");
            return of_frequencies(names, fourier, &shares);
        }
        let caption = "frequencies that would be measured, from the first batch at the top to now";
        panel(("history", "Pattern by batch", caption), Kind::Heat, (lines, n), values, ("frequency", "batch"))
    }

    fn panels(&self) -> Vec<Panel<'static>> {
        let mut panels = vec![self.history()];
        panels.extend(self.trainer.sampler().panels());
        let decibels: Vec<f64> = self.losses.iter().map(|loss| 10.0 * libm::log10(loss.max(1e-30))).collect();
        let caption = "error of each batch with the weights that were drawn for it, in dB of the signals";
        let names = ("loss", "Training loss", caption);
        panels.push(panel(names, Kind::Curves, (1, decibels.len()), decibels, ("batch", "dB")));
        let network = self.trainer.network();
        let folds = (1, self.schedule.folds);
        let names =
            ("steps", "Steps of the folds", "$g_k$; where one of each pair is measured, 4 is the edge of stability");
        panels.push(panel(names, Kind::Bars, folds, network.steps, ("fold", "step")));
        let names = ("thresholds", "Thresholds of the folds", "$t_k$, below which a fold leaves nothing");
        panels.push(panel(names, Kind::Bars, folds, network.thresholds, ("fold", "threshold")));
        panels
    }
}

impl Run for Learning {
    fn step(&mut self) -> Status {
        let loss = self.trainer.advance();
        self.losses.push(loss);
        self.look_at_pattern();
        self.estimate = OnceCell::new();
        if !loss.is_finite() {
            return Status::Diverged("the folds throw the signals away; a smaller rate would keep steps short".into());
        }
        if self.trainer.is_done() { Status::Converged("all batches are seen".into()) } else { Status::Running }
    }

    fn observe(&self) -> Observation<'_> {
        Observation { panels: self.panels(), ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let loss = self.losses.last().map(|&value| Trace { name: "training_loss", value });
        Observation {
            estimate: Values::lend(self.estimate.get_or_init(|| self.recovered())),
            support: Cow::Borrowed(&self.pattern),
            traces: loss.into_iter().chain(self.trainer.sampler().traces()).collect(),
            panels: Vec::new(),
            events: self.events.clone(),
            // Transforms of training, forwards and backwards through all folds.
            products: (4 * self.schedule.folds * self.schedule.batch * self.trainer.seen()) as f64,
        }
    }
}
