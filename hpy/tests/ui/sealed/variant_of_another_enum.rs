//! A value names a variant of its own enum, which keeps an object of that class.

use hpy::impl_::{Variant, Variants};

#[hpy::class(eq, eq_int)]
#[derive(PartialEq)]
enum Color {
    Red,
}

struct Lie;

impl Variants for Lie {
    fn variant(&self) -> &'static Variant<Lie> {
        Color::Red.variant() //~ mismatched types
    }
}

fn main() {}
