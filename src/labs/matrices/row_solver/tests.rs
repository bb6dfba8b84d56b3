use super::*;
use crate::signals::random::Stream;

/// A tall matrix of condition about 1000, and what is wanted of it.
fn hard(rows: usize, cols: usize) -> (Vec<Vec<f64>>, Vec<f64>) {
    let mut random = Random::new(6, Stream::Probe);
    let scale = |j: usize| libm::pow(10.0, -3.0 * j as f64 / (cols - 1) as f64);
    let columns = (0..cols).map(|j| (0..rows).map(|_| scale(j) * random.normal()).collect()).collect();
    (columns, (0..rows).map(|_| random.normal()).collect())
}

fn solve(solver: &RowSolver, columns: &[Vec<f64>], wanted: &[f64]) -> Solved {
    solver.solve(columns, wanted, &mut Random::new(3, Stream::Method)).expect("enough rows")
}

#[test]
fn every_solver_comes_as_near_as_it_is_told() {
    let (columns, wanted) = hard(150, 6);
    let best = solve(&RowSolver::Exact(Exact {}), &columns, &wanted).x;
    for sketch in [Sketch::Count, Sketch::Hadamard] {
        for accuracy in [1e-3, 1e-6, 1e-10] {
            for solver in [
                RowSolver::Sketched(Sketched { accuracy, sketch, oversampling: 6 }),
                RowSolver::Gradient(SketchedGradient { accuracy, sketch, oversampling: 6 }),
            ] {
                let solved = solve(&solver, &columns, &wanted);
                // In the norm of A, in which the sketch makes the problem round.
                let off: Vec<f64> = solved.x.iter().zip(&best).map(|(x, best)| x - best).collect();
                let image = |x: &[f64]| {
                    let mut y = vec![0.0; wanted.len()];
                    columns.iter().zip(x).for_each(|(column, &x)| axpy(x, column, &mut y));
                    norm(&y)
                };
                assert!(image(&off) <= 4.0 * accuracy * image(&best), "{solver:?}: {}", image(&off));
                assert!(solved.iterations > 0);
            }
        }
    }
}

#[test]
fn a_sketch_makes_the_condition_harmless() {
    let (columns, wanted) = hard(400, 40);
    let iterations = |solver: RowSolver| solve(&solver, &columns, &wanted).iterations;
    let plain = iterations(RowSolver::Plain(Plain { accuracy: 1e-8 }));
    let sketched = iterations(RowSolver::Sketched(Sketched { accuracy: 1e-8, ..Sketched::default() }));
    assert!(2 * sketched <= plain, "{sketched} and {plain}");
}

#[test]
fn an_added_error_has_its_length() {
    let (columns, wanted) = hard(30, 4);
    let best = solve(&RowSolver::Exact(Exact {}), &columns, &wanted).x;
    let wrong = solve(&RowSolver::Perturbed(Perturbed { accuracy: 0.05 }), &columns, &wanted).x;
    assert!((crate::kernels::distance(&best, &wrong) / norm(&best) - 0.05).abs() < 1e-12);
}

#[test]
fn too_few_rows_are_left_alone() {
    let mut random = Random::new(1, Stream::Method);
    for solver in [RowSolver::default(), RowSolver::Exact(Exact {}), RowSolver::Plain(Plain::default())] {
        assert!(solver.solve(&[vec![1.0], vec![2.0]], &[1.0], &mut random).is_none());
    }
}
