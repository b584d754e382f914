//! Bodies that attract each other.

#[hpy::module]
mod nbody {
    use hpy::Result;
    use hpy::exceptions::{IndexError, ValueError};

    /// Where a body is, how fast it is, and what it weighs.
    struct Body {
        position: [f64; 3],
        velocity: [f64; 3],
        mass: f64,
    }

    /// Bodies in space. The constant of gravitation is 1.
    #[class]
    struct System {
        bodies: Vec<Body>,
    }

    #[methods]
    impl System {
        /// Of a list of (position, velocity, mass).
        #[new]
        fn new(bodies: Vec<([f64; 3], [f64; 3], f64)>) -> Result<Self> {
            if bodies.iter().any(|(_, _, mass)| !mass.is_finite() || *mass <= 0.0) {
                return Err(ValueError::new_err("a mass is a positive number"));
            }
            let body = |(position, velocity, mass)| Body { position, velocity, mass };
            Ok(System { bodies: bodies.into_iter().map(body).collect() })
        }

        fn __len__(&self) -> usize {
            self.bodies.len()
        }

        /// (position, velocity, mass) of one of them.
        fn __getitem__(&self, index: isize) -> Result<([f64; 3], [f64; 3], f64)> {
            let place = if index < 0 { index + self.bodies.len() as isize } else { index };
            let body = usize::try_from(place).ok().and_then(|place| self.bodies.get(place));
            let body = body.ok_or_else(|| IndexError::new_err("no such body"))?;
            Ok((body.position, body.velocity, body.mass))
        }

        /// The kinetic and potential energy, which stays nearly the same.
        fn energy(&self) -> f64 {
            let mut energy = 0.0;
            for (i, body) in self.bodies.iter().enumerate() {
                let [x, y, z] = body.velocity;
                energy += 0.5 * body.mass * (x * x + y * y + z * z);
                for other in &self.bodies[i + 1..] {
                    let [x, y, z] = difference(body, other);
                    energy -= body.mass * other.mass / (x * x + y * y + z * z).sqrt();
                }
            }
            energy
        }

        /// Lets time pass. Other threads of Python run meanwhile.
        #[hpy(signature = (steps = 1, *, dt = 0.01), detach)]
        fn advance(&mut self, steps: usize, dt: f64) {
            for _ in 0..steps {
                self.step(dt);
            }
        }
    }

    fn difference(a: &Body, b: &Body) -> [f64; 3] {
        core::array::from_fn(|axis| a.position[axis] - b.position[axis])
    }

    impl System {
        fn step(&mut self, dt: f64) {
            for i in 0..self.bodies.len() {
                let (before, rest) = self.bodies.split_at_mut(i + 1);
                let body = &mut before[i];
                for other in rest {
                    let way = difference(body, other);
                    let square = way[0] * way[0] + way[1] * way[1] + way[2] * way[2];
                    let pull = dt / (square * square.sqrt());
                    for (axis, way) in way.into_iter().enumerate() {
                        body.velocity[axis] -= way * other.mass * pull;
                        other.velocity[axis] += way * body.mass * pull;
                    }
                }
            }
            for body in &mut self.bodies {
                for axis in 0..3 {
                    body.position[axis] += dt * body.velocity[axis];
                }
            }
        }
    }
}
