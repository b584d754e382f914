//! An argument that is borrowed from an object needs a class.

struct Point;

#[hpy::function]
fn f(point: &Point) -> bool { //~ `Point` is not a class for Python
    let Point = point;
    true
}

fn main() {}
