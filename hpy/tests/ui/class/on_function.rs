//! `#[hpy::class]` goes on a struct or an enum.

#[hpy::class]
fn f() {} //~ `#[hpy::class]` goes on a struct or an enum

fn main() {}
