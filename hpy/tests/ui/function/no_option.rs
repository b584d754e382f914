//! Options have names.

#[hpy::function("f")] //~ expected the name of an option
fn f() {}

fn main() {}
