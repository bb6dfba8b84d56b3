//! Every penalty's proximal operator is what it is called: the argmin, for any input and weight.
#![cfg(not(target_arch = "wasm32"))]

use num_complex::Complex64;
use proptest::prelude::*;
use pursuit::kernels::{Scalar, dot, norm_inf, norm_one};
use pursuit::penalties::scad::Scad;
use pursuit::penalties::total_variation_2d::Variation;
use pursuit::penalties::{
    elastic_net, fused, group, interval, l_half, l_p, l0, l1, log, mcp, nonnegative, nuclear, simplex, slope,
    sparse_group, total_variation, weighted_l1,
};

type Value<S> = fn(&[S]) -> f64;
type Prox<S> = fn(&mut [S], f64);

const SCAD: Scad = Scad { lambda: 0.8, a: 3.7 };
const STEEP: Scad = Scad { lambda: 0.5, a: 1.2 };

fn groups() -> Vec<Vec<usize>> {
    vec![vec![0, 2], vec![1, 3, 4, 5]]
}

const FALLING: [f64; 6] = [2.0, 1.5, 1.5, 0.7, 0.1, 0.0];
const WEIGHTS: [f64; 6] = [1.0, 0.2, 3.0, 0.0, 1.0, 0.5];
const PLAIN: Variation = Variation { width: 3, isotropic: false };
const ROUND: Variation = Variation { width: 2, isotropic: true };

/// Name, value, prox, and whether it is convex.
fn penalties<S: Scalar>() -> Vec<(&'static str, Value<S>, Prox<S>, bool)> {
    vec![
        ("l0", l0::value, l0::prox, false),
        ("l1", |x| x.iter().map(|x| x.abs()).sum(), l1::prox, true),
        ("l half", l_half::value, l_half::prox, false),
        ("elastic net", |x| elastic_net::value(x, 0.6), |v, t| elastic_net::prox(v, t, 0.6), true),
        ("MCP", |x| mcp::value(x, 1.5), |v, t| mcp::prox(v, t, 1.5), false),
        ("SCAD", |x| SCAD.value(x), |v, t| SCAD.prox(v, t), false),
        ("steep SCAD", |x| STEEP.value(x), |v, t| STEEP.prox(v, t), false),
        ("groups", |x| group::value(x, &groups()), |v, t| group::prox(v, &groups(), t), true),
        ("log", |x| log::value(x, 0.3), |v, t| log::prox(v, t, 0.3), false),
        ("l_0.3", |x| l_p::value(x, 0.3), |v, t| l_p::prox(v, t, 0.3), false),
        ("l_0.8", |x| l_p::value(x, 0.8), |v, t| l_p::prox(v, t, 0.8), false),
        ("weighted l1", |x| weighted_l1::value(x, &WEIGHTS), |v, t| weighted_l1::prox(v, t, &WEIGHTS), true),
        ("SLOPE", |x| slope::value(x, &FALLING), |v, t| slope::prox(v, t, &FALLING), true),
        (
            "sparse groups",
            |x| sparse_group::value(x, &groups(), 0.4),
            |v, t| sparse_group::prox(v, &groups(), 0.4, t),
            true,
        ),
        ("nuclear", |x| nuclear::value(x, 2), |v, t| nuclear::prox(v, 2, t), true),
    ]
}

/// Those of real entries only.
fn real_penalties() -> Vec<(&'static str, Value<f64>, Prox<f64>, bool)> {
    vec![
        ("total variation", total_variation::value, total_variation::prox, true),
        ("fused", |x| fused::value(x, 0.7), |v, t| fused::prox(v, t, 0.7), true),
        ("picture", |x| PLAIN.value(x), |v, t| PLAIN.prox(v, t), true),
        ("round picture", |x| ROUND.value(x), |v, t| ROUND.prox(v, t), true),
        ("box", |x| interval::value(x, -0.5, 1.0), |v, _| interval::prox(v, -0.5, 1.0), true),
        ("simplex", |x| simplex::value(x, 1.5), |v, _| simplex::prox(v, 1.5), true),
    ]
}

/// Name and the conjugate, up to what is 1 from above in a gauge.
fn conjugates<S: Scalar>() -> Vec<(&'static str, Value<S>)> {
    vec![
        ("l1", |c| ball(norm_inf(c))),
        ("elastic net", |c| elastic_net::conjugate(c, 0.6)),
        ("groups", |c| ball(group::gauge(c, &groups()))),
        ("weighted l1", |c| ball(weighted_l1::gauge(c, &WEIGHTS))),
        ("SLOPE", |c| ball(slope::gauge(c, &FALLING))),
        ("sparse groups", |c| ball(sparse_group::gauge(c, &groups(), 0.4))),
        ("nuclear", |c| ball(nuclear::gauge(c, 2))),
    ]
}

fn real_conjugates() -> Vec<(&'static str, Value<f64>)> {
    vec![
        ("total variation", |c| ball(total_variation::gauge(c))),
        ("fused", |c| ball(fused::gauge(c, 0.7, false))),
        ("box", |c| interval::conjugate(c, -0.5, 1.0)),
        ("simplex", |c| simplex::conjugate(c, 1.5)),
    ]
}

/// The conjugate of a norm, from its dual norm.
fn ball(gauge: f64) -> f64 {
    if gauge <= 1.0 + 1e-9 { 0.0 } else { f64::INFINITY }
}

/// Moreau: `v = x + t w` with `x = prox(v, t)`, where `p(x) + p*(w) = <x, w>`.
fn is_split_by_moreau<S: Scalar>(
    (name, value, prox, _): (&str, Value<S>, Prox<S>, bool),
    conjugate: Value<S>,
    v: &[S],
    t: f64,
) {
    let mut x = v.to_vec();
    prox(&mut x, t);
    let w: Vec<S> = v.iter().zip(&x).map(|(&v, &x)| (v - x) / t).collect();
    let (both, product) = (value(&x) + conjugate(&w), dot(&x, &w).re());
    let scale = 1.0 + norm_one(v) + norm_one(v) * norm_one(v) / t;
    assert!((both - product).abs() <= 1e-12 * scale, "{name}, t = {t}: {both} for {product} at {v:?}");
}

fn distance<S: Scalar>(x: &[S], y: &[S]) -> f64 {
    x.iter().zip(y).map(|(x, y)| (*x - *y).abs_squared()).sum::<f64>().sqrt()
}

/// What the prox minimizes.
fn cost<S: Scalar>(value: Value<S>, x: &[S], v: &[S], t: f64) -> f64 {
    0.5 * distance(x, v).powi(2) + t * value(x)
}

/// Nothing on any line through the prox is better: neither other lengths of an entry or a group, nor other directions.
fn is_argmin<S: Scalar>((name, value, prox, _): (&str, Value<S>, Prox<S>, bool), v: &[S], t: f64, away: &[S]) {
    let mut x = v.to_vec();
    prox(&mut x, t);
    let least = cost(value, &x, v, t);
    let slack = 1e-12 * (1.0 + least);
    let try_it = |other: &[S]| {
        let found = cost(value, other, v, t);
        assert!(least <= found + slack, "{name}, t = {t}: {least} at {x:?}, {found} at {other:?}");
    };
    for j in 0..v.len() {
        for i in -60..=60 {
            let mut other = x.clone();
            other[j] = v[j] * (f64::from(i) / 40.0);
            try_it(&other);
        }
        let mut other = x.clone();
        other[j] = away[j];
        try_it(&other);
    }
    for i in -60..=60 {
        let scaled: Vec<S> = v.iter().map(|&v| v * (f64::from(i) / 40.0)).collect();
        try_it(&scaled);
        let moved: Vec<S> = x.iter().zip(away).map(|(&x, &a)| x + a * (f64::from(i) / 40.0)).collect();
        try_it(&moved);
    }
}

/// Convex penalties have operators that bring no two points further apart.
fn is_nonexpansive<S: Scalar>((name, _, prox, convex): (&str, Value<S>, Prox<S>, bool), v: &[S], w: &[S], t: f64) {
    let (mut x, mut y) = (v.to_vec(), w.to_vec());
    prox(&mut x, t);
    prox(&mut y, t);
    let (before, after) = (distance(v, w), distance(&x, &y));
    assert!(!convex || after <= before * (1.0 + 1e-12) + 1e-15, "{name}: {before} becomes {after}");
}

fn vector() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(prop_oneof![-4.0..4.0, -0.2..0.2, Just(0.0), Just(1.0)], 6)
}

fn complex(re: &[f64], im: &[f64]) -> Vec<Complex64> {
    re.iter().zip(im).map(|(&re, &im)| Complex64::new(re, im)).collect()
}

proptest! {
    #[test]
    fn real_operators_are_argmins(v in vector(), w in vector(), t in prop_oneof![0.0..3.0, Just(0.0), Just(1.0)]) {
        for penalty in penalties::<f64>() {
            is_argmin(penalty, &v, t, &w);
            is_nonexpansive(penalty, &v, &w, t);
        }
        for penalty in real_penalties() {
            // A constraint has no weight.
            is_argmin(penalty, &v, t.max(1e-3), &w);
            is_nonexpansive(penalty, &v, &w, t);
        }
        let nonnegative: (&str, Value<f64>, Prox<f64>, bool) = ("nonnegative", nonnegative::value, nonnegative::prox, true);
        is_nonexpansive(nonnegative, &v, &w, t);
        if t > 0.0 {
            is_argmin(nonnegative, &v, t, &w);
        }
    }

    #[test]
    fn convex_operators_split_vectors(re in vector(), im in vector(), t in 0.05..3.0) {
        let all: Vec<_> = penalties().into_iter().chain(real_penalties()).collect();
        for (name, conjugate) in conjugates().into_iter().chain(real_conjugates()) {
            let penalty = all.iter().find(|penalty| penalty.0 == name).expect("it is in the list");
            is_split_by_moreau(*penalty, conjugate, &re, t);
        }
        for (name, conjugate) in conjugates() {
            let penalty = penalties().into_iter().find(|penalty| penalty.0 == name).expect("it is in the list");
            is_split_by_moreau(penalty, conjugate, &complex(&re, &im), t);
        }
    }

    #[test]
    fn complex_operators_are_argmins(re in vector(), im in vector(), w in vector(), t in 0.0..3.0) {
        let (v, w) = (complex(&re, &im), complex(&w, &re));
        for penalty in penalties::<Complex64>() {
            is_argmin(penalty, &v, t, &w);
            is_nonexpansive(penalty, &v, &w, t);
        }
    }
}

#[test]
fn thresholds_are_where_the_papers_have_them() {
    assert_eq!([1.9, -2.1, 2.0].map(|v| l0::hard_threshold(v, 2.0)), [0.0, -2.1, 0.0]);
    // MCP: nothing up to t, everything beyond gamma, a slope of 1 / (1 - t / gamma) between.
    assert_eq!([0.5, 1.0, 2.0, -3.0].map(|v| mcp::firm_threshold(v, 0.5, 2.0)), [0.0, 2.0 / 3.0, 2.0, -3.0]);
    // SCAD with lambda = 1, t = 1, a = 3: soft up to 2, (2 v - 3) up to 3, and v beyond.
    let scad = Scad { lambda: 1.0, a: 3.0 };
    assert_eq!([0.9, -1.5, 2.5, 3.5].map(|v| scad.threshold(v, 1.0)), [0.0, -0.5, 2.0, 3.5]);
    let mut v = [3.0, 4.0, 0.1];
    group::prox(&mut v, &[vec![0, 1], vec![2]], 0.2);
    let factor = 1.0 - 0.2 * 2.0_f64.sqrt() / 5.0;
    assert!((v[0] - 3.0 * factor).abs() < 1e-15 && (v[1] - 4.0 * factor).abs() < 1e-15 && v[2] == 0.0);
}

#[test]
fn the_taut_string_is_exact_on_long_signals() {
    let mut random = pursuit::signals::random::Random::new(3, pursuit::signals::random::Stream::Probe);
    for (n, t) in [(1, 1.0), (2, 0.4), (50, 0.3), (400, 2.0), (400, 1e-3), (400, 1e4)] {
        let v: Vec<f64> = (0..n).map(|i| f64::from(i / 37 % 5) + random.normal()).collect();
        let mut x = v.clone();
        total_variation::prox(&mut x, t);
        // v - x = t D^T u with |u| <= 1, and u = the sign of every jump.
        let mut u = 0.0;
        for i in 0..v.len() {
            u -= (v[i] - x[i]) / t;
            let jump = x.get(i + 1).map_or(0.0, |next| next - x[i]);
            let wanted = if i + 1 == v.len() {
                0.0
            } else if jump == 0.0 {
                u.clamp(-1.0, 1.0)
            } else {
                jump.signum()
            };
            assert!((u - wanted).abs() <= 1e-10 * (1.0 + 1.0 / t), "{n}, {t}, {i}: {u} for {wanted}");
        }
    }
}

#[test]
fn a_one_line_picture_is_a_signal() {
    let v = [0.3, 2.0, 1.9, -4.0, 0.2, 0.25, 0.1];
    for isotropic in [false, true] {
        let (mut line, mut picture) = (v, v);
        total_variation::prox(&mut line, 0.6);
        Variation { width: 7, isotropic }.prox(&mut picture, 0.6);
        assert!(line.iter().zip(picture).all(|(a, b)| (a - b).abs() < 1e-6), "{line:?} {picture:?}");
    }
}

#[test]
fn the_ball_and_the_simplex_share_a_threshold() {
    let mut v = [Complex64::new(3.0, 4.0), Complex64::new(0.0, -1.0), Complex64::new(0.1, 0.0)];
    simplex::project_on_ball(&mut v, 4.0);
    assert!(
        (norm_one(&v) - 4.0).abs() < 1e-14 && v[1].norm() < 1e-14 && (v[0].arg() - 0.9272952180016122).abs() < 1e-14
    );
    let mut inside = [0.5, -0.25];
    simplex::project_on_ball(&mut inside, 1.0);
    assert_eq!(inside, [0.5, -0.25]);
    simplex::project_on_ball(&mut inside, 0.0);
    assert_eq!(inside, [0.0, 0.0]);
}
