//! A value in a Python object can only be borrowed.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        fn into_x(self) -> f64 { //~ a value in a Python object can only be borrowed
            self.x
        }
    }
}

fn main() {}
