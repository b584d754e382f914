//! Options of a module have names.

#[hpy::module(nam = "other")] //~ unknown option `nam`
mod m {}

fn main() {}
