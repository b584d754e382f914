//! The attribute needs to see the module's items.

#[hpy::module]
mod m; //~ file not found //~ file modules in proc macro input are unstable //~ `#[hpy::module]` must see the module's items

fn main() {}
