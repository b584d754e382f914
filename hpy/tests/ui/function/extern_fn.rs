//! A function for Python is a Rust function.

#[hpy::function]
extern "C" fn f() {} //~ the function that interpreters call is written by the macro

fn main() {}
