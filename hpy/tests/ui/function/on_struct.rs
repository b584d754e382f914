//! `#[hpy::function]` goes on a function.

#[hpy::function]
struct Point; //~ `#[hpy::function]` goes on a function

fn main() {}
