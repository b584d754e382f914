//! Every parameter of the function is in the signature, but for the context and the module.

#[hpy::function(signature = (a))]
fn f(a: i64, b: i64) -> i64 { //~ parameter `b` is missing in the signature
    a + b
}

fn main() {}
