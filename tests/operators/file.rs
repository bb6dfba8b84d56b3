//! The matrix `file` in the problem: `data.matrix` under another name.

use num_complex::Complex64;
use pursuit::contract::{Complaint, Files, Instance, NoFiles, Spec, Values};
use pursuit::labs::registry;
use pursuit::signals::npy::{self, Entries};
use serde_json::{Value, json};
use std::sync::Arc;

/// Files in memory: a table of numbers in two formats, one of them complex.
struct Shelf;

impl Files for Shelf {
    fn read(&self, path: &str) -> Result<Vec<u8>, Complaint> {
        match path {
            "a.csv" => Ok(b"1,2,0\n0,-1,4\n".to_vec()),
            "a.npy" => Ok(npy::write(2, 3, &Entries::Complex(vec![Complex64::new(0.5, -1.0); 6]))),
            _ => Err(Complaint::new("", "there is no such file")),
        }
    }
}

fn instance(matrix: Value, data: Value, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
    let signal = json!({"id": "sparse", "sparsity": 1});
    let problem = json!({"id": "linear", "matrix": matrix, "data": data, "signal": signal});
    let spec = json!({"v": 1, "seed": 3, "problem": problem, "methods": [{"id": "omp"}]});
    Spec::from_value(spec, registry())?.instance(registry(), files)
}

/// Name, shape and entries of each array.
fn arrays(instance: &dyn Instance) -> Vec<(String, (usize, usize), Vec<Complex64>)> {
    let entries = |values: Values<'_>| match values {
        Values::Real(values) => values.iter().map(|&value| value.into()).collect(),
        Values::Complex(values) => values.to_vec(),
    };
    instance.arrays().into_iter().map(|(name, shape, values)| (name.to_owned(), shape, entries(values))).collect()
}

#[test]
fn is_the_same_as_data() {
    let rows = json!([[1, 2, 0], [0, -1, 4]]);
    let given = instance(json!({"id": "gaussian"}), json!({"matrix": rows}), &NoFiles).unwrap();
    for path in [rows, json!("a.csv")] {
        let file = instance(json!({"id": "file", "path": path}), json!({}), &Shelf).unwrap();
        assert_eq!(arrays(&*file), arrays(&*given));
        assert_eq!(file.facts(), given.facts());
    }
    let (name, shape, entries) = &arrays(&*given)[0];
    assert_eq!((name.as_str(), *shape), ("A", (2, 3)));
    assert_eq!(entries.iter().map(|x| x.re).collect::<Vec<_>>(), [1.0, 2.0, 0.0, 0.0, -1.0, 4.0]);
}

#[test]
fn may_be_complex() {
    let file = instance(json!({"id": "file", "path": "a.npy"}), json!({}), &Shelf).unwrap();
    assert_eq!(file.facts()["complex"], true);
    assert_eq!(arrays(&*file)[0].2, vec![Complex64::new(0.5, -1.0); 6]);
}

#[test]
fn data_come_first() {
    let matrix = json!({"id": "file", "path": "missing.csv"});
    let both = instance(matrix, json!({"matrix": [[1, 2], [3, 4], [5, 6]]}), &Shelf).unwrap();
    assert_eq!(arrays(&*both)[0].1, (3, 2));
    // A matrix that is not drawn does not make the instance complex.
    let complex = |data| instance(json!({"id": "partial-fourier"}), data, &NoFiles).unwrap().facts()["complex"].clone();
    assert_eq!(complex(json!({})), true);
    assert_eq!(complex(json!({"matrix": [[1, 2], [3, 4], [5, 6]]})), false);
}

#[test]
fn complaints_name_the_path() {
    let table = [
        (json!({"id": "file"}), "takes the name of an .npy or .csv file, or a list of rows; it is missing"),
        (json!({"id": "file", "path": "b.csv"}), "there is no such file"),
        (json!({"id": "file", "path": []}), "is an empty list"),
        (json!({"id": "file", "path": [[1, "x"]]}), "entry [0][1] takes a number, not \"x\""),
    ];
    for (matrix, sentence) in table {
        let complaint = instance(matrix, json!({}), &Shelf).err().expect("a complaint");
        assert_eq!(complaint.to_string(), format!("problem.matrix.path: {sentence}"));
    }
}

#[test]
fn fields_of_other_matrices_are_named_from_the_top() {
    let matrix = json!({"id": "sparse-binary", "per_column": 81});
    let complaint = instance(matrix, json!({}), &NoFiles).err().expect("80 rows by default");
    let sentence = "problem.matrix.per_column: goes up to the number of measurements, 80, not 81";
    assert_eq!(complaint.to_string(), sentence);
}
