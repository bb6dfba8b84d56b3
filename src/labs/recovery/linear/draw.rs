//! From parameters to an instance.

use super::data::Loaded;
use super::precondition::Combined;
use super::{Linear, LinearInstance};
use crate::contract::Complaint;
use crate::kernels::{Scalar, distance, norm, norm_inf};
use crate::operators::sensing::Selection;
use crate::operators::{Basis, Composed, Dense, LinearOperator};
use crate::signals::npy::Table;
use std::sync::Arc;

/// Draws the instance that `seed` names.
pub(super) fn draw<S: Scalar>(params: &Linear, loaded: &Loaded, seed: u64) -> Result<LinearInstance<S>, Complaint> {
    check_sizes(loaded)?;
    let mut sensing = sensing_operator::<S>(params, loaded, seed)?;
    if loaded.measurements.is_none() {
        let kept = params.noise.kept(sensing.rows(), seed);
        sensing = rows_of(sensing, kept);
    }
    let (rows, cols) = (sensing.rows(), sensing.cols() * params.basis.redundancy());
    check_basis(params.basis, cols)?;
    let mut operator = in_basis(sensing, params.basis);
    let truth = match (&loaded.truth, &loaded.measurements) {
        (Some(table), _) => Some(vector(table, cols, "data.truth", "unknowns")?),
        (None, Some(_)) => None,
        (None, None) => Some(coefficients(params, cols, seed)?),
    };
    let mut measurements = vec![S::zero(); rows];
    let (mut clean, mut noise_norm) = (None, 0.0);
    if let Some(table) = &loaded.measurements {
        measurements = vector(table, rows, "data.measurements", "rows in the matrix")?;
    } else if let Some(truth) = &truth {
        operator.apply(truth, &mut measurements);
        clean = Some(measurements.clone());
        noise_norm = params.noise.add_to(&mut measurements, seed);
    }
    if let Some(Combined { matrix, combine }) = params.precondition.applied(&operator)? {
        combine(&mut measurements);
        clean.iter_mut().for_each(|clean| combine(clean));
        noise_norm = clean.map_or(0.0, |clean| distance(&measurements, &clean));
        operator = Arc::new(matrix);
    }
    let drawn_picture = loaded.truth.is_none() && params.signal.is_picture() && params.basis == Basis::Identity;
    let column_norms = operator.column_norms();
    // Squares are summed everywhere, so numbers beyond 1e154 are too large long before they are infinite.
    let truth_norm = truth.as_deref().map_or(0.0, norm);
    if !column_norms.iter().chain([&norm(&measurements), &truth_norm]).all(|size| size.is_finite()) {
        return Err(Complaint::new("", "the squares of the numbers overflow; make the numbers smaller"));
    }
    Ok(LinearInstance {
        notes: notes_on(&column_norms),
        intrinsic_weights: None,
        synthesis: params.basis.synthesis(cols),
        basis: params.basis,
        side: params.basis.side(cols).or(drawn_picture.then_some(cols.isqrt())),
        active_threshold: params.active_above * truth.as_deref().map_or(0.0, norm_inf),
        active_above: params.active_above,
        operator,
        truth,
        measurements,
        noise_norm,
        column_norms,
        squared_norm: Arc::default(),
    })
}

/// Numbers below this have squares that vanish, so that a column of them would pass for zero.
const LEAST: f64 = 1e-152;

/// Refuses columns and measurements that are not zero and whose squares are.
fn check_sizes(loaded: &Loaded) -> Result<(), Complaint> {
    let vanishes = |largest: f64| largest > 0.0 && largest < LEAST;
    let refuse = |field: &str, of: String| {
        Err(Complaint::new(field, format!("has {of} so small that their squares vanish; make the numbers larger")))
    };
    let columns = loaded.matrix.as_ref().map(Table::largest_by_column).unwrap_or_default();
    if let Some(column) = columns.into_iter().position(vanishes) {
        return refuse("data.matrix", format!("entries in column {}", column + 1));
    }
    if let Some(table) = &loaded.measurements
        && vanishes(table.largest_by_column().into_iter().fold(0.0, f64::max))
    {
        return refuse("data.measurements", "entries".to_owned());
    }
    Ok(())
}

impl<S: Scalar> LinearInstance<S> {
    /// An instance that another problem makes: what is measured, and what it should come from. What of `y` the truth does
    /// not explain is noise; where there is no truth, nothing is known of noise.
    pub fn given(
        operator: Arc<dyn LinearOperator<S>>,
        measurements: Vec<S>,
        truth: Option<Vec<S>>,
        active_above: f64,
    ) -> Self {
        let column_norms = operator.column_norms();
        let unexplained = |truth: &Vec<S>| {
            let mut clean = vec![S::zero(); operator.rows()];
            operator.apply(truth, &mut clean);
            distance(&measurements, &clean)
        };
        Self {
            noise_norm: truth.as_ref().map_or(0.0, unexplained),
            notes: notes_on(&column_norms),
            intrinsic_weights: None,
            synthesis: Basis::Identity.synthesis(operator.cols()),
            basis: Basis::Identity,
            side: None,
            active_threshold: active_above * truth.as_deref().map_or(0.0, norm_inf),
            active_above,
            operator,
            truth,
            measurements,
            column_norms,
            squared_norm: Arc::default(),
        }
    }
}

/// `Phi`: loaded, or drawn.
fn sensing_operator<S: Scalar>(
    params: &Linear,
    loaded: &Loaded,
    seed: u64,
) -> Result<Arc<dyn LinearOperator<S>>, Complaint> {
    match &loaded.matrix {
        Some(table) => Ok(Arc::new(Dense::from_rows(table.rows, table.cols, &table.scalars::<S>()))),
        None if params.matrix.is_given() => params.matrix.draw(params.rows, params.cols, seed),
        None => {
            check_basis(params.basis, params.cols)?;
            params.matrix.draw(params.rows, params.cols / params.basis.redundancy(), seed)
        }
    }
}

/// Some rows of a matrix, stored again when it is.
pub(in crate::labs::recovery) fn rows_of<S: Scalar>(
    matrix: Arc<dyn LinearOperator<S>>,
    kept: Vec<usize>,
) -> Arc<dyn LinearOperator<S>> {
    if kept.len() == matrix.rows() {
        return matrix;
    }
    let Some(stored) = matrix.as_dense() else {
        let rows = matrix.rows();
        return Arc::new(Composed::new(Arc::new(Selection::of(kept, rows)), matrix));
    };
    let cols = LinearOperator::<S>::cols(stored);
    let entries = (0..cols).flat_map(|j| kept.iter().map(move |&i| stored.column_slice(j)[i])).collect();
    Arc::new(Dense::from_columns(kept.len(), cols, entries))
}

fn check_basis(basis: Basis, unknowns: usize) -> Result<(), Complaint> {
    let Some(takes) = basis.refuses(unknowns) else {
        return Ok(());
    };
    let message = format!("this basis needs a number of unknowns that is {takes}; it is {unknowns}");
    Err(Complaint::new("basis", message))
}

/// `A = Phi Psi`; stored again when `Phi` is, so that columns stay cheap.
fn in_basis<S: Scalar>(sensing: Arc<dyn LinearOperator<S>>, basis: Basis) -> Arc<dyn LinearOperator<S>> {
    if basis == Basis::Identity {
        return sensing;
    }
    let synthesis = basis.synthesis(sensing.cols() * basis.redundancy());
    let Some(stored) = sensing.as_dense() else {
        return Arc::new(Composed::new(sensing, Arc::new(synthesis)));
    };
    // Row i of A is Psi^T times row i of Phi, as Psi is real.
    let (rows, cols) = (stored.rows(), LinearOperator::<S>::cols(&synthesis));
    let mut entries = Vec::with_capacity(rows * cols);
    for i in 0..rows {
        let row: Vec<S> = stored.matrix().row(i).iter().copied().collect();
        entries.extend(synthesis.analyze(&row));
    }
    Arc::new(Dense::from_rows(rows, cols, &entries))
}

/// The signal's coefficients in the basis.
fn coefficients<S: Scalar>(params: &Linear, cols: usize, seed: u64) -> Result<Vec<S>, Complaint> {
    match params.signal.length().map(|length| length * params.basis.redundancy()) {
        Some(length) if length != cols => {
            Err(Complaint::new("cols", format!("takes the recording's length, {length}, not {cols}")))
        }
        _ => params.signal.coefficients(cols, params.basis, seed).map_err(|c| c.within("signal")),
    }
}

fn vector<S: Scalar>(table: &Table, expected: usize, field: &str, what: &str) -> Result<Vec<S>, Complaint> {
    let entries = table.scalars();
    if entries.len() == expected {
        Ok(entries)
    } else {
        let message = format!("has {} entries; there are {expected} {what}", entries.len());
        Err(Complaint::new(field, message))
    }
}

fn notes_on(column_norms: &[f64]) -> Vec<String> {
    let zero: Vec<usize> = (0..column_norms.len()).filter(|&j| column_norms[j] == 0.0).collect();
    match zero.as_slice() {
        [] => Vec::new(),
        [one] => vec![format!("Column {one} is zero. No measurement sees it, and it is never selected.")],
        [first, .., last] => vec![format!(
            "{} columns are zero, from {first} to {last}. No measurement sees them, and they are never selected.",
            zero.len()
        )],
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::NoFiles;
    use crate::kernels::distance;
    use crate::labs::recovery::linear::{LinearInstance, Recovery};
    use crate::labs::registry;
    use crate::operators::Dense;
    use serde_json::{Value, json};
    use std::sync::Arc;

    fn drawn(params: Value) -> Result<Arc<LinearInstance<f64>>, String> {
        let instance =
            registry().problem("linear").unwrap().instance(&params, 1, &NoFiles).map_err(|c| c.to_string())?;
        match instance.as_any().downcast_ref::<Recovery>() {
            Some(Recovery::Real(real)) => Ok(real.clone()),
            _ => Err("complex".to_owned()),
        }
    }

    #[test]
    fn lost_measurements_take_their_rows_with_them() {
        for matrix in ["gaussian", "partial-dct"] {
            let mut params = json!({"rows": 30, "cols": 64, "matrix": {"id": matrix}});
            let whole = drawn(params.clone()).unwrap();
            params["noise"] = json!({"id": "missing", "fraction": 0.3});
            let part = drawn(params).unwrap();
            assert_eq!((part.rows(), part.cols()), (21, 64));
            let (all, some) = (Dense::of(&*whole.operator), Dense::of(&*part.operator));
            let mut next = 0;
            for (i, measurement) in part.measurements.iter().enumerate() {
                let row = |m: &Dense<f64>, i: usize| m.matrix().row(i).iter().copied().collect::<Vec<f64>>();
                let place =
                    (next..30).find(|&p| row(&all, p) == row(&some, i)).expect("a row of the whole, in its order");
                assert!((measurement - whole.measurements[place]).abs() < 1e-14);
                next = place + 1;
            }
        }
    }

    #[test]
    fn frames_have_twice_as_many_unknowns_as_the_signal_has_samples() {
        for basis in ["gabor", "identity-and-dct", "haar-and-dct"] {
            let params =
                json!({"rows": 40, "cols": 256, "basis": basis, "signal": {"id": "waveform", "name": "doppler"}});
            let instance = drawn(params).unwrap();
            let signal = instance.synthesis.synthesize(instance.truth.as_ref().unwrap());
            let doppler = crate::signals::waveform::Waveform::Doppler.sample(128);
            assert!(signal.len() == 128 && distance(&signal, &doppler) < 1e-12, "{basis}");
            assert_eq!((instance.rows(), instance.cols()), (40, 256));
        }
        // A matrix with a size of its own says how many samples there are.
        let data = json!({"matrix": [[1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 0.0, 1.0]]});
        let given = drawn(json!({"basis": "gabor", "data": data, "signal": {"id": "sparse", "sparsity": 2}})).unwrap();
        assert_eq!((given.rows(), given.cols()), (2, 8));
    }

    #[test]
    fn structured_signals_are_sparse_where_they_should_be() {
        let nonzero = |params: Value| {
            let instance = drawn(params).unwrap();
            instance.truth.as_ref().unwrap().iter().filter(|x| x.abs() > 1e-10).count()
        };
        let signal = |value: Value, basis: &str| json!({"cols": 256, "basis": basis, "signal": value});
        assert_eq!(nonzero(signal(json!({"id": "block-sparse", "blocks": 3, "length": 8}), "identity")), 24);
        assert_eq!(nonzero(signal(json!({"id": "clustered", "sparsity": 17, "clusters": 3}), "identity")), 17);
        assert_eq!(nonzero(signal(json!({"id": "tree-sparse", "sparsity": 9}), "haar")), 9);
        // A jump touches one wavelet a level at most.
        assert!(nonzero(signal(json!({"id": "piecewise-constant", "pieces": 4}), "haar")) <= 1 + 3 * 8);
        assert!(nonzero(signal(json!({"id": "sinusoids", "tones": 3, "offset": 0.0}), "fourier")) <= 6);
        assert!(nonzero(signal(json!({"id": "sinusoids", "tones": 3, "offset": 0.25}), "fourier")) > 100);
        let phantom = nonzero(json!({"cols": 4096, "basis": "haar-pyramid", "signal": {"id": "shepp-logan"}}));
        assert!((100..1500).contains(&phantom), "{phantom} of 4096");
    }

    #[test]
    fn what_does_not_fit_has_its_sentence() {
        let table = [
            (json!({"id": "block-sparse", "blocks": 65}), "signal.blocks: goes up to the number of blocks, 64, not 65"),
            (json!({"id": "clustered", "sparsity": 3}), "signal.clusters: goes up to the number of spikes, 3, not 4"),
            (
                json!({"id": "clustered", "sparsity": 254}),
                "signal.clusters: goes up to the number of places between the zeros, 3, not 4",
            ),
            (
                json!({"id": "tree-sparse", "sparsity": 300}),
                "signal.sparsity: goes up to the number of unknowns, 256, not 300",
            ),
            (
                json!({"id": "piecewise-constant", "pieces": 300}),
                "signal.pieces: goes up to the number of samples, 256, not 300",
            ),
            (
                json!({"id": "sinusoids", "tones": 200}),
                "signal.tones: goes up to the number of frequencies, 127, not 200",
            ),
        ];
        for (signal, sentence) in table {
            assert_eq!(drawn(json!({ "signal": signal })).err().unwrap(), sentence);
        }
        let oblong = json!({"cols": 200, "signal": {"id": "shepp-logan"}});
        let sentence = "signal: is a square picture, such as 1024 = 32 x 32 samples; there are 200";
        assert_eq!(drawn(oblong).err().unwrap(), sentence);
        let odd = json!({"cols": 255, "basis": "identity-and-dct"});
        assert_eq!(drawn(odd).err().unwrap(), "basis: this basis needs a number of unknowns that is even; it is 255");
    }
}
