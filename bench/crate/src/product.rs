//! Products of a dense matrix with a vector, `A^T y` and `A (A^T y)`.

use crate::recovery::{columns, draw};
use crate::{Input, Task};
use pursuit::contract::{Values, digest};
use pursuit::labs::recovery::linear::LinearInstance;
use pursuit::operators::{Dense, LinearOperator};
use serde_json::Value;

pub struct Products {
    adjoint: bool,
    times: usize,
    instance: LinearInstance<f64>,
    matrix: Dense<f64>,
    correlations: Vec<f64>,
    out: Vec<f64>,
}

impl Products {
    pub fn new(value: &Value) -> Result<Self, String> {
        let (_, instance) = draw(value)?;
        let matrix = instance.operator.as_dense().ok_or("takes a matrix that is stored")?.clone();
        let mut correlations = vec![0.0; matrix.cols()];
        matrix.adjoint(&instance.measurements, &mut correlations);
        let adjoint = value["product"] == "adjoint";
        let length = if adjoint { matrix.cols() } else { matrix.rows() };
        let times = value["times"].as_u64().unwrap_or(1) as usize;
        Ok(Self { adjoint, times, instance, matrix, correlations, out: vec![0.0; length] })
    }
}

impl Task for Products {
    fn refresh(&mut self) {}

    fn run(&mut self) {
        for _ in 0..self.times {
            if self.adjoint {
                self.matrix.adjoint(std::hint::black_box(&self.instance.measurements), &mut self.out);
            } else {
                self.matrix.apply(std::hint::black_box(&self.correlations), &mut self.out);
            }
        }
    }

    fn answer(&self) -> Vec<f64> {
        self.out.clone()
    }

    fn digest(&self) -> String {
        digest(&Values::lend(&self.out))
    }

    fn steps(&self) -> usize {
        self.times
    }

    fn input(&self) -> Input<'_> {
        Input {
            rows: self.instance.rows(),
            columns: columns(&self.instance),
            measurements: &self.instance.measurements,
        }
    }
}
