//! `#[hpy::function]` can only be applied to a function.

#[hpy::function]
struct Point; //~ `#[hpy::function]` can only be applied to a function

fn main() {}
