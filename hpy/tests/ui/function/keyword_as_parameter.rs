//! A parameter that can be passed by its name has a name that Python can write.

#[hpy::function]
fn f(lambda: i64) -> i64 { //~ `lambda` is a keyword of Python, which callers can't use as a name
    lambda
}

fn main() {}
