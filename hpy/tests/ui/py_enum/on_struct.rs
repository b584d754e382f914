//! `#[hpy::enumeration]` goes on an enum.

#[hpy::enumeration]
struct Mode(u32); //~ `#[hpy::enumeration]` goes on an enum

fn main() {}
