//! Every sensing matrix, by the list in the schema: a new one is tested without a word here.

use super::laws::{ROUNDING, assert_lawful, noise};
use num_complex::Complex64;
use proptest::prelude::*;
use pursuit::contract::schema::schema_of;
use pursuit::kernels::Scalar;
use pursuit::linalg::HermitianEigen;
use pursuit::operators::sensing::{Drawn, Matrix};
use pursuit::operators::{Basis, Composed, Dense, LinearOperator, squared_norm};
use serde_json::{Map, Value, json};
use std::sync::Arc;

const SIZES: [(usize, usize); 24] = [
    (1, 1),
    (1, 2),
    (1, 7),
    (1, 16),
    (2, 2),
    (3, 7),
    (7, 7),
    (5, 13),
    (8, 15),
    (6, 16),
    (16, 16),
    (31, 31),
    (20, 64),
    (64, 64),
    (30, 97),
    (9, 4),
    // What constructions with sizes of their own take: primes, squares, powers of two, twice as many columns.
    (3, 6),
    (7, 14),
    (16, 32),
    (5, 25),
    (11, 60),
    (16, 100),
    (10, 36),
    (24, 81),
];

/// Matrices that are rows of a square one.
const STRUCTURED: [&str; 9] = [
    "partial-dct",
    "partial-fourier",
    "partial-hadamard",
    "random-convolution",
    "subsampling",
    "circulant",
    "low-pass-fourier",
    "mri",
    "random-demodulator",
];

/// Matrices with complex entries.
const COMPLEX: [&str; 7] = [
    "partial-fourier",
    "mri",
    "low-pass-fourier",
    "spikes-and-sines",
    "spikes-and-noiselets",
    "chirp",
    "delsarte-goethals",
];

/// Matrices of which nothing is drawn.
const FIXED: [&str; 8] = [
    "file",
    "low-pass-fourier",
    "spikes-and-sines",
    "spikes-and-noiselets",
    "paley",
    "chirp",
    "delsarte-goethals",
    "radon",
];

pub fn matrix(value: Value) -> Matrix {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

pub fn draw<S: Scalar>(value: Value, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
    matrix(value).draw(rows, cols, seed)
}

/// Each matrix of the schema with its defaults, with each switch turned, and at both ends of each range.
fn settings(rows: usize, cols: usize) -> Vec<Value> {
    let schema = schema_of::<Matrix>();
    let options = schema["oneOf"].as_array().expect("a choice of matrices");
    options.iter().flat_map(|option| settings_of(option, rows, cols)).collect()
}

fn settings_of(option: &Value, rows: usize, cols: usize) -> Vec<Value> {
    let properties = option["properties"].as_object().expect("fields");
    let mut plain = Map::new();
    plain.insert("id".into(), properties["id"]["const"].clone());
    let mut others = Vec::new();
    for (name, field) in properties {
        // There are no more things in a column than rows.
        let within = |value: &Value| {
            if field["type"] == "integer" { json!(value.as_u64().unwrap().min(rows as u64)) } else { value.clone() }
        };
        let names = field["oneOf"].as_array().into_iter().flatten().map(|option| option["const"].clone());
        others.extend(
            names.filter(|choice| choice.is_string() && *choice != field["default"]).map(|choice| (name, choice)),
        );
        if field["type"] == "boolean" {
            others.push((name, json!(!field["default"].as_bool().unwrap())));
        } else if let Some(most) = field.get("maximum") {
            plain.insert(name.clone(), within(&field["default"]));
            others.extend([(name, within(&field["minimum"])), (name, within(most))]);
        } else if field["x-kind"] == "numbers" {
            plain.insert(name.clone(), json!(noise::<f64>(rows * cols, 1).chunks(cols).collect::<Vec<_>>()));
        }
    }
    let changed = others.into_iter().map(|(name, value)| {
        let mut fields = plain.clone();
        fields.insert(name.clone(), value);
        Value::Object(fields)
    });
    std::iter::once(Value::Object(plain.clone())).chain(changed).collect()
}

fn is_prime(n: usize) -> bool {
    n > 1 && (2..n).all(|d| !n.is_multiple_of(d))
}

/// The field that must be complained about, if any.
fn refused<S: Scalar>(setting: &Value, rows: usize, cols: usize) -> Option<&'static str> {
    let id = setting["id"].as_str().unwrap();
    let number = |name: &str| setting[name].as_u64().unwrap() as usize;
    let square = cols.isqrt().pow(2) == cols;
    let twice = cols == 2 * rows;
    match id {
        id if COMPLEX.contains(&id) && !S::COMPLEX => Some("matrix"),
        "partial-hadamard" if !cols.is_power_of_two() => Some("cols"),
        "mri" | "radon" if !square => Some("cols"),
        "radon" if !rows.is_multiple_of(number("views")) => Some("matrix.views"),
        "kronecker" if !rows.is_multiple_of(number("left_rows")) => Some("matrix.left_rows"),
        "kronecker" if !cols.is_multiple_of(number("left_cols")) => Some("matrix.left_cols"),
        "block-diagonal" if number("blocks") > rows.min(cols) => Some("matrix.blocks"),
        "spikes-and-noiselets" if !rows.is_power_of_two() => Some("rows"),
        "paley" if rows < 3 || rows.is_multiple_of(2) || !is_prime(2 * rows - 1) => Some("rows"),
        "spikes-and-sines" | "spikes-and-noiselets" | "paley" if !twice => Some("cols"),
        "chirp" if rows < 5 || !is_prime(rows) => Some("rows"),
        "chirp" if cols > rows * rows => Some("cols"),
        "delsarte-goethals" if rows < 2 || !rows.is_power_of_two() => Some("rows"),
        "delsarte-goethals" if 2 * number("order") >= rows.ilog2() as usize => Some("matrix.order"),
        "delsarte-goethals" if cols > rows.pow(number("order") as u32 + 2) => Some("cols"),
        id if STRUCTURED.contains(&id) && rows > cols => Some("rows"),
        _ => None,
    }
}

/// The operator, or `None` where it is rightly refused.
fn drawn<S: Scalar>(setting: &Value, rows: usize, cols: usize, seed: u64) -> Option<Arc<dyn LinearOperator<S>>> {
    let expected = refused::<S>(setting, rows, cols);
    match draw(setting.clone(), rows, cols, seed) {
        Ok(operator) => {
            assert_eq!(expected, None, "{setting}, {rows} x {cols}");
            assert_eq!((operator.rows(), operator.cols()), (rows, cols), "{setting}");
            Some(operator)
        }
        Err(complaint) => {
            assert_eq!(expected, Some(complaint.field.as_str()), "{setting}, {rows} x {cols}: {complaint}");
            None
        }
    }
}

fn assert_unit_columns<S: Scalar>(setting: &Value, operator: &dyn LinearOperator<S>) {
    let id = setting["id"].as_str().unwrap();
    // A prescribed spectrum leaves no say about columns.
    if matches!(id, "file" | "prescribed-spectrum") || setting.get("unit_columns") == Some(&json!(false)) {
        return;
    }
    let norms = Dense::of(operator).column_norms();
    let zero = norms.iter().filter(|&&norm| norm == 0.0).count();
    match id {
        "subsampling" => assert_eq!(zero, operator.cols() - operator.rows()),
        // A cosine has zeros, and so may a filter of two taps: one row can miss a column.
        "partial-dct" | "random-convolution" => assert!(zero == 0 || operator.rows() < operator.cols()),
        _ => assert_eq!(zero, 0, "{setting}"),
    }
    for norm in norms {
        assert!(norm == 0.0 || (norm - 1.0).abs() < 1e-13, "{setting}: a column has norm {norm}");
    }
}

/// Rounding that a matrix may have: scaling a short column to unit norm scales the transform's rounding with it.
fn rounding<S: Scalar>(setting: &Value, rows: usize, cols: usize, seed: u64) -> f64 {
    let by_transform =
        matches!(setting["id"].as_str(), Some("partial-dct" | "random-convolution" | "circulant" | "toeplitz"));
    if !by_transform || setting.get("unit_columns") == Some(&json!(false)) {
        return ROUNDING;
    }
    let mut unscaled = setting.clone();
    unscaled["unit_columns"] = json!(false);
    let norms = draw::<S>(unscaled, rows, cols, seed).expect("drawn before").column_norms();
    let shortest = norms.into_iter().filter(|&norm| norm > 0.0).fold(1.0, f64::min);
    let mean = (rows as f64 / cols as f64).sqrt();
    ROUNDING * mean / shortest
}

fn assert_all<S: Scalar>(rows: usize, cols: usize, seed: u64) {
    for setting in settings(rows, cols) {
        if let Some(operator) = drawn::<S>(&setting, rows, cols, seed) {
            assert_lawful(&setting["id"].to_string(), &*operator, seed, ROUNDING);
            assert_unit_columns(&setting, &*operator);
        }
    }
}

#[test]
fn all_are_lawful_over_real_numbers() {
    SIZES.into_iter().for_each(|(rows, cols)| assert_all::<f64>(rows, cols, 1));
}

#[test]
fn all_are_lawful_over_complex_numbers() {
    SIZES.into_iter().for_each(|(rows, cols)| assert_all::<Complex64>(rows, cols, 2));
}

#[test]
fn the_list_is_whole_and_says_what_is_complex() {
    let ids: Vec<String> = schema_of::<Matrix>()["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| option["properties"]["id"]["const"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 31, "{ids:?}");
    for id in STRUCTURED.into_iter().chain(COMPLEX).chain(FIXED) {
        assert!(ids.iter().any(|known| known == id), "{id}");
    }
    let complex = |id: &&String| matrix(json!({ "id": id })).is_complex();
    assert_eq!(ids.iter().filter(complex).collect::<Vec<_>>(), COMPLEX);
}

fn bits<S: Scalar>(setting: &Value, (rows, cols): (usize, usize), seed: u64) -> Option<Vec<(u64, u64)>> {
    let matrix = Dense::of(&*drawn::<S>(setting, rows, cols, seed)?);
    Some(matrix.matrix().iter().map(|entry| (entry.re().to_bits(), entry.im().to_bits())).collect())
}

/// A size that the matrix takes.
fn size_for(id: &str) -> (usize, usize) {
    match id {
        "paley" => (15, 30),
        "chirp" => (19, 64),
        "spikes-and-sines" | "spikes-and-noiselets" => (32, 64),
        "delsarte-goethals" | "kronecker" => (32, 64),
        _ => (20, 64),
    }
}

#[test]
fn a_seed_names_the_bits() {
    let mut seen = std::collections::BTreeSet::new();
    for setting in settings(20, 64) {
        let id = setting["id"].as_str().unwrap();
        let size = size_for(id);
        // Ones in all rows leave nothing to draw, and paths of a scanner are as they are.
        let ones = setting["per_column"] == json!(20) || setting["degree"] == json!(20);
        let path = id == "mri" && setting["mask"] != "variable-density";
        let fixed = FIXED.contains(&id) || ones || path;
        let complex = bits::<Complex64>(&setting, size, 5);
        assert_eq!(complex, bits::<Complex64>(&setting, size, 5), "{setting}");
        if complex.is_some() {
            seen.insert(id.to_owned());
            assert_eq!(complex != bits::<Complex64>(&setting, size, 6), !fixed, "{setting}");
        }
        let real = bits::<f64>(&setting, size, 5);
        assert_eq!(real, bits::<f64>(&setting, size, 5), "{setting}");
        assert!(real.is_none() || (real != bits::<f64>(&setting, size, 6)) != fixed, "{setting}");
    }
    assert_eq!(seen.len(), 31, "{seen:?}");
}

#[test]
fn all_compose_with_a_basis() {
    for (basis, cols) in [(Basis::Dct, 13), (Basis::Daubechies4, 16), (Basis::Haar2d, 16)] {
        for setting in settings(6, cols) {
            if let Some(operator) = drawn::<f64>(&setting, 6, cols, 3) {
                let composed = Composed::new(operator, Arc::new(basis.synthesis(cols)));
                assert_lawful(&format!("{setting} in {basis:?}"), &composed, 3, ROUNDING);
            }
            if let Some(operator) = drawn::<Complex64>(&setting, 6, cols, 3) {
                let composed = Composed::new(operator, Arc::new(basis.synthesis(cols)));
                assert_lawful(&format!("{setting} in {basis:?}"), &composed, 3, ROUNDING);
            }
        }
    }
}

/// `squared_norm` is no less than the largest eigenvalue, so that a step of 1 over it is safe, and little more.
fn assert_norm_is_safe<S: Scalar>(rows: usize, cols: usize, seed: u64) {
    for setting in settings(rows, cols) {
        if let Some(operator) = drawn::<S>(&setting, rows, cols, seed) {
            let (found, dense) = (squared_norm(&*operator), Dense::of(&*operator));
            let mut square = vec![vec![S::zero(); rows]; rows];
            let mut row = vec![S::zero(); cols];
            for (i, column) in square.iter_mut().enumerate() {
                let mut unit = vec![S::zero(); rows];
                unit[i] = S::from_real(1.0);
                dense.adjoint(&unit, &mut row);
                dense.apply(&row, column);
            }
            let largest = HermitianEigen::new(square).values.first().copied().unwrap_or(0.0);
            let place = format!("{}, {rows} x {cols}, {seed}: {found}, not {largest}", setting["id"]);
            assert!(found >= largest * (1.0 - 1e-12) && found <= largest * 1.0501, "{place}");
        }
    }
}

#[test]
fn norms_are_safe() {
    for (rows, cols) in [(1, 1), (1, 7), (7, 7), (20, 64), (64, 64), (48, 128), (100, 30), (64, 256)] {
        for seed in 0..8 {
            assert_norm_is_safe::<f64>(rows, cols, seed);
        }
        assert_norm_is_safe::<Complex64>(rows, cols, 4);
    }
}

fn assert_drawn_lawful<S: Scalar>(pick: prop::sample::Index, rows: usize, cols: usize, seed: u64) {
    let settings = settings(rows, cols);
    let setting = &settings[pick.index(settings.len())];
    if let Some(operator) = drawn::<S>(setting, rows, cols, seed) {
        let within = rounding::<S>(setting, rows, cols, seed);
        assert_lawful(&setting["id"].to_string(), &*operator, seed, within);
        assert_unit_columns(setting, &*operator);
    }
}

proptest! {
    #[test]
    fn any_size_and_seed_is_lawful(pick: prop::sample::Index, rows in 1usize..40, more in 0usize..40, seed in 0u64..1 << 40) {
        assert_drawn_lawful::<f64>(pick, rows, rows + more, seed);
        assert_drawn_lawful::<Complex64>(pick, rows, rows + more, seed);
    }

    #[test]
    fn powers_of_two_are_lawful(pick: prop::sample::Index, rows in 1usize..70, power in 0u32..7, seed in 0u64..1 << 40) {
        assert_drawn_lawful::<f64>(pick, rows, 1 << power, seed);
        assert_drawn_lawful::<Complex64>(pick, rows, 1 << power, seed);
    }
}
