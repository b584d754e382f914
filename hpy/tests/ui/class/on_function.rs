//! `#[hpy::class]` goes on a struct.

#[hpy::class]
fn f() {} //~ `#[hpy::class]` goes on a struct

fn main() {}
