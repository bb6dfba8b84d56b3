//! Examples with labels that ship with the lab. README.md beside the files says whose they are and how they were made.

/// Examples: a row of whole numbers each, and whether it belongs to the positive class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examples {
    /// What is measured, a name a column.
    pub features: Vec<String>,
    /// The numbers, a row an example.
    pub rows: Vec<Vec<i32>>,
    /// Whether the example is positive.
    pub labels: Vec<bool>,
}

/// What a pathologist gives a value from 1 to 10.
const CYTOLOGY: [&str; 9] = [
    "clump thickness",
    "uniformity of cell size",
    "uniformity of cell shape",
    "marginal adhesion",
    "epithelial cell size",
    "bare nuclei",
    "bland chromatin",
    "normal nucleoli",
    "mitoses",
];

/// Breast Cancer Wisconsin (Original): 683 biopsies with nine values from 1 to 10; positive where the tumour was malignant.
///
/// # Panics
/// When the file does not hold what it should, which a test excludes.
pub fn breast_cancer() -> Examples {
    let numbers = |line: &str| -> Vec<i32> {
        line.split_whitespace().map(|word| word.parse().expect("the file holds whole numbers")).collect()
    };
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for mut row in include_str!("breast-cancer.txt").lines().map(numbers) {
        labels.push(row.pop() == Some(1));
        rows.push(row);
    }
    Examples { features: CYTOLOGY.map(str::to_owned).to_vec(), rows, labels }
}

impl Examples {
    /// The same examples with a yes or no for each value: is it at least `cut`?
    #[must_use]
    pub fn asked(self, cut: i32) -> Self {
        let features = self.features.iter().map(|name| format!("{name} at least {cut}")).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(|&value| i32::from(value >= cut)).collect()).collect();
        Self { features, rows, labels: self.labels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_biopsies_are_those_that_were_published() {
        let Examples { features, rows, labels } = breast_cancer();
        assert_eq!((features.len(), rows.len(), labels.len()), (9, 683, 683));
        assert_eq!(labels.iter().filter(|malignant| **malignant).count(), 239);
        assert!(rows.iter().all(|row| row.len() == 9 && row.iter().all(|value| (1..=10).contains(value))));
    }

    #[test]
    fn a_question_is_answered_by_yes_or_no() {
        let examples = Examples { features: vec!["size".into()], rows: vec![vec![4], vec![5]], labels: vec![false; 2] };
        let asked = examples.asked(5);
        assert_eq!((asked.features[0].as_str(), asked.rows), ("size at least 5", vec![vec![0], vec![1]]));
    }
}
