//! A module's name is ASCII.

#[hpy::module]
mod größe {} //~ the name of an extension module must be ASCII

fn main() {}
