//! `#[hpy::class]` can only be applied to a struct or an enum.

#[hpy::class]
fn f() {} //~ `#[hpy::class]` can only be applied to a struct or an enum

fn main() {}
