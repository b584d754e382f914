//! Parameters are separated by commas.

#[hpy::function(signature = (a b))] //~ expected `,`
fn f(a: i64, b: i64) {
    drop((a, b));
}

fn main() {}
