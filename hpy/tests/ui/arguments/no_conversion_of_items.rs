//! The items of a container must convert from Python.

struct Point;

#[hpy::function]
fn f(points: Vec<Point>) -> usize { //~ `Point` can't be made from a Python object
    points.len()
}

fn main() {}
