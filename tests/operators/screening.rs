//! The screened choice of a column is the plain choice: the same index, whatever the numbers.

use proptest::prelude::*;
use pursuit::kernels::Screen;
use pursuit::operators::{Dense, LinearOperator, strongest_by_adjoint};
use pursuit::signals::random::{Random, Stream};

/// What a matrix or a vector may be like.
#[derive(Clone, Copy, Debug)]
enum Entries {
    /// Nothing special.
    Normal,
    /// Signs: many columns tie exactly.
    Signs,
    /// One vector again and again, with either sign, off by a few last bits: near-ties.
    NearlyEqual,
    /// The same with no difference at all.
    Equal,
    /// Small integers, so that exact ties of different columns and exact zeros abound.
    Integers,
    /// One entry carries everything.
    Spike,
}

/// What is done to columns afterwards.
#[derive(Clone, Copy, Debug)]
enum Scales {
    One,
    /// From 1e-6 to 1e6.
    Some,
    /// From 1e-320 to 1e150: norms and products leave f64's range.
    Wild,
    /// Every third column is zero.
    Zeros,
    /// Every fifth column has an infinity or a NaN.
    Broken,
}

fn vector(entries: Entries, length: usize, base: &[f64], random: &mut Random) -> Vec<f64> {
    let mut draw = |i: usize| match entries {
        Entries::Normal => random.normal(),
        Entries::Signs => random.sign(),
        Entries::NearlyEqual => base[i] * (1.0 + (random.below(5) as f64 - 2.0) * f64::EPSILON),
        Entries::Equal => base[i],
        Entries::Integers => random.below(5) as f64 - 2.0,
        Entries::Spike => 1e-9 * random.normal(),
    };
    let mut vector: Vec<f64> = (0..length).map(&mut draw).collect();
    match entries {
        Entries::Spike => vector[random.below(length)] = random.normal(),
        Entries::NearlyEqual | Entries::Equal if random.sign() < 0.0 => vector.iter_mut().for_each(|v| *v = -*v),
        _ => {}
    }
    vector
}

fn scale(scales: Scales, j: usize, random: &mut Random) -> f64 {
    let power = |random: &mut Random, from: f64, to: f64| libm::pow(10.0, from + (to - from) * random.uniform());
    match scales {
        Scales::One => 1.0,
        Scales::Some => power(random, -6.0, 6.0),
        Scales::Wild => power(random, -320.0, 150.0),
        Scales::Zeros => f64::from(u8::from(!j.is_multiple_of(3))),
        Scales::Broken if j % 5 == 4 => [f64::INFINITY, f64::NAN][j % 2],
        Scales::Broken => 1.0,
    }
}

fn matrix(entries: Entries, scales: Scales, rows: usize, cols: usize, base: &[f64], random: &mut Random) -> Dense<f64> {
    let columns = (0..cols).flat_map(|j| {
        let mut column = vector(entries, rows, base, random);
        let scale = scale(scales, j, random);
        column.iter_mut().for_each(|entry| *entry *= scale);
        column
    });
    let columns = columns.collect();
    Dense::from_columns(rows, cols, columns)
}

fn entries() -> impl Strategy<Value = Entries> {
    use Entries::{Equal, Integers, NearlyEqual, Normal, Signs, Spike};
    prop::sample::select(vec![Normal, Signs, NearlyEqual, Equal, Integers, Spike])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn the_choice_is_the_plain_choice(
        (rows, cols) in (1usize..67, 1usize..40),
        of_matrix in entries(),
        of_residual in entries(),
        scales in prop::sample::select(vec![Scales::One, Scales::Some, Scales::Wild, Scales::Zeros, Scales::Broken]),
        power in prop_oneof![4 => -3i32..3, 1 => -320i32..300],
        lengths in 0usize..4,
        seed in 0u64..1 << 40,
    ) {
        let mut random = Random::new(seed, Stream::Probe);
        let base: Vec<f64> = (0..rows).map(|_| random.normal()).collect();
        let matrix = matrix(of_matrix, scales, rows, cols, &base, &mut random);
        let mut residual = vector(of_residual, rows, &base, &mut random);
        let size = libm::pow(10.0, f64::from(power));
        residual.iter_mut().for_each(|entry| *entry *= size);
        let lengths: Vec<f64> = match lengths {
            0 | 1 => matrix.column_norms(),
            2 => vec![1.0; cols],
            _ => (0..cols).map(|_| libm::pow(10.0, 200.0 * random.uniform() - 100.0)).collect(),
        };
        let free: Vec<bool> = (0..cols).map(|_| random.below(8) > 0).collect();
        let plain = strongest_by_adjoint(&matrix, &residual, &lengths, &free);
        prop_assert_eq!(matrix.strongest(&residual, &lengths, &free), plain);
    }
}

/// A residual that fits some columns already: nearly all correlations are rounding alone, and their order is noise.
#[test]
fn rounding_decides_as_it_always_did() {
    for seed in 0..20 {
        let mut random = Random::new(seed, Stream::Probe);
        let matrix = matrix(Entries::Normal, Scales::One, 40, 38, &[], &mut random);
        let y: Vec<f64> = (0..40).map(|_| random.normal()).collect();
        let every: Vec<usize> = (0..38).collect();
        let residual = pursuit::operators::least_squares_on(&matrix, &every, &y).residual;
        let (lengths, free) = (matrix.column_norms(), vec![true; 38]);
        let plain = strongest_by_adjoint(&matrix, &residual, &lengths, &free);
        assert_eq!(matrix.strongest(&residual, &lengths, &free), plain);
    }
}

#[test]
fn nothing_to_choose_is_none() {
    let matrix = Dense::from_columns(3, 2, vec![1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    let lengths = matrix.column_norms();
    assert_eq!(matrix.strongest(&[1.0, 0.0, 0.0], &lengths, &[true, true]), Some(0));
    assert_eq!(matrix.strongest(&[1.0, 0.0, 0.0], &lengths, &[false, true]), None);
    assert_eq!(matrix.strongest(&[0.0, 1.0, 0.0], &lengths, &[true, true]), None);
    assert_eq!(matrix.strongest(&[0.0; 3], &lengths, &[true, true]), None);
    assert_eq!(Dense::<f64>::from_columns(3, 0, Vec::new()).strongest(&[1.0; 3], &[], &[]), None);
}

/// Scaled after the copy was made, a matrix makes a new one.
#[test]
fn the_copy_is_of_the_columns_as_they_are() {
    let matrix = Dense::from_columns(2, 2, vec![1.0, 0.0, 3.0, 3.0]);
    let (r, ones, free) = ([1.0, 0.3], [1.0; 2], [true; 2]);
    assert_eq!(matrix.strongest(&r, &ones, &free), Some(1));
    assert_eq!(matrix.with_unit_columns().strongest(&r, &ones, &free), Some(0));
}

/// The point of it all: few columns are left, and the largest is among them.
#[test]
fn few_columns_are_left() {
    let (rows, cols) = (256, 1024);
    let mut random = Random::new(1, Stream::Probe);
    let matrix = matrix(Entries::Normal, Scales::One, rows, cols, &[], &mut random).with_unit_columns();
    let screen = Screen::new(rows, matrix.matrix().as_slice());
    let (lengths, free) = (matrix.column_norms(), vec![true; cols]);
    let mut left = 0;
    for _ in 0..50 {
        let residual: Vec<f64> = (0..rows).map(|_| random.normal()).collect();
        let columns = screen.candidates(&residual, &lengths, &free).unwrap();
        assert!(columns.contains(&strongest_by_adjoint(&matrix, &residual, &lengths, &free).unwrap()));
        left += columns.len();
    }
    assert!(left < 100, "{left} columns of 50 x 1024");
}
