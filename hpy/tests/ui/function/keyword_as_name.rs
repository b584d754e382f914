//! A function's name is no keyword of Python.

#[hpy::function(name = "class")] //~ `class` is a keyword of Python, which code can't use as a name
fn f() {}

#[hpy::function]
fn lambda() {} //~ `lambda` is a keyword of Python, which code can't use as a name

fn main() {}
