//! Finite fields of characteristic two.

/// Irreducible polynomials over the field of two, of degrees 1 to 14; bit k is the coefficient of `x^k`.
const IRREDUCIBLE: [usize; 14] =
    [0x3, 0x7, 0xb, 0x13, 0x25, 0x43, 0x83, 0x11b, 0x211, 0x409, 0x805, 0x1053, 0x201b, 0x4443];

/// The field of `2^bits` elements; an element's bits are the coefficients of a polynomial.
#[derive(Clone, Copy, Debug)]
pub(super) struct BinaryField {
    bits: usize,
    polynomial: usize,
}

impl BinaryField {
    /// The field of `2^bits` elements, for `bits` from 1 to 14.
    ///
    /// # Panics
    /// For other `bits`.
    pub(super) fn new(bits: usize) -> Self {
        Self { bits, polynomial: IRREDUCIBLE[bits - 1] }
    }

    pub(super) fn bits(&self) -> usize {
        self.bits
    }

    pub(super) fn size(&self) -> usize {
        1 << self.bits
    }

    pub(super) fn product(&self, a: usize, b: usize) -> usize {
        let (mut shifted, mut product) = (a, 0);
        for bit in 0..self.bits {
            if b >> bit & 1 == 1 {
                product ^= shifted;
            }
            shifted <<= 1;
            if shifted >> self.bits == 1 {
                shifted ^= self.polynomial;
            }
        }
        product
    }

    /// `a + a^2 + a^4 + ...`, 0 or 1.
    pub(super) fn trace(&self, a: usize) -> u32 {
        let (mut power, mut sum) = (a, 0);
        for _ in 0..self.bits {
            sum ^= power;
            power = self.product(power, power);
        }
        sum as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_have_no_factor() {
        for polynomial in IRREDUCIBLE {
            let degree = polynomial.ilog2();
            for factor in 2_usize..1 << (degree / 2 + 1) {
                let mut rest = polynomial;
                while rest.checked_ilog2() >= factor.checked_ilog2() {
                    rest ^= factor << (rest.ilog2() - factor.ilog2());
                }
                assert_ne!(rest, 0, "{polynomial:x} has the factor {factor:x}");
            }
        }
    }

    #[test]
    fn half_of_all_traces_are_one() {
        for bits in 1..=14 {
            let field = BinaryField::new(bits);
            let ones = (0..field.size()).filter(|&a| field.trace(a) == 1).count();
            assert_eq!(2 * ones, field.size());
            assert!((0..field.size()).all(|a| field.trace(a) <= 1));
        }
    }
}
