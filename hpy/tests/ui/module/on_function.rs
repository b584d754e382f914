//! `#[hpy::module]` goes on a module.

#[hpy::module]
fn m() {} //~ `#[hpy::module]` goes on a module, `mod name { … }`

fn main() {}
