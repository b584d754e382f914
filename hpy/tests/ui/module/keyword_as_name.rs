//! A module's name is no keyword of Python.

#[hpy::module]
mod global {} //~ `global` is a keyword of Python, which code can't use as a name

fn main() {}
