//! A module's name has no dots.

#[hpy::module(name = "package.m")] //~ the name of a module can't contain dots
mod m {}

fn main() {}
