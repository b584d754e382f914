//! `from_py_with` names a function that is there.

#[hpy::function]
fn f(#[hpy(from_py_with = missing)] a: i64) -> i64 { //~ cannot find
    a
}

fn main() {}
