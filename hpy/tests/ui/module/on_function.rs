//! `#[hpy::module]` can only be applied to a module.

#[hpy::module]
fn m() {} //~ `#[hpy::module]` can only be applied to a module, `mod name { … }`

fn main() {}
