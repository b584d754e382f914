//! A function works for a call of any length, whatever its types are called.

type Kept = hpy::Handle<'static>;

#[hpy::function]
fn f(value: Kept) -> bool { //~ lifetime may not live long enough
    value.is_none()
}

#[hpy::function]
fn g(value: &Kept) -> bool { //~ borrowed data escapes outside of associated function
    value.is_none()
}

fn main() {}
