//! The type inside a `Result` must convert to Python.

struct Point;

#[hpy::function]
fn f() -> hpy::Result<Point> { //~ a function for Python can't return `Result<Point, hpy::Error>`
    Ok(Point)
}

fn main() {}
