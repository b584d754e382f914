/// Takes nothing.
#[hpy::function]
fn f() {}
