//! An instance is made of a class that was checked; who makes it unchecked, has to say so.

use hpy::class::Parts;
use hpy::{Handle, types::Type};

#[hpy::class]
struct Point {
    x: f64,
}

fn make(class: &Handle<'_, Type>) {
    let _ = Parts::<Point>::made(Point { x: 1.0 }, class); //~ unsafe
}

fn main() {}
