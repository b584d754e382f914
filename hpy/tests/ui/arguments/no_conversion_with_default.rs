//! The type of an argument must convert from Python, also where it has a default.

struct Point;

#[hpy::function(signature = (point = Point))]
fn f(point: Point) -> bool { //~ `Point` can't be made from a Python object
    let Point = point;
    true
}

fn main() {}
