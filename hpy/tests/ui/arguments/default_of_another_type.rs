//! A default has the type of its parameter.

#[hpy::function(signature = (count = "one"))] //~ mismatched types
fn f(count: u32) -> u32 {
    count
}

fn main() {}
