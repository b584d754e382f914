//! `detach` is a flag.

#[hpy::function(detach = true)] //~ `detach` takes no value
fn f() {}

fn main() {}
