//! From parameters to an instance.

use super::{Family, Glm, GlmInstance};
use crate::contract::Complaint;
use crate::kernels::norm;
use crate::operators::sensing::{Correlated, Sensing};
use crate::operators::{Dense, LinearOperator};
use crate::signals::random::{Random, Stream};

/// Means and standard deviations of the five groups of coefficients.
const GROUPS: [(f64, f64); 5] = [(0.5, 1.0), (5.0, 2.0), (10.0, 3.0), (20.0, 4.0), (50.0, 5.0)];

/// Draws the instance that `seed` names.
pub(super) fn draw(params: &Glm, seed: u64) -> Result<GlmInstance, Complaint> {
    let (rows, cols) = (params.rows, params.cols);
    if GROUPS.len() * params.group > cols {
        let message = format!("goes up to a fifth of the features, {}, not {}", cols / GROUPS.len(), params.group);
        return Err(Complaint::new("group", message));
    }
    let features = Correlated { correlation: params.correlation, unit_columns: false };
    let drawn = features.draw::<f64>(rows, cols, seed)?;
    let mut columns: Vec<Vec<f64>> = (0..cols)
        .map(|j| {
            let mut column = vec![0.0; rows];
            drawn.column(j, &mut column);
            column
        })
        .collect();
    columns.iter_mut().for_each(|column| standardise(column));
    let mut truth = groups(cols, params.group, seed);
    let design = Dense::from_columns(rows, cols, columns.concat());
    let mut scores = vec![0.0; rows];
    design.apply(&truth, &mut scores);
    let spread = norm(&scores) / (rows as f64).sqrt();
    let mut random = Random::new(seed, Stream::Noise);
    let response = match params.family {
        Family::Linear => {
            let deviation = spread / params.snr.sqrt();
            let mut response: Vec<f64> = scores.iter().map(|score| score + deviation * random.normal()).collect();
            centre(&mut response);
            response
        }
        Family::Logistic => {
            let scale = if spread > 0.0 { params.snr / spread } else { 0.0 };
            truth.iter_mut().for_each(|b| *b *= scale);
            let label =
                |score: &f64| if random.uniform() < 1.0 / (1.0 + libm::exp(-score * scale)) { 1.0 } else { -1.0 };
            let mut labels: Vec<f64> = scores.iter().map(label).collect();
            // With one label alone the intercept would run away.
            if labels.iter().all(|label| *label == labels[0]) {
                labels[0] = -labels[0];
            }
            labels
        }
    };
    Ok(GlmInstance::new(params.family, design, response, truth, params.active_above))
}

/// Coefficients: groups in the middles of five equal parts, zeros between them.
fn groups(cols: usize, group: usize, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed, Stream::Amplitudes);
    let mut truth = vec![0.0; cols];
    let part = cols / GROUPS.len();
    for (g, (mean, deviation)) in GROUPS.iter().enumerate() {
        let first = g * part + (part - group) / 2;
        truth[first..first + group].iter_mut().for_each(|b| *b = mean + deviation * random.normal());
    }
    truth
}

fn centre(values: &mut [f64]) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter_mut().for_each(|value| *value -= mean);
}

/// Mean 0 and squared norm N; a constant column becomes zero.
fn standardise(column: &mut [f64]) {
    centre(column);
    let scale = (column.len() as f64).sqrt() / norm(column);
    column.iter_mut().for_each(|entry| *entry = if scale.is_finite() { *entry * scale } else { 0.0 });
}
