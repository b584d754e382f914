//! `crate` is a path in quotes.

#[hpy::function(crate = "not a path")] //~ expected the path of the `hpy` crate, like `crate = "my_crate::hpy"`
fn f() {}

fn main() {}
