//! A function for Python is not `async`.

#[hpy::function]
async fn f() {} //~ Python can't call an `async fn`

fn main() {}
