//! A function's name is a name in Python.

#[hpy::function(name = "two words")] //~ `two words` is not a name in Python
fn f() {}

#[hpy::function(name = "")] //~ `` is not a name in Python
fn g() {}

fn main() {}
