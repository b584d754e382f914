//! `Parts` is implemented by this crate only: it says where the values of an instance go.

use hpy::class::Parts;

#[hpy::class]
struct Point {
    x: f64,
}

struct Odd;

impl Parts<'_, Point> for Odd {} //~ `Odd` does not make an instance of `Point`

fn main() {}
