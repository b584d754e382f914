//! A result's type must be one that can become a Python object.

#[hpy::module]
mod m {
    struct Point;

    #[function]
    fn f() -> Point { //~ `Point`
        Point
    }
}

fn main() {}
