//! A parameter is a plain name, which Python gets to know.

#[hpy::function]
fn f((a, b): (i64, i64)) -> i64 { //~ Python needs a name for this parameter
    a + b
}

fn main() {}
