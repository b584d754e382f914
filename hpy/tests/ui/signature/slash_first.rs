//! `/` has a parameter before it.

#[hpy::function(signature = (/, a))] //~ `/` makes the parameters before it positional-only, but there are none before it
fn f(a: i64) {
    drop((a,));
}

fn main() {}
