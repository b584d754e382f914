//! Options have names.

#[hpy::function(signatur = (a))] //~ unknown option `signatur`
fn f(a: i64) -> i64 {
    a
}

fn main() {}
