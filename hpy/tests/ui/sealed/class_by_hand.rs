//! `Class` is implemented by `#[hpy::class]`: unsafe code relies on what it says of the fields.

struct Point {
    x: f64,
}

impl hpy::Class for Point {} //~ requires an `unsafe impl`

fn main() {}
