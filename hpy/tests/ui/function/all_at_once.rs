//! All mistakes of a function are told at once.

#[hpy::function(signature = (b, c), name = "two words")] //~ names `b` //~ names `c` //~ `two words` is not a name in Python
async fn f(a: i64) -> i64 { //~ parameter `a` is missing //~ Python can't call an `async fn`
    a
}

fn main() {}
