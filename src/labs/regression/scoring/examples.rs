//! Which examples a card is learned from: real patients, planted cards, or a table of one's own.

use super::Scoring;
use crate::contract::{Complaint, Files};
use crate::signals::npy::Entries;
use crate::signals::numbers::Numbers;
use crate::signals::patients::{self, Examples};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most examples of a table of one's own.
const MOST_ROWS: usize = 4096;
/// Most features.
pub(super) const MOST_FEATURES: usize = 32;
/// Largest modulus of a feature.
const LARGEST: f64 = 100.0;

/// Where the examples come from, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Source {
    /// Breast Cancer Wisconsin: 683 biopsies, nine values from 1 to 10.
    #[schemars(extend("x-phrase" = "[683 biopsies], asking whether a value is at least {cut}"))]
    BreastCancer(BreastCancer),
    /// Examples of yes and no, labelled by a card that is drawn.
    #[schemars(extend("x-phrase" = "{examples} examples of a [planted card] with {size} of {features} features, {flips} of them mislabelled"))]
    Planted(Planted),
}

impl Default for Source {
    fn default() -> Self {
        Source::BreastCancer(BreastCancer::default())
    }
}

/// How the values of biopsies are read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BreastCancer {
    /// Each value becomes the question whether it is at least this; with 1 the values stay as they are.
    #[schemars(range(min = 1, max = 10))]
    pub cut: i32,
}

impl Default for BreastCancer {
    fn default() -> Self {
        Self { cut: 5 }
    }
}

/// A card that is drawn, and examples that it labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Planted {
    /// Examples, N.
    #[schemars(range(min = 10, max = 4000), extend("x-scale" = "log"))]
    pub examples: usize,
    /// Features, P; each is there in half of the examples.
    #[schemars(range(min = 2, max = 24))]
    pub features: usize,
    /// Features with points.
    #[schemars(range(min = 1, max = 10))]
    pub size: usize,
    /// Share of examples whose label is turned round.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.01))]
    pub flips: f64,
}

impl Default for Planted {
    fn default() -> Self {
        Self { examples: 300, features: 10, size: 3, flips: 0.05 }
    }
}

/// A table in place of what is drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Data {
    /// A row an example: whole numbers, the last of which is the label, 1 for positive and 0 or -1 for negative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<Numbers>,
}

impl Scoring {
    /// The examples, in an order that the seed draws.
    ///
    /// # Errors
    /// A complaint about the table, or about sizes that contradict each other.
    pub(super) fn examples(&self, seed: u64, files: &dyn Files) -> Result<Examples, Complaint> {
        let mut examples = match (&self.data.table, &self.source) {
            (Some(table), _) => own(table, files).map_err(|complaint| complaint.within("data"))?,
            (None, Source::BreastCancer(read)) if read.cut == 1 => patients::breast_cancer(),
            (None, Source::BreastCancer(read)) => patients::breast_cancer().asked(read.cut),
            (None, Source::Planted(planted)) => planted.draw(seed)?,
        };
        let mut random = Random::new(seed, Stream::Probe);
        for i in (1..examples.rows.len()).rev() {
            let j = random.below(i + 1);
            examples.rows.swap(i, j);
            examples.labels.swap(i, j);
        }
        Ok(examples)
    }
}

impl Planted {
    fn draw(&self, seed: u64) -> Result<Examples, Complaint> {
        if self.size > self.features {
            let message = format!("takes at most as many features as there are, {}", self.features);
            return Err(Complaint::new("source.size", message));
        }
        let mut card = Random::new(seed, Stream::Amplitudes);
        let points: Vec<i32> = (0..self.size).map(|_| card.sign() as i32 * (1 + card.below(3) as i32)).collect();
        // Half of what the card can give lies in the middle, so that both classes are there.
        let middle = f64::from(points.iter().sum::<i32>()) / 2.0;
        let (mut cells, mut noise) = (Random::new(seed, Stream::Points), Random::new(seed, Stream::Noise));
        let (mut rows, mut labels) = (Vec::new(), Vec::new());
        for _ in 0..self.examples {
            let row: Vec<i32> = (0..self.features).map(|_| cells.below(2) as i32).collect();
            let score: i32 = points.iter().zip(&row).map(|(points, x)| points * x).sum();
            labels.push((f64::from(score) > middle) != (noise.uniform() < self.flips));
            rows.push(row);
        }
        let features = (1..=self.features)
            .map(|j| match points.get(j - 1) {
                Some(points) => format!("feature {j}, planted {points:+}"),
                None => format!("feature {j}"),
            })
            .collect();
        Ok(Examples { features, rows, labels })
    }
}

fn own(table: &Numbers, files: &dyn Files) -> Result<Examples, Complaint> {
    let table = table.load(|path| files.read(path)).map_err(|complaint| complaint.within("table"))?;
    let complain = |message: String| Err(Complaint::new("table", message));
    let Entries::Real(entries) = &table.entries else {
        return complain("takes real numbers, and these are complex".to_owned());
    };
    if table.rows < 10 || table.rows > MOST_ROWS || table.cols < 2 || table.cols > MOST_FEATURES + 1 {
        return complain(format!(
            "takes 10 to {MOST_ROWS} rows of 1 to {MOST_FEATURES} features and a label, not {} rows of {} numbers",
            table.rows, table.cols
        ));
    }
    if let Some(wrong) = entries.iter().find(|value| value.fract() != 0.0 || value.abs() > LARGEST) {
        return complain(format!(
            "takes whole numbers up to {LARGEST}, not {wrong}; cut real features at a few quantiles first"
        ));
    }
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for row in entries.chunks_exact(table.cols) {
        let (label, features) = row.split_last().expect("a row has two numbers at least");
        labels.push(match *label {
            1.0 => true,
            0.0 | -1.0 => false,
            other => return complain(format!("takes labels of 1 and of 0 or -1 in the last column, not {other}")),
        });
        rows.push(features.iter().map(|&value| value as i32).collect());
    }
    let features = (1..table.cols).map(|j| format!("feature {j}")).collect();
    Ok(Examples { features, rows, labels })
}
