//! A copy is a clone.

#[hpy::module]
mod m {
    #[class(copy)] //~ `Point: Clone` is not satisfied
    struct Point {
        x: f64,
    }
}

fn main() {}
