//! The picture that this is for: basis pursuit succeeds below the curve of Donoho and Tanner, and fails above it.

use crate::coin::run;
use pursuit::labs::registry;
use pursuit::sweep::{Point, Sweep, Tally, contours, plan};
use pursuit::theory::l1_transition::signed;
use serde_json::json;

/// The contour of basis pursuit at delta, by trials within `reach` of the threshold.
fn contour_at(n: usize, delta: f64, reach: f64, trials: usize) -> Point {
    let rho = signed(delta);
    let sweep = json!({
        "v": 1,
        "spec": {"v": 1, "problem": {"id": "linear", "cols": n}, "methods": [{"id": "basis-pursuit"}]},
        "x": {"param": "problem.delta", "from": delta, "to": delta, "steps": 1},
        "y": {"param": "problem.rho", "from": rho - reach, "to": rho + reach, "steps": 9},
        "trials": trials,
    });
    let sweep = Sweep::from_value(sweep, registry()).unwrap();
    let mut tally = Tally::new(&sweep);
    run(&sweep, &mut tally, &plan::all(&sweep).collect::<Vec<_>>());
    contours(&sweep, &tally, 0)[0]
}

#[test]
fn basis_pursuit_follows_the_weak_threshold() {
    for delta in [0.25, 0.5, 0.75] {
        let point = contour_at(200, delta, 0.12, 12);
        let rows = 200.0 * delta;
        println!("delta {delta}: {:.4} in {:.4}..{:.4}, limit {:.4}", point.y, point.low, point.high, signed(delta));
        // A linear program at n = 200 lies within 3 spikes of the limit (catalogue).
        assert!(((point.y - signed(delta)) * rows).abs() <= 3.0, "{delta}: {}", point.y);
        assert!(point.slope.is_some_and(|slope| slope < 0.0));
    }
}

/// At n = 512 within 0.02 of the limit, and the transition narrows like one over the root of n.
#[test]
fn the_transition_sharpens() {
    if std::env::var_os("PURSUIT_LONG").is_none() {
        return;
    }
    for delta in [0.1, 0.3, 0.5, 0.7, 0.9] {
        let point = contour_at(512, delta, 0.1, 60);
        println!("delta {delta}: {:.4} in {:.4}..{:.4}, limit {:.4}", point.y, point.low, point.high, signed(delta));
        assert!((point.y - signed(delta)).abs() <= 0.02, "{delta}: {}", point.y);
    }
    let widths = [128, 256, 512].map(|n| contour_at(n, 0.5, 2.0 / f64::from(n as u32).sqrt(), 200).width.unwrap());
    println!("widths {widths:?}");
    for pair in widths.windows(2) {
        let ratio = pair[0] / pair[1];
        assert!((ratio / std::f64::consts::SQRT_2 - 1.0).abs() < 0.25, "{widths:?}");
    }
}
