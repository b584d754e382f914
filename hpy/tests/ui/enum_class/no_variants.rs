//! An enum has variants.

#[hpy::class]
enum Never {} //~ an enum without variants can't have instances

fn main() {}
