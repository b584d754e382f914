//! `#[hpy::methods]` goes on an `impl` block.

#[hpy::methods]
struct Point; //~ `#[hpy::methods]` goes on an `impl` block

fn main() {}
