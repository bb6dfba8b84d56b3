//! Handwritten digits of 8 x 8 pixels. README.md beside the file says whose they are and how it was made.

/// Pixels on a side.
pub const SIDE: usize = 8;

/// Pixels of a digit.
pub const PIXELS: usize = SIDE * SIDE;

/// How many there are.
pub const COUNT: usize = 1797;

/// The darkest grey level.
pub const INK: u8 = 16;

/// A digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digit {
    /// What it says, 0 to 9.
    pub label: u8,
    /// Grey levels from 0, paper, to [`INK`], row by row.
    pub pixels: &'static [u8],
}

/// All digits, in the order of the file: as they were written, each hand after the other.
pub fn digits() -> impl ExactSizeIterator<Item = Digit> {
    let bytes: &'static [u8] = include_bytes!("digits.u8");
    bytes.chunks_exact(1 + PIXELS).map(|digit| Digit { label: digit[0], pixels: &digit[1..] })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts that the repository's own description has, and a sum that the script's source has.
    #[test]
    fn the_digits_are_those_of_the_repository() {
        let mut counts = [0; 10];
        digits().for_each(|digit| counts[usize::from(digit.label)] += 1);
        assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        assert_eq!(digits().len(), COUNT);
        assert!(digits().all(|digit| digit.pixels.len() == PIXELS && digit.pixels.iter().all(|&grey| grey <= INK)));
        assert_eq!(digits().flat_map(|digit| digit.pixels).map(|&grey| u64::from(grey)).sum::<u64>(), 561_718);
    }

    #[test]
    fn a_zero_is_a_ring() {
        let zero = digits().next().unwrap();
        let at = |row: usize, col: usize| zero.pixels[row * SIDE + col];
        assert_eq!(zero.label, 0);
        assert!(
            (2..6).all(|row| at(row, 2) > 0 && at(row, 5) > 7 && at(row, 3) <= 2),
            "ink left and right, paper between"
        );
    }
}
