//! Phase diagrams of `linear`: undersampling `delta = m / n` against sparsity `rho = k / m`, and their kin.

use super::signal::Sparse;
use super::{Linear, Signal};
use crate::contract::{Complaint, DerivedAxis, TheoryCurve};
use crate::operators::sensing::Matrix;
use crate::signals::noise::{GaussianNoise, Noise};
use crate::theory::l1_transition;
use serde_json::{Value, json};

/// `rho` follows `delta`, because it is a share of the rows.
pub(super) const AXES: &[DerivedAxis] = &[
    DerivedAxis {
        name: "delta",
        label: "measurements per unknown, $m / n$",
        sets: "rows",
        symbol: "$m$",
        from: 0.1,
        to: 0.9,
    },
    DerivedAxis {
        name: "oversampling",
        label: "measurements per spike, $m / k$",
        sets: "rows",
        symbol: "$m$",
        from: 1.0,
        to: 10.0,
    },
    DerivedAxis {
        name: "rho",
        label: "spikes per measurement, $k / m$",
        sets: "signal.sparsity",
        symbol: "$k$",
        from: 0.05,
        to: 0.95,
    },
    DerivedAxis {
        name: "snr_db",
        label: "signal to noise, dB",
        sets: "noise.snr_db",
        symbol: "any",
        from: 0.0,
        to: 60.0,
    },
];

/// Undersampling against sparsity, for every method: random spikes and no noise, where success is exactness.
pub(super) const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"problem": {"noise": {"id": "none"}, "signal": {"id": "sparse"}, "data": null}},
    "x": {"param": "problem.delta", "from": 0.1, "to": 0.9, "steps": 17},
    "y": {"param": "problem.rho", "from": 0.05, "to": 0.95, "steps": 19},
    "trials": 20
}"#;

/// Sets the parameter behind a derived axis and returns the value that whole numbers allow.
///
/// # Errors
/// When there is no such axis, or the parameter behind it has no effect because data stand in its place.
pub(super) fn apply(linear: &Linear, params: &mut Value, name: &str, value: f64) -> Result<f64, Complaint> {
    match name {
        "delta" => {
            let rows = set_rows(linear, params, value * linear.cols as f64)?;
            Ok(rows / linear.cols as f64)
        }
        "oversampling" => {
            let spikes = spikes(linear, name)?.sparsity.max(1) as f64;
            Ok(set_rows(linear, params, value * spikes)? / spikes)
        }
        "rho" => {
            let rows = linear.rows as f64;
            let sparsity = (value * rows).round().max(0.0);
            let signal = Signal::Sparse(Sparse { sparsity: sparsity as usize, ..spikes(linear, name)?.clone() });
            params["signal"] = json!(signal);
            Ok(sparsity / rows)
        }
        "snr_db" => {
            params["noise"] = json!(Noise::Gaussian(GaussianNoise { snr_db: value }));
            Ok(value)
        }
        _ => Err(Complaint::new(name, "is not an axis of linear")),
    }
}

fn set_rows(linear: &Linear, params: &mut Value, wanted: f64) -> Result<f64, Complaint> {
    if linear.data.matrix.is_some() || linear.matrix.is_given() {
        return Err(Complaint::new("matrix", "is given, so that its number of rows cannot be an axis"));
    }
    let rows = wanted.round().max(1.0);
    params["rows"] = json!(rows as usize);
    Ok(rows)
}

fn spikes<'a>(linear: &'a Linear, axis: &str) -> Result<&'a Sparse, Complaint> {
    match &linear.signal {
        Signal::Sparse(sparse) => Ok(sparse),
        _ => Err(Complaint::new("signal", format!("takes spikes in random places where {axis} is an axis"))),
    }
}

/// Points of a curve, evenly over delta.
const POINTS: usize = 199;

/// The weak transitions of l1 minimisation for drawn Gaussian matrices, and the line `k = m`.
pub(super) fn theory(linear: &Linear, x: &str, y: &str) -> Vec<TheoryCurve> {
    // Columns of a frame are not independent.
    let drawn = linear.basis.redundancy() == 1
        && linear.data.matrix.is_none()
        && linear.data.measurements.is_none()
        && linear.data.truth.is_none();
    if !drawn || !matches!(linear.matrix, Matrix::Gaussian(_)) || !matches!(linear.signal, Signal::Sparse(_)) {
        return Vec::new();
    }
    let (Some(across), Some(up)) = (across(x), up(y)) else {
        // The same diagram lying on its side.
        let mut curves = if across(y).is_some() && up(x).is_some() { theory(linear, y, x) } else { Vec::new() };
        curves.iter_mut().flat_map(|curve| &mut curve.points).for_each(|point| *point = (point.1, point.0));
        return curves;
    };
    let n = linear.cols as f64;
    let along = |rho: fn(f64) -> f64| {
        let deltas = (1..=POINTS).map(|i| i as f64 / (POINTS + 1) as f64);
        deltas.map(|delta| (across(delta, n), up(delta, rho(delta), n))).collect()
    };
    let curve = |id, title, holds_for, rho| TheoryCurve { id, title, holds_for, points: along(rho) };
    let line = curve("as-many-spikes", "k = m", "no method goes beyond it: any k = m columns explain y", |_| 1.0);
    if linear.noise != Noise::None {
        return vec![line];
    }
    let signed = curve(
        "l1-signed",
        "l1",
        "the limit for l1 minimisation without noise, as n grows (Donoho and Tanner)",
        l1_transition::signed,
    );
    let nonnegative = curve(
        "l1-nonnegative",
        "l1, x >= 0",
        "the limit for l1 minimisation over nonnegative x, without noise, as n grows (Donoho and Tanner)",
        l1_transition::nonnegative,
    );
    vec![signed, nonnegative, line]
}

/// From delta and n to what the horizontal axis shows.
fn across(axis: &str) -> Option<fn(f64, f64) -> f64> {
    match axis {
        "delta" => Some(|delta, _| delta),
        "rows" => Some(|delta, n| delta * n),
        _ => None,
    }
}

/// From delta, rho and n to what the vertical axis shows.
fn up(axis: &str) -> Option<fn(f64, f64, f64) -> f64> {
    match axis {
        "rho" => Some(|_, rho, _| rho),
        "signal.sparsity" => Some(|delta, rho, n| rho * delta * n),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::registry;

    fn applied(mut params: Value, axes: &[(&str, f64)]) -> (Value, Vec<f64>) {
        let problem = registry().problem("linear").unwrap();
        let attained = axes.iter().map(|(name, value)| problem.apply_axis(&mut params, name, *value).unwrap());
        let attained = attained.collect();
        (params, attained)
    }

    #[test]
    fn axes_set_what_is_behind_them() {
        let (params, attained) = applied(json!({"id": "linear", "cols": 200}), &[("delta", 0.251), ("rho", 0.33)]);
        assert_eq!((&params["rows"], &params["signal"]["sparsity"]), (&json!(50), &json!(17)));
        assert_eq!(attained, [0.25, 0.34]);
        let spikes = json!({"id": "linear", "signal": {"id": "sparse", "sparsity": 7, "amplitude": "signs"}});
        let (params, attained) = applied(spikes, &[("oversampling", 3.1), ("snr_db", 12.5)]);
        assert_eq!((&params["rows"], attained), (&json!(22), vec![22.0 / 7.0, 12.5]));
        assert_eq!(params["noise"], json!({"id": "gaussian", "snr_db": 12.5}));
        assert_eq!(params["signal"]["amplitude"], "signs");
        assert_eq!(params["id"], "linear");
    }

    #[test]
    fn what_has_no_effect_is_refused() {
        let problem = registry().problem("linear").unwrap();
        let mut given = json!({"data": {"matrix": [[1.0, 2.0]]}});
        let complaint = problem.apply_axis(&mut given, "delta", 0.5).unwrap_err();
        assert_eq!(complaint.to_string(), "matrix: is given, so that its number of rows cannot be an axis");
        let mut drawn = json!({"signal": {"id": "drawn", "spikes": []}});
        let complaint = problem.apply_axis(&mut drawn, "rho", 0.5).unwrap_err();
        assert_eq!(complaint.to_string(), "signal: takes spikes in random places where rho is an axis");
    }

    #[test]
    fn curves_follow_the_axes() {
        let problem = registry().problem("linear").unwrap();
        let curves = |params: Value, x, y| problem.theory(&params, x, y);
        let by_share = curves(json!({"cols": 300}), "delta", "rho");
        assert_eq!(
            by_share.iter().map(|c| c.id).collect::<Vec<_>>(),
            ["l1-signed", "l1-nonnegative", "as-many-spikes"]
        );
        let (delta, rho) = by_share[0].points[99];
        assert_eq!((delta, rho), (0.5, l1_transition::signed(0.5)));
        let by_count = curves(json!({"cols": 300}), "rows", "signal.sparsity");
        assert_eq!(by_count[0].points[99], (150.0, rho * 0.5 * 300.0));
        assert_eq!(curves(json!({}), "rho", "delta")[0].points[99], (rho, delta));
        assert_eq!(curves(json!({"noise": {"id": "gaussian"}}), "delta", "rho").len(), 1);
        assert!(curves(json!({"matrix": {"id": "correlated"}}), "delta", "rho").is_empty());
        assert!(curves(json!({"basis": "gabor"}), "delta", "rho").is_empty());
        assert!(curves(json!({}), "delta", "noise.snr_db").is_empty());
    }
}
