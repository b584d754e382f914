//! `/` stands in the signature once.

#[hpy::function(signature = (a, /, b, /))] //~ `/` can appear only once
fn f(a: i64, b: i64) {
    drop((a, b));
}

fn main() {}
