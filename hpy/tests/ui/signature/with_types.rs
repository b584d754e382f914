//! The signature has names and defaults; the types are the function's.

#[hpy::function(signature = (a: i64))] //~ the type of `a` stands in the function
fn f(a: i64) {
    drop((a,));
}

fn main() {}
