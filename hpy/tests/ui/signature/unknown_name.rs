//! Every name in the signature is a parameter of the function.

#[hpy::function(signature = (a, b))] //~ the signature names `b`, but the function has no such parameter
fn f(a: i64) {
    drop((a,));
}

fn main() {}
