//! `name` has a value.

#[hpy::function(name)] //~ `name` needs a value, like `name = "…"`
fn f() {}

fn main() {}
