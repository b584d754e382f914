//! `#[hpy::enumeration]` can only be applied to an enum.

#[hpy::enumeration]
struct Mode(u32); //~ `#[hpy::enumeration]` can only be applied to an enum

fn main() {}
