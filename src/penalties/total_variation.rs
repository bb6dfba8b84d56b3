//! Total variation in one dimension, `sum |x_{i+1} - x_i|` (Rudin, Osher and Fatemi 1992). Convex, and real.

/// `sum |x_{i+1} - x_i|`.
pub fn value(x: &[f64]) -> f64 {
    x.windows(2).fold(0.0, |sum, pair| sum + (pair[1] - pair[0]).abs())
}

/// The gauge of the dual ball, `max |c_1 + ... + c_i|` over `i < n`, for a `c` whose entries sum to zero; any other `c` is in
/// no multiple of it.
pub fn gauge(c: &[f64]) -> f64 {
    let mut sum = 0.0;
    let inner = c.iter().take(c.len().saturating_sub(1));
    inner.fold(0.0_f64, |largest, c| {
        sum += c;
        largest.max(f64::abs(sum))
    })
}

/// A piece of the taut string under way: where it starts, where it last touched the tube's floor and ceiling, the lowest and
/// highest level that it can still have, and how far it is from floor and ceiling at those levels.
struct Piece {
    start: usize,
    floor: usize,
    ceiling: usize,
    low: f64,
    high: f64,
    above: f64,
    below: f64,
}

impl Piece {
    /// From `start` on, with levels from `low` to `high`.
    fn new(start: usize, low: f64, high: f64, t: f64) -> Self {
        Self { start, floor: start, ceiling: start, low, high, above: t, below: -t }
    }

    /// Takes the entry `y` at `place`.
    fn take(&mut self, place: usize, y: f64, t: f64) {
        self.above += y - self.low;
        self.below += y - self.high;
        let length = (place + 1 - self.start) as f64;
        if self.above >= t {
            self.low += (self.above - t) / length;
            self.above = t;
            self.floor = place;
        }
        if self.below <= -t {
            self.high += (self.below + t) / length;
            self.below = -t;
            self.ceiling = place;
        }
    }
}

/// Proximal operator with weight `t >= 0`, in place, exactly: the taut string, O(n) for most signals.
///
/// Condat, "A direct algorithm for 1-D total variation denoising" (2013).
pub fn prox(v: &mut [f64], t: f64) {
    let n = v.len();
    if n < 2 || t == 0.0 {
        return;
    }
    let y = v.to_vec();
    let mut piece = Piece::new(0, y[0] - t, y[0] + t, t);
    let mut place = 0;
    loop {
        if place + 1 < n {
            let next = y[place + 1];
            if next + piece.above < piece.low - t {
                // The string leaves the tube below: the piece ends on the floor, and falls.
                v[piece.start..=piece.floor].fill(piece.low);
                place = piece.floor + 1;
                piece = Piece::new(place, y[place], y[place] + 2.0 * t, t);
            } else if next + piece.below > piece.high + t {
                v[piece.start..=piece.ceiling].fill(piece.high);
                place = piece.ceiling + 1;
                piece = Piece::new(place, y[place] - 2.0 * t, y[place], t);
            } else {
                place += 1;
                piece.take(place, next, t);
            }
        } else if piece.above < 0.0 {
            v[piece.start..=piece.floor].fill(piece.low);
            place = piece.floor + 1;
            piece = Piece { below: y[place] + t - piece.high, ..Piece::new(place, y[place], piece.high, t) };
        } else if piece.below > 0.0 {
            v[piece.start..=piece.ceiling].fill(piece.high);
            place = piece.ceiling + 1;
            piece = Piece { above: y[place] - t - piece.low, ..Piece::new(place, piece.low, y[place], t) };
        } else {
            let level = piece.low + piece.above / (place + 1 - piece.start) as f64;
            v[piece.start..].fill(level);
            return;
        }
    }
}
