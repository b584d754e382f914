//! `#[hpy::methods]` can only be applied to an `impl` block.

#[hpy::methods]
struct Point; //~ `#[hpy::methods]` can only be applied to an `impl` block

fn main() {}
