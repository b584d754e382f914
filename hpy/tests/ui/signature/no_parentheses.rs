//! The signature is in parentheses.

#[hpy::function(signature = "a")] //~ `signature` needs a value, like `signature = (a, b = 1)`
fn f(a: i64) {
    drop((a,));
}

fn main() {}
