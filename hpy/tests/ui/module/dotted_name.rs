//! A module's name has no dots.

#[hpy::module(name = "package.m")] //~ the name of a module has no dots
mod m {}

fn main() {}
