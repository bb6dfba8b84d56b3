//! Where things stand, and what the station receives by way of a place.

use num_complex::Complex64;
use std::f64::consts::PI;

/// Metres that light goes in a nanosecond.
pub const LIGHT: f64 = 0.299_792_458;

/// A place in the plane, metres.
pub type Place = [f64; 2];

/// A square of ground, and a base station below the middle of its lower side with antennas in a line, half a wavelength apart.
#[derive(Clone, Debug)]
pub struct World {
    /// Side of the square, metres.
    pub side: f64,
    /// Antennas, M.
    pub antennas: usize,
    /// Subcarriers, N.
    pub subcarriers: usize,
    /// Phase a subcarrier and a metre.
    pub(super) per_metre: f64,
    /// Where the station is.
    pub station: Place,
}

/// Phases of a path at each subcarrier and each antenna, both counted from the middle: what the station receives is their outer product.
#[derive(Clone, Debug)]
pub struct Atom {
    /// `e^{-j 2 pi f_n tau}`, N entries.
    pub delay: Vec<Complex64>,
    /// `e^{j pi m sin theta}`, M entries.
    pub steering: Vec<Complex64>,
}

impl World {
    /// `bandwidth` in gigahertz.
    pub fn new(side: f64, antennas: usize, subcarriers: usize, bandwidth: f64) -> Self {
        let per_metre = 2.0 * PI * bandwidth / subcarriers as f64 / LIGHT;
        Self { side, antennas, subcarriers, per_metre, station: [side / 2.0, -side / 8.0] }
    }

    /// Metres after which delays look the same.
    pub fn wraps_after(&self) -> f64 {
        2.0 * PI / self.per_metre
    }

    /// Metres from a user by way of a place to the station.
    pub fn path(&self, place: Place, user: Place) -> f64 {
        apart(place, self.station) + apart(place, user)
    }

    /// `sin theta` of a place as the station sees it.
    pub fn sine(&self, place: Place) -> f64 {
        let far = apart(place, self.station);
        if far > 0.0 { (place[0] - self.station[0]) / far } else { 0.0 }
    }

    /// `e^{-j 2 pi f_n tau}` for a path of so many metres.
    pub fn delay(&self, metres: f64) -> Vec<Complex64> {
        (0..self.subcarriers).map(|n| turn(-self.per_metre * centred(n, self.subcarriers) * metres)).collect()
    }

    /// `e^{j pi m sin theta}`.
    pub fn steering(&self, sine: f64) -> Vec<Complex64> {
        (0..self.antennas).map(|m| turn(PI * centred(m, self.antennas) * sine)).collect()
    }

    /// The path from a user, whose clock is off by `offset` metres, by way of a place.
    pub fn atom(&self, place: Place, user: Place, offset: f64) -> Atom {
        Atom { delay: self.delay(self.path(place, user) + offset), steering: self.steering(self.sine(place)) }
    }

    /// How the phase at a subcarrier's distance of 1 from the middle changes with the place, then with the user.
    pub fn delay_slopes(&self, place: Place, user: Place) -> [[f64; 2]; 2] {
        let (back, out) = (unit(place, self.station), unit(place, user));
        let scale = -self.per_metre;
        [[scale * (back[0] + out[0]), scale * (back[1] + out[1])], [-scale * out[0], -scale * out[1]]]
    }

    /// How the phase at an antenna's distance of 1 from the middle changes with the place.
    pub fn angle_slope(&self, place: Place) -> [f64; 2] {
        let far = apart(place, self.station);
        if far == 0.0 {
            return [0.0; 2];
        }
        let (x, y) = (place[0] - self.station[0], place[1] - self.station[1]);
        let scale = PI / (far * far * far);
        [scale * y * y, -scale * x * y]
    }

    /// Phase a metre of delay at a subcarrier's distance of 1 from the middle.
    pub fn offset_slope(&self) -> f64 {
        -self.per_metre
    }
}

/// Distance.
pub fn apart(a: Place, b: Place) -> f64 {
    libm::hypot(a[0] - b[0], a[1] - b[1])
}

/// From b towards a, at unit length.
fn unit(a: Place, b: Place) -> [f64; 2] {
    let far = apart(a, b);
    if far > 0.0 { [(a[0] - b[0]) / far, (a[1] - b[1]) / far] } else { [0.0; 2] }
}

/// Index i of `count`, from the middle.
pub fn centred(i: usize, count: usize) -> f64 {
    i as f64 - (count as f64 - 1.0) / 2.0
}

fn turn(angle: f64) -> Complex64 {
    let (sin, cos) = libm::sincos(angle);
    Complex64::new(cos, sin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_the_phases() {
        let world = World::new(64.0, 8, 16, 0.1);
        let (place, user, step) = ([20.0, 31.0], [50.0, 12.0], 1e-5);
        let moved = |at: Place, i: usize, by: f64| {
            let mut at = at;
            at[i] += by;
            at
        };
        let [of_place, of_user] = world.delay_slopes(place, user);
        let angle = world.angle_slope(place);
        for i in 0..2 {
            let change = |f: &dyn Fn(f64) -> f64| (f(step) - f(-step)) / (2.0 * step);
            let path = |by: f64| -world.per_metre * world.path(moved(place, i, by), user);
            assert!((change(&path) - of_place[i]).abs() < 1e-8);
            let path = |by: f64| -world.per_metre * world.path(place, moved(user, i, by));
            assert!((change(&path) - of_user[i]).abs() < 1e-8);
            let sine = |by: f64| PI * world.sine(moved(place, i, by));
            assert!((change(&sine) - angle[i]).abs() < 1e-8);
        }
        assert_eq!(world.offset_slope(), -world.per_metre);
    }

    #[test]
    fn delays_look_the_same_after_a_turn() {
        let world = World::new(64.0, 4, 8, 0.1);
        assert!((world.wraps_after() - 8.0 / 0.1 * LIGHT).abs() < 1e-9);
        // Counted from the middle, so up to one factor.
        let (here, there) = (world.delay(10.0), world.delay(10.0 + world.wraps_after()));
        let factor = there[0] / here[0];
        assert!(here.iter().zip(&there).all(|(a, b)| (a * factor - b).norm() < 1e-10));
    }
}
