//! A doc comment is a C string for Python.

#[doc = "before\0after"] //~ a text for Python's documentation can't have a NUL character
#[hpy::function]
fn f() {}

fn main() {}
