//! A function for Python is not generic, but for lifetimes.

#[hpy::function]
fn f<T>(value: T) { //~ Python passes objects, not types
    drop(value);
}

fn main() {}
