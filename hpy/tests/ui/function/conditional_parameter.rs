//! A parameter does not depend on `cfg`: the tables know one signature.

#[hpy::function]
fn f(#[cfg(unix)] a: i64) {} //~ a parameter can't depend on `cfg`

fn main() {}
