//! An argument has a concrete type.

#[hpy::function]
fn f(value: impl Into<String>) { //~ an argument is converted to a concrete type
    drop(value.into());
}

fn main() {}
