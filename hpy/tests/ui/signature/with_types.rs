//! The signature has names and defaults; the types are the function's.

#[hpy::function(signature = (a: i64))] //~ the type of `a` is declared in the function
fn f(a: i64) {
    drop((a,));
}

fn main() {}
