//! Sizes and parameters that will not do, each with its sentence.

use super::every_matrix::draw;
use num_complex::Complex64;
use serde_json::{Value, json};

fn complaint(setting: Value, rows: usize, cols: usize) -> String {
    match draw::<Complex64>(setting.clone(), rows, cols, 0) {
        Ok(_) => panic!("{setting} takes {rows} x {cols}"),
        Err(complaint) => complaint.to_string(),
    }
}

#[test]
fn each_refusal_has_its_sentence() {
    let plain = |id: &str| json!({ "id": id });
    let stored = "rows: a stored matrix of 65536 columns has at most 256 rows, not 257";
    let table = [
        (plain("partial-dct"), (300, 256), "rows: goes up to the number of unknowns, 256, for a partial DCT, not 300"),
        (
            plain("partial-fourier"),
            (300, 256),
            "rows: goes up to the number of unknowns, 256, for a partial Fourier matrix, not 300",
        ),
        (
            plain("partial-hadamard"),
            (300, 256),
            "rows: goes up to the number of unknowns, 256, for a partial Hadamard matrix, not 300",
        ),
        (plain("partial-hadamard"), (80, 300), "cols: takes a power of two for a partial Hadamard matrix, not 300"),
        (
            plain("random-convolution"),
            (8, 7),
            "rows: goes up to the number of unknowns, 7, for a random convolution, not 8",
        ),
        (plain("subsampling"), (2, 1), "rows: goes up to the number of unknowns, 1, for subsampling, not 2"),
        (plain("sparse-binary"), (5, 16), "matrix.per_column: goes up to the number of measurements, 5, not 8"),
        (
            json!({"id": "sparse-binary", "per_column": 257}),
            (300, 65536),
            "matrix.per_column: goes up to 256 for 65536 columns, not 257",
        ),
        (
            plain("file"),
            (5, 16),
            "matrix.path: takes the name of an .npy or .csv file, or a list of rows; it is missing",
        ),
        (
            json!({"id": "file", "path": "a.csv"}),
            (5, 16),
            "matrix.path: names the file \"a.csv\", and only a list of rows is read here",
        ),
        (json!({"id": "file", "path": [[1, 2], [3]]}), (2, 2), "matrix.path: row 1 has 1 numbers and the first has 2"),
        (
            json!({"id": "file", "path": 4}),
            (2, 2),
            "matrix.path: takes a list of numbers, a list of rows, or a file's name",
        ),
        (plain("paley"), (80, 160), "rows: takes (p + 1) / 2 for a prime p with p mod 4 = 1, such as 79 or 87, not 80"),
        (plain("paley"), (79, 160), "cols: takes twice the number of measurements, 158, for this matrix, not 160"),
        (
            plain("spikes-and-sines"),
            (8, 15),
            "cols: takes twice the number of measurements, 16, for this matrix, not 15",
        ),
        (
            plain("spikes-and-noiselets"),
            (80, 160),
            "rows: takes a power of two for noiselets, such as 64 or 128, not 80",
        ),
        (plain("chirp"), (80, 256), "rows: takes a prime of at least 5 for chirps, such as 79 or 83, not 80"),
        (plain("chirp"), (5, 26), "cols: goes up to 25 for chirps of 5 samples, not 26"),
        (
            plain("delsarte-goethals"),
            (80, 256),
            "rows: takes a power of two of at least 2 for a Delsarte-Goethals frame, such as 64 or 128, not 80",
        ),
        (
            json!({"id": "delsarte-goethals", "order": 2}),
            (16, 256),
            "matrix.order: goes up to 1 for 16 measurements, not 2",
        ),
        (plain("delsarte-goethals"), (8, 65), "cols: goes up to 64 for order 0 and 8 measurements, not 65"),
        (plain("radon"), (20, 63), "cols: takes a square for a picture, such as 49 or 64, not 63"),
        (plain("radon"), (21, 64), "matrix.views: takes a divisor of 21, such as 3 or 7, not 5"),
        (plain("mri"), (20, 63), "cols: takes a square for a picture, such as 49 or 64, not 63"),
        (plain("mri"), (65, 64), "rows: goes up to the number of unknowns, 64, for an MRI mask, not 65"),
        (plain("kronecker"), (20, 64), "matrix.left_rows: takes a divisor of 20, such as 5 or 10, not 8"),
        (plain("kronecker"), (16, 36), "matrix.left_cols: takes a divisor of 36, such as 12 or 18, not 16"),
        (plain("block-diagonal"), (3, 64), "matrix.blocks: goes up to 3 for 3 x 64, not 4"),
        (plain("expander"), (5, 16), "matrix.degree: goes up to the number of measurements, 5, not 8"),
        (
            plain("random-demodulator"),
            (9, 8),
            "rows: goes up to the number of unknowns, 8, for a random demodulator, not 9",
        ),
        (plain("low-pass-fourier"), (9, 8), "rows: goes up to the number of unknowns, 8, for low-pass Fourier, not 9"),
        (plain("circulant"), (9, 8), "rows: goes up to the number of unknowns, 8, for a circulant matrix, not 9"),
        (
            json!({"id": "circulant", "filter": [1, 2, 3]}),
            (1, 2),
            "matrix.filter: has at most as many taps as unknowns, 2, not 3",
        ),
        (
            plain("grassmannian"),
            (80, 512),
            "cols: goes up to 323 for 80 measurements, as projections take long, not 512",
        ),
        (
            json!({"id": "grassmannian", "iterations": 1000}),
            (80, 256),
            "matrix.iterations: goes up to 102 for 80 x 256, not 1000",
        ),
        (
            json!({"id": "radon", "views": 1024}),
            (1024, 65536),
            "matrix.views: goes up to 128 for 65536 unknowns, not 1024",
        ),
        (
            plain("prescribed-spectrum"),
            (4096, 4096),
            "rows: goes up to 256 for 4096 unknowns, as drawing rotations takes long, not 4096",
        ),
        (
            plain("low-rank"),
            (4096, 4096),
            "rows: goes up to 256 for 4096 unknowns, as the product takes long, not 4096",
        ),
        (plain("gaussian"), (257, 65536), stored),
        (plain("nonzero-mean"), (257, 65536), stored),
        (plain("heavy-tailed"), (257, 65536), stored),
        (plain("polynomials"), (257, 65536), stored),
        (plain("bernoulli"), (257, 65536), stored),
        (plain("sphere"), (257, 65536), stored),
        (plain("correlated"), (257, 65536), stored),
    ];
    for (setting, (rows, cols), sentence) in table {
        assert_eq!(complaint(setting, rows, cols), sentence);
    }
}

#[test]
fn a_complex_matrix_refuses_real_numbers() {
    let complaint = draw::<f64>(json!({"id": "partial-fourier"}), 3, 8, 0).err().expect("no real Fourier matrix");
    assert_eq!(complaint.to_string(), "matrix: has complex entries, and real ones are needed; partial-dct has those");
}
