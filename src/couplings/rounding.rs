//! From a plan that nearly couples two measures to one that does.

use super::{Entropic, Plan, off};

/// The nearest coupling in the sense of Altschuler, Weed and Rigollet, "Near-linear time approximation algorithms for
/// optimal transport via Sinkhorn iteration" (2017), Algorithm 2: rows and then columns that are too heavy are scaled down,
/// and what is missing is added as a product. It is at most twice the marginal error away, in l1. O(n m).
pub fn rounded(transport: &Entropic, plan: &Plan) -> Vec<f64> {
    let cols = transport.cols();
    let shrink = |wanted: &[f64], reached: &[f64]| -> Vec<f64> {
        wanted
            .iter()
            .zip(reached)
            .map(|(wanted, reached)| if reached > wanted { wanted / reached } else { 1.0 })
            .collect()
    };
    let by_row = shrink(&transport.source, &plan.rows);
    let mut entries = plan.entries.clone();
    let mut sums = vec![0.0; cols];
    for (row, scale) in entries.chunks_exact_mut(cols).zip(&by_row) {
        for (entry, sum) in row.iter_mut().zip(&mut sums) {
            *entry *= scale;
            *sum += *entry;
        }
    }
    let by_col = shrink(&transport.target, &sums);
    let mut reached = Vec::with_capacity(by_row.len());
    let mut sums = vec![0.0; cols];
    for row in entries.chunks_exact_mut(cols) {
        for ((entry, scale), sum) in row.iter_mut().zip(&by_col).zip(&mut sums) {
            *entry *= scale;
            *sum += *entry;
        }
        reached.push(row.iter().sum::<f64>());
    }
    let lacking = |wanted: &[f64], reached: &[f64]| -> Vec<f64> {
        wanted.iter().zip(reached).map(|(wanted, reached)| (wanted - reached).max(0.0)).collect()
    };
    let (from, to) = (lacking(&transport.source, &reached), lacking(&transport.target, &sums));
    let missing: f64 = off(&from, &vec![0.0; from.len()]);
    if missing > 0.0 {
        for (row, from) in entries.chunks_exact_mut(cols).zip(&from) {
            for (entry, to) in row.iter_mut().zip(&to) {
                *entry += from * to / missing;
            }
        }
    }
    entries
}

/// `(<C, P>, <C, P> + (1/eta) sum P log P)` of a plan: what moving costs, and the objective.
pub fn primal(transport: &Entropic, entries: &[f64]) -> (f64, f64) {
    let (mut cost, mut entropy) = (0.0, 0.0);
    for (p, c) in entries.iter().zip(&transport.cost) {
        cost += p * c;
        if *p > 0.0 {
            entropy += p * libm::log(*p);
        }
    }
    (cost, cost + entropy / transport.sharpness)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_plan_couples_the_measures() {
        let transport =
            Entropic { cost: vec![0.0, 1.0, 1.0, 0.0], source: vec![0.3, 0.7], target: vec![0.6, 0.4], sharpness: 3.0 };
        let plan = transport.plan(&[0.1, -0.2, 0.05, 0.2]);
        let entries = rounded(&transport, &plan);
        assert!((entries[0] + entries[1] - 0.3).abs() < 1e-15 && (entries[2] + entries[3] - 0.7).abs() < 1e-15);
        assert!((entries[0] + entries[2] - 0.6).abs() < 1e-15 && (entries[1] + entries[3] - 0.4).abs() < 1e-15);
        let moved = entries.iter().zip(&plan.entries).fold(0.0, |sum, (r, p)| sum + (r - p).abs());
        assert!(moved <= 2.0 * transport.marginal_error(&plan));
    }
}
