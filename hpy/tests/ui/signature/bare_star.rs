//! A bare `*` has a parameter behind it.

#[hpy::function(signature = (a, *))] //~ `*` makes the parameters after it keyword-only, but there are none after it
fn f(a: i64) {
    drop((a,));
}

fn main() {}
