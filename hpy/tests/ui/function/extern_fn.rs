//! A function for Python is a Rust function.

#[hpy::function]
extern "C" fn f() {} //~ the macro generates the function that interpreters call

fn main() {}
