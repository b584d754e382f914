//! The one option of a parameter is `from_py_with`.

#[hpy::function]
fn f(#[hpy(with = missing)] a: i64) -> i64 { //~ unknown option `with`
    a
}

fn main() {}
