//! An option stands there once.

#[hpy::function(detach, detach)] //~ option `detach` is given twice
fn f() {}

fn main() {}
