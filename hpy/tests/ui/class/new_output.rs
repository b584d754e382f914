//! A constructor gives the value, or an object.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        #[new]
        fn new(x: f64) -> f64 { //~ `#[new]` can't return `f64`
            x
        }
    }
}

fn main() {}
