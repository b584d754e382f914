//! An argument's type must be one that a Python object can become.

#[hpy::module]
mod m {
    struct Point;

    #[function]
    fn f(p: Point) { //~ `Point`
        let _ = p;
    }
}

fn main() {}
