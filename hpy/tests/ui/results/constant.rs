//! The type of an exported constant must convert to Python.

#[hpy::module]
mod m {
    pub struct Point;

    #[export]
    const ORIGIN: Point = Point; //~ `Point` can't be turned into a Python object
}

fn main() {}
