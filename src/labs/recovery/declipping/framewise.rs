//! A run that restores a sound window by window.

use super::frames::{Block, Frames, Windowed};
use super::instance::DeclippingInstance;
use crate::contract::{Axis, Kind, Mark, Observation, Panel, Run, Status, Trace, Values};
use crate::kernels::Scalar;
use crate::transforms::PaddedFourier;
use num_complex::Complex64;
use std::sync::Arc;

/// Where a window stands after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::labs::recovery) enum Progress {
    /// There is more to do.
    Going,
    /// Its test holds.
    Solved,
    /// It ran out of steps, or of frequencies.
    Spent,
}

/// Restores one window.
pub(in crate::labs::recovery) trait BlockSolver: Send {
    /// Does one iteration.
    fn step(&mut self) -> Progress;

    /// The best window so far.
    fn restored(&self) -> &[f64];

    /// The sparse spectrum.
    fn sparse(&self) -> &[Complex64];

    /// What it was thresholded from.
    fn judged(&self) -> &[Complex64];

    /// How far the last iterate is from both sparse and consistent.
    fn misfit(&self) -> f64;

    /// Products with the frame and its adjoint.
    fn products(&self) -> usize;
}

type Start = Box<dyn Fn(Block, &Arc<PaddedFourier>) -> Box<dyn BlockSolver> + Send>;

/// A window under way, or just done.
struct Current {
    block: Block,
    solver: Box<dyn BlockSolver>,
    /// Number of frequencies held, and misfit, by iteration.
    held: Vec<f64>,
    misfits: Vec<f64>,
    done: bool,
}

/// Restores the windows from first to last; those without a clipped sample stay as they are. A step is an iteration in a window, and
/// an outer step a window.
pub(in crate::labs::recovery) struct Framewise {
    instance: Arc<DeclippingInstance>,
    windows: Windowed,
    start: Start,
    current: Option<Current>,
    /// What has been restored so far.
    sound: Vec<f64>,
    /// Iterations by window; none where nothing is clipped.
    iterations: Vec<f64>,
    /// Products in windows that are done.
    products: usize,
    spent: usize,
}

impl Framewise {
    pub fn new(
        frames: &Frames,
        instance: Arc<DeclippingInstance>,
        start: impl Fn(Block, &Arc<PaddedFourier>) -> Box<dyn BlockSolver> + Send + 'static,
    ) -> Self {
        let windows = frames.over(instance.clipped.len());
        let mut run = Self {
            sound: instance.clipped.clone(),
            iterations: vec![0.0; windows.count()],
            windows,
            instance,
            start: Box::new(start),
            current: None,
            products: 0,
            spent: 0,
        };
        run.current = run.from(0);
        run
    }

    /// The next window at or after `index` in which something is clipped.
    fn from(&self, index: usize) -> Option<Current> {
        let DeclippingInstance { clipped, consistency, .. } = &*self.instance;
        let block = (index..self.windows.count()).find_map(|i| self.windows.block(i, clipped, consistency))?;
        let solver = (self.start)(block.clone(), &self.windows.fourier);
        Some(Current { block, solver, held: Vec::new(), misfits: Vec::new(), done: false })
    }

    fn ended(&self) -> Status {
        let count = self.iterations.iter().filter(|&&steps| steps > 0.0).count();
        Status::Converged(match self.spent {
            0 => format!("all {count} frames with clipped samples are restored"),
            spent => {
                format!("all {count} frames with clipped samples are restored, {spent} without meeting their test")
            }
        })
    }

    /// The spectrum of the window: what is thresholded, with the smallest that is held as a line.
    fn spectrum(&self) -> Panel<'static> {
        let mut sizes = vec![0.0; self.windows.fourier.bins()];
        let mut marks = Vec::new();
        if let Some(Current { solver, .. }) = &self.current {
            sizes = solver.judged().iter().map(|z| z.abs()).collect();
            let kept = sizes.iter().zip(solver.sparse()).filter(|(_, z)| z.abs() > 0.0).map(|(size, _)| *size);
            let least = kept.fold(f64::INFINITY, f64::min);
            marks.extend(least.is_finite().then_some(Mark::Threshold { value: least }));
        }
        Panel {
            id: "spectrum",
            title: "Spectrum of the frame",
            caption: "moduli of the frame's spectrum; those at or above the line are held",
            kind: Kind::Stems,
            shape: (1, sizes.len()),
            values: Values::give(sizes),
            x: Axis::plain("frequency bin"),
            y: Axis::plain("modulus"),
            marks,
            table: None,
        }
    }

    /// A quantity of the window by iteration.
    fn by_iteration(
        &self,
        (id, title, caption): (&'static str, &'static str, &'static str),
        of: fn(&Current) -> &Vec<f64>,
        y: Axis,
    ) -> Panel<'static> {
        let mut values = self.current.as_ref().map(of).cloned().unwrap_or_default();
        if values.is_empty() {
            values.push(0.0);
        }
        Panel {
            id,
            title,
            caption,
            kind: Kind::Curves,
            shape: (1, values.len()),
            values: Values::give(values),
            x: Axis::plain("iteration"),
            y,
            marks: Vec::new(),
            table: None,
        }
    }
}

impl Run for Framewise {
    fn step(&mut self) -> Status {
        if let Some(Current { block, done: true, .. }) = &self.current {
            self.current = self.from(block.index + 1);
        }
        let Some(mut current) = self.current.take() else { return self.ended() };
        let progress = current.solver.step();
        current.misfits.push(current.solver.misfit());
        current.held.push(current.solver.sparse().iter().filter(|z| z.abs() > 0.0).count() as f64);
        self.iterations[current.block.index] += 1.0;
        let misfit = current.solver.misfit();
        let index = current.block.index;
        let status = if !misfit.is_finite() {
            Status::Diverged(format!("frame {index} has overflowed"))
        } else if progress == Progress::Going {
            Status::Inner
        } else {
            current.done = true;
            self.spent += usize::from(progress == Progress::Spent);
            self.windows.overlay(&current.block, current.solver.restored(), &mut self.sound);
            Status::Running
        };
        if current.done {
            self.products += current.solver.products();
            let DeclippingInstance { clipped, consistency, .. } = &*self.instance;
            let more = (index + 1..self.windows.count()).any(|i| self.windows.block(i, clipped, consistency).is_some());
            self.current = Some(current);
            return if more { status } else { self.ended() };
        }
        self.current = Some(current);
        status
    }

    fn observe(&self) -> Observation<'_> {
        let held = ("sparsity", "Frequencies held", "$k$, the frequencies that the frame may hold, by iteration");
        let misfit = ("misfit", "Misfit", "how far the frame is from both sparse and consistent, by iteration");
        let frames = Panel {
            x: Axis::plain("frame"),
            y: Axis::plain("iterations"),
            ..Panel::vector(
                ("frames", "Iterations a frame", "none where no sample is clipped"),
                Kind::Bars,
                &self.iterations[..],
            )
        };
        let panels = vec![
            self.spectrum(),
            self.by_iteration(held, |current| &current.held, Axis::plain("frequencies")),
            self.by_iteration(misfit, |current| &current.misfits, Axis { label: "misfit", unit: "", log: true }),
            frames,
        ];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let sparse = self.current.as_ref().map_or(&[][..], |current| current.solver.sparse());
        let support: Vec<usize> = (0..sparse.len()).filter(|&k| sparse[k].abs() > 0.0).collect();
        let under_way = self.current.as_ref().filter(|current| !current.done).map_or(0, |now| now.solver.products());
        let misfit = self.current.as_ref().map_or(0.0, |current| current.solver.misfit());
        let traces = vec![
            Trace { name: "misfit", value: misfit },
            Trace { name: "frame_iterations", value: self.iterations.iter().fold(0.0, |sum, steps| sum + steps) },
            Trace { name: "held", value: support.len() as f64 },
        ];
        Observation {
            estimate: Values::lend(&self.sound),
            support: support.into(),
            traces,
            panels: Vec::new(),
            events: Vec::new(),
            // A product with all windows is a full one.
            products: (self.products + under_way) as f64 / self.windows.count() as f64,
        }
    }
}
