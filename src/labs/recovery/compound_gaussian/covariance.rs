//! The covariance of u: symmetric, positive definite and tridiagonal.

/// `P_u`, n x n.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariance {
    /// Its diagonal, n entries.
    pub diagonal: Vec<f64>,
    /// What stands beside it, on either side: n - 1 entries, or none where all are zero.
    pub beside: Vec<f64>,
}

impl Covariance {
    /// `variance` times the identity.
    pub fn constant(n: usize, variance: f64) -> Self {
        Self { diagonal: vec![variance; n], beside: Vec::new() }
    }

    /// `P x`, O(n).
    pub fn apply(&self, x: &[f64]) -> Vec<f64> {
        let mut image: Vec<f64> = self.diagonal.iter().zip(x).map(|(p, x)| p * x).collect();
        for (i, &p) in self.beside.iter().enumerate() {
            image[i] += p * x[i + 1];
            image[i + 1] += p * x[i];
        }
        image
    }

    /// `x^T P^{-1} x`, by the pivots of `P = L D L^T`; O(n).
    pub fn inverse_quadratic(&self, x: &[f64]) -> f64 {
        let (mut sum, mut pivot, mut before) = (0.0, 1.0, 0.0);
        for (i, (&p, &x)) in self.diagonal.iter().zip(x).enumerate() {
            let beside = if i > 0 { self.beside.get(i - 1).copied().unwrap_or(0.0) } else { 0.0 };
            // Forward substitution: what is left of x when its predecessor has been taken out.
            let left = x - beside / pivot * before;
            pivot = p - beside / pivot * beside;
            sum += left * left / pivot;
            before = left;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quadratic_form_is_that_of_the_inverse() {
        let p = Covariance { diagonal: vec![2.0, 1.0, 3.0], beside: vec![0.5, -0.8] };
        let x = [1.0, -2.0, 0.7];
        // x^T P^{-1} (P x) needs no inverse: for y = P x it is y^T P^{-1} y = x^T P x.
        let image = p.apply(&x);
        assert_eq!(image, [1.0, 0.5 - 2.0 - 0.8 * 0.7, 1.6 + 3.0 * 0.7]);
        let wanted: f64 = x.iter().zip(&image).map(|(x, y)| x * y).sum();
        assert!((p.inverse_quadratic(&image) - wanted).abs() < 1e-14);
        let constant = Covariance::constant(3, 4.0);
        assert!((constant.inverse_quadratic(&x) - (1.0 + 4.0 + 0.49) / 4.0).abs() < 1e-15);
    }
}
