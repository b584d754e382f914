//! A class as an argument is borrowed, or cloned if it says so.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[class(from_py_object)]
    #[derive(Clone)]
    struct Cloned {
        x: f64,
    }

    #[function]
    fn x(point: Point) -> f64 { //~ `Point` can't be made from a Python object
        point.x
    }

    #[function]
    fn cloned(point: Cloned) -> f64 {
        point.x
    }
}

fn main() {}
