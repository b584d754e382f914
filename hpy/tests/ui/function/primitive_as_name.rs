//! A function is not called like one of Rust's primitive types, which its companion would hide.

#[hpy::function]
fn u32() {} //~ the name hides Rust's type `u32` in this module

fn main() {}
