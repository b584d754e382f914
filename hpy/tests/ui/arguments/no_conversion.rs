//! The type of an argument must convert from Python.

struct Point;

#[hpy::function]
fn f(point: Point) -> bool { //~ `Point` can't be made from a Python object
    let Point = point;
    true
}

fn main() {}
