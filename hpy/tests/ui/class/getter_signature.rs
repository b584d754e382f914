//! Getters take nothing, setters one value.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        #[getter]
        fn x(&self, scale: f64) -> f64 { //~ a getter takes no arguments
            self.x * scale
        }

        #[setter]
        fn set_x(&mut self) { //~ a setter takes the new value
            self.x = 0.0;
        }

        #[getter]
        #[staticmethod] //~ `#[getter]` and `#[staticmethod]` can't be combined
        fn y(&self) -> f64 {
            0.0
        }
    }
}

fn main() {}
