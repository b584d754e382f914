//! A parameter stands in the signature once.

#[hpy::function(signature = (a, a))] //~ parameter `a` is in the signature twice
fn f(a: i64) {
    drop((a,));
}

fn main() {}
