//! An argument can't be borrowed mutably: Python objects are shared.

#[hpy::function]
fn f(text: &mut String) { //~ `&mut String` can't be made from a Python object
    text.clear();
}

fn main() {}
