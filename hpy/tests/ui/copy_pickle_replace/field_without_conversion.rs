//! A field that Python can't see can't be pickled.

#[hpy::module]
mod m {
    use std::sync::Mutex;

    #[class(new = "from_fields", pickle)]
    struct Point {
        x: f64,
        lock: Mutex<f64>, //~ can't be turned into a Python object
    }
}

fn main() {}
