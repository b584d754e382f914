//! The items of a container can't borrow from Python: `Vec<String>`, not `Vec<&str>`.

#[hpy::function]
fn f(words: Vec<&str>) -> usize { //~ implementation of `FromPython` is not general enough
    words.len()
}

fn main() {}
