//! The type of a result must convert to Python.

struct Point;

#[hpy::function]
fn f() -> Point { //~ a function for Python can't return `Point`
    Point
}

fn main() {}
