//! Behind a parameter with a default all have one, up to `*`.

#[hpy::function(signature = (a = 1, b))] //~ `b` has no default, but follows `a`, which has one
fn f(a: i64, b: i64) {
    drop((a, b));
}

fn main() {}
