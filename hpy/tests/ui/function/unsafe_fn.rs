//! A function for Python is not `unsafe`.

#[hpy::function]
unsafe fn f() {} //~ Python can't call an `unsafe fn`, as it can't promise anything

fn main() {}
