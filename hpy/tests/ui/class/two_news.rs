//! A class has one constructor.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        #[new]
        fn new(x: f64) -> Self {
            Point { x }
        }

        #[new]
        fn zero() -> Self { //~ `Point` already has a `#[new]`
            Point { x: 0.0 }
        }
    }
}

fn main() {}
