//! A point in the plane.

#[hpy::module]
mod point {
    /// A point in the plane. It never changes, so it can be a key of a dict.
    #[class(frozen, get_all, eq, repr, from_py_object, new = "from_fields")]
    #[derive(Clone, Copy, PartialEq)]
    struct Point {
        x: f64,
        y: f64,
    }

    #[methods]
    impl Point {
        #[classattr]
        const DIMENSIONS: u32 = 2;

        /// The point at a distance from the origin, in a direction.
        #[staticmethod]
        fn polar(distance: f64, angle: f64) -> Self {
            Point { x: distance * angle.cos(), y: distance * angle.sin() }
        }

        /// How far it is to another point.
        fn distance(&self, other: &Point) -> f64 {
            (self.x - other.x).hypot(self.y - other.y)
        }

        fn __hash__(&self) -> u64 {
            // -0.0 equals 0.0.
            (self.x + 0.0).to_bits().rotate_left(32) ^ (self.y + 0.0).to_bits()
        }

        fn __abs__(&self) -> f64 {
            self.x.hypot(self.y)
        }

        fn __neg__(&self) -> Point {
            Point { x: -self.x, y: -self.y }
        }

        fn __add__(&self, other: Point) -> Point {
            Point { x: self.x + other.x, y: self.y + other.y }
        }

        fn __sub__(&self, other: Point) -> Point {
            Point { x: self.x - other.x, y: self.y - other.y }
        }

        fn __mul__(&self, factor: f64) -> Point {
            Point { x: self.x * factor, y: self.y * factor }
        }

        fn __rmul__(&self, factor: f64) -> Point {
            self.__mul__(factor)
        }

        fn __iter__(&self) -> Coordinates {
            Coordinates { left: vec![self.y, self.x] }
        }
    }

    /// Iterates over the coordinates of a point, so that `x, y = point` works.
    #[class]
    struct Coordinates {
        left: Vec<f64>,
    }

    #[methods]
    impl Coordinates {
        fn __iter__<'ctx>(slf: &hpy::Handle<'ctx, Self>) -> hpy::Handle<'ctx, Self> {
            slf.clone()
        }

        fn __next__(&mut self) -> Option<f64> {
            self.left.pop()
        }
    }
}
