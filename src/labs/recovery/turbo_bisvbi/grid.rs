//! Cells of the ground, whose points move.

use crate::labs::recovery::isac::{Place, World};
use num_complex::Complex64;

/// Points of a grid, and phases of the paths by way of them.
#[derive(Clone)]
pub(in crate::labs::recovery) struct Grid {
    pub world: World,
    /// Middles of cells.
    pub centres: Vec<Place>,
    /// Sides of cells, metres.
    pub sizes: Vec<f64>,
    /// Where points are now.
    pub places: Vec<Place>,
    pub users: Vec<Place>,
    /// Clocks of users, metres.
    pub offsets: Vec<f64>,
    /// Steering of each cell.
    pub steering: Vec<Vec<Complex64>>,
    /// Delays by user and cell.
    pub delays: Vec<Vec<Vec<Complex64>>>,
}

impl Grid {
    pub(in crate::labs::recovery) fn new(
        world: &World,
        centres: Vec<Place>,
        sizes: Vec<f64>,
        users: Vec<Place>,
    ) -> Self {
        let offsets = vec![0.0; users.len()];
        let mut grid = Self {
            world: world.clone(),
            places: centres.clone(),
            centres,
            sizes,
            users,
            offsets,
            steering: Vec::new(),
            delays: Vec::new(),
        };
        grid.steering = grid.places.iter().map(|&place| world.steering(world.sine(place))).collect();
        grid.delays =
            (0..grid.users.len()).map(|k| (0..grid.places.len()).map(|q| grid.delay(k, q)).collect()).collect();
        grid
    }

    /// A square grid of so many cells a side.
    pub(in crate::labs::recovery) fn square(world: &World, cells: usize, users: Vec<Place>) -> Self {
        let size = world.side / cells as f64;
        let centre = |q: usize| [(q % cells) as f64 * size + size / 2.0, (q / cells) as f64 * size + size / 2.0];
        Self::new(world, (0..cells * cells).map(centre).collect(), vec![size; cells * cells], users)
    }

    pub(in crate::labs::recovery) fn cells(&self) -> usize {
        self.places.len()
    }

    fn delay(&self, k: usize, q: usize) -> Vec<Complex64> {
        self.world.delay(self.world.path(self.places[q], self.users[k]) + self.offsets[k])
    }

    /// Moves the point of a cell, no farther from its middle than 0.6 of its side.
    pub(in crate::labs::recovery) fn place(&mut self, q: usize, place: Place) {
        let reach = 0.6 * self.sizes[q];
        self.places[q] = [0, 1].map(|i| place[i].clamp(self.centres[q][i] - reach, self.centres[q][i] + reach));
        self.steering[q] = self.world.steering(self.world.sine(self.places[q]));
        for k in 0..self.users.len() {
            self.delays[k][q] = self.delay(k, q);
        }
    }

    /// Moves a user and sets its clock.
    pub(in crate::labs::recovery) fn user(&mut self, k: usize, place: Place, offset: f64) {
        self.users[k] = place;
        self.offsets[k] = offset;
        self.delays[k] = (0..self.cells()).map(|q| self.delay(k, q)).collect();
    }

    /// The same with some cells only.
    pub(in crate::labs::recovery) fn only(&self, cells: &[usize]) -> Self {
        let pick = |from: &[Place]| cells.iter().map(|&q| from[q]).collect::<Vec<_>>();
        let sizes = cells.iter().map(|&q| self.sizes[q]).collect();
        Self::new(&self.world, pick(&self.centres), sizes, self.users.clone())
    }

    /// Splits some cells into four, with the point of each in the part that it has come to. Returns which cell each part was of, and where
    /// the point of each cell is now.
    pub(in crate::labs::recovery) fn split(&self, cells: &[usize]) -> (Self, Vec<usize>, Vec<usize>) {
        let (mut centres, mut sizes, mut parents, mut points) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for q in 0..self.cells() {
            let (centre, size) = (self.centres[q], self.sizes[q]);
            if cells.binary_search(&q).is_err() {
                points.push(centres.len());
                centres.push(centre);
                sizes.push(size);
                parents.push(q);
                continue;
            }
            let side = |i: usize| usize::from(self.places[q][i] > centre[i]);
            points.push(centres.len() + 2 * side(1) + side(0));
            for part in 0..4 {
                let step = |far: usize| (far as f64 - 0.5) * size / 2.0;
                centres.push([centre[0] + step(part % 2), centre[1] + step(part / 2)]);
                sizes.push(size / 2.0);
                parents.push(q);
            }
        }
        let mut grid = Self::new(&self.world, centres, sizes, self.users.clone());
        for (k, &offset) in self.offsets.iter().enumerate() {
            grid.user(k, self.users[k], offset);
        }
        for (q, &point) in points.iter().enumerate() {
            grid.place(point, self.places[q]);
        }
        (grid, parents, points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_are_split_cover_the_same_ground_and_keep_their_points() {
        let world = World::new(16.0, 4, 8, 0.1);
        let mut grid = Grid::square(&world, 4, vec![[3.0, 4.0]]);
        grid.place(5, [6.9, 5.2]);
        grid.user(0, [3.5, 4.0], 1.5);
        let (split, parents, points) = grid.split(&[5, 9]);
        assert_eq!((split.cells(), split.offsets[0], split.users[0]), (22, 1.5, [3.5, 4.0]));
        let area: f64 = split.sizes.iter().map(|size| size * size).sum();
        assert!((area - 256.0).abs() < 1e-12);
        for (q, &point) in points.iter().enumerate() {
            assert_eq!(parents[point], q);
            assert_eq!((split.places[point], &split.delays[0][point]), (grid.places[q], &grid.delays[0][q]));
        }
        assert_eq!(split.sizes[points[5]], 2.0);
    }
}
