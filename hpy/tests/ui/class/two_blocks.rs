//! Outside of a module a class has one `impl` block for Python: the name of the constant says so.

#[hpy::class] //~ multiple applicable items in scope
struct Point {
    x: f64,
}

#[hpy::methods] //~ ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
impl Point {
    fn x(&self) -> f64 {
        self.x
    }
}

#[hpy::methods]
impl Point {
    fn y(&self) -> f64 {
        self.x
    }
}

fn main() {}
