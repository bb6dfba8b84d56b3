//! Kernels beside this machine's roof: `cargo bench --bench kernels`, or `-- NAME` for those whose name holds it.
//!
//! The roof is measured in the same run: how fast one thread reads as many bytes as the kernel touches, and how fast it
//! multiplies and adds in registers of the width that this build has. Figures are the best of many samples, so a busy
//! machine spoils few of them; still, compare figures of one run only. A kernel that writes moves more than it reads, and
//! may pass the roof of reading.

mod clock;
mod roof;

use clock::seconds;
use num_complex::Complex64;
use pursuit::kernels::{
    Scalar, Screen, argmax_abs, axpy, axpy_dot, distance, dot, largest_abs, norm, norm_inf, norm_one, subtract,
};
use pursuit::operators::{Dense, LinearOperator, strongest_by_adjoint};
use pursuit::signals::random::{Random, Stream};
use std::hint::black_box;

/// m x n: two MiB, which a third-level cache holds, and 32 MiB.
const SHAPES: [(usize, usize); 2] = [(256, 1024), (1024, 4096)];
const LENGTHS: [usize; 3] = [256, 1024, 65536];

fn vector<S: Scalar>(length: usize) -> Vec<S> {
    let mut random = Random::new(1, Stream::Probe);
    (0..length).map(|_| random.normal_scalar()).collect()
}

fn matrix((rows, cols): (usize, usize)) -> Dense<f64> {
    Dense::from_columns(rows, cols, vector(rows * cols)).with_unit_columns()
}

/// Prints a line a kernel.
struct Table {
    wanted: String,
    peak: f64,
}

/// What a call moves and computes.
struct Work {
    /// Bytes read and written.
    moved: usize,
    /// Bytes of all that is touched, which decides where it lies.
    touched: usize,
    /// Additions and multiplications of f64.
    flops: usize,
}

impl Work {
    /// Vectors of f64 that are read once, `written` of them written, too.
    fn vectors(count: usize, written: usize, length: usize, flops: usize) -> Self {
        Self { moved: 8 * length * (count + written), touched: 8 * length * count, flops: flops * length }
    }

    /// One pass over a matrix with entries of `width` bytes.
    fn pass(width: usize, (rows, cols): (usize, usize), flops: usize) -> Self {
        Self { moved: width * rows * cols, touched: width * rows * cols, flops: flops * rows * cols }
    }
}

impl Table {
    fn row(&self, name: &str, size: impl std::fmt::Debug, work: &Work, mut call: impl FnMut()) {
        if !name.contains(&self.wanted) {
            return;
        }
        let time = seconds(&mut call);
        let (bytes, flops) = (work.moved as f64 / time, work.flops as f64 / time);
        let of = |rate: f64, roof: f64| format!("{:.0} %", 100.0 * rate / roof);
        println!(
            "{name:24} {:>14} {:>10.2} us {:>8.1} GB/s {:>6} {:>8.2} GFLOP/s {:>6}",
            format!("{size:?}"),
            1e6 * time,
            1e-9 * bytes,
            of(bytes, roof::read(work.touched)),
            1e-9 * flops,
            of(flops, self.peak),
        );
    }
}

fn main() {
    // Cargo passes options of its own.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let table = Table { wanted, peak: roof::peak() };
    println!("multiply and add, f64, {} bits wide: {:.1} GFLOP/s", roof::WIDTH, 1e-9 * table.peak);
    for kib in [16, 512, 2048, 8192, 32768] {
        println!("read {kib:>6} KiB: {:.1} GB/s", 1e-9 * roof::read(kib << 10));
    }
    println!("\n{:24} {:>14} {:>13} {:>13} {:>6} {:>16} {:>6}", "kernel", "size", "time", "moved", "roof", "", "peak");
    for length in LENGTHS {
        vectors(&table, length);
    }
    for shape in SHAPES {
        products(&table, shape);
        scans(&table, shape);
    }
}

fn vectors(table: &Table, length: usize) {
    let (x, mut y, z): (Vec<f64>, Vec<f64>, Vec<f64>) = (vector(length), vector(length), vector(length));
    let mut out = y.clone();
    let work = |count, written, flops| Work::vectors(count, written, length, flops);
    table.row("dot", length, &work(2, 0, 2), || {
        black_box(dot(black_box(&x), &z));
    });
    table.row("axpy", length, &work(2, 1, 2), || axpy(black_box(1e-9), &x, black_box(&mut y)));
    table.row("axpy, then dot", length, &work(3, 1, 4), || {
        axpy(black_box(1e-9), &x, black_box(&mut y));
        black_box(dot(&z, &y));
    });
    table.row("axpy_dot", length, &work(3, 1, 4), || {
        black_box(axpy_dot(black_box(1e-9), &x, black_box(&mut y), &z));
    });
    table.row("subtract", length, &work(3, 1, 1), || subtract(black_box(&x), &z, black_box(&mut out)));
    table.row("distance", length, &work(2, 0, 3), || {
        black_box(distance(black_box(&x), &z));
    });
    table.row("norm", length, &work(1, 0, 2), || {
        black_box(norm(black_box(&x)));
    });
    table.row("norm_one", length, &work(1, 0, 1), || {
        black_box(norm_one(black_box(&x)));
    });
    table.row("norm_inf", length, &work(1, 0, 1), || {
        black_box(norm_inf(black_box(&x)));
    });
    table.row("argmax_abs", length, &work(1, 0, 1), || {
        black_box(argmax_abs(black_box(&x), |_| true));
    });
    table.row("largest_abs, a tenth", length, &work(1, 0, 1), || {
        black_box(largest_abs(black_box(&x), length / 10));
    });
    let (x, z): (Vec<Complex64>, Vec<Complex64>) = (vector(length), vector(length));
    table.row("dot, complex", length, &work(4, 0, 4), || {
        black_box(dot(black_box(&x), &z));
    });
}

fn products(table: &Table, shape: (usize, usize)) {
    let a = matrix(shape);
    let (x, y): (Vec<f64>, Vec<f64>) = (vector(shape.1), vector(shape.0));
    let (mut rows, mut cols) = (y.clone(), x.clone());
    table.row("apply", shape, &Work::pass(8, shape, 2), || a.apply(black_box(&x), &mut rows));
    table.row("adjoint", shape, &Work::pass(8, shape, 2), || a.adjoint(black_box(&y), &mut cols));
    table.row("column_norms", shape, &Work::pass(8, shape, 2), || {
        black_box(a.column_norms());
    });
}

fn scans(table: &Table, shape: (usize, usize)) {
    let (a, r) = (matrix(shape), vector::<f64>(shape.0));
    let (lengths, free) = (a.column_norms(), vec![true; shape.1]);
    table.row("strongest, by adjoint", shape, &Work::pass(8, shape, 2), || {
        black_box(strongest_by_adjoint(&a, black_box(&r), &lengths, &free));
    });
    // Two bytes an entry; its operations are not of f64.
    table.row("strongest, screened", shape, &Work::pass(2, shape, 0), || {
        black_box(a.strongest(black_box(&r), &lengths, &free));
    });
    table.row("making the 16-bit copy", shape, &Work::pass(10, shape, 0), || {
        black_box(Screen::new(shape.0, black_box(a.matrix().as_slice())));
    });
}
