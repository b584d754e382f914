//! A text signature has its parentheses, or is None.

#[hpy::function(text_signature = "a, b")] //~ expected the parameters with their parentheses
fn f(a: i64, b: i64) -> i64 {
    a + b
}

#[hpy::function(text_signature = Nothing)] //~ expected the parameters with their parentheses
fn g() {}

fn main() {}
