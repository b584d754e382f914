//! An enum has variants.

#[hpy::class]
enum Never {} //~ Python could have no instance of an enum without variants

fn main() {}
