//! The error of a `Result` must convert to `hpy::Error`.

#[derive(Debug)]
struct Mine;

#[hpy::function]
fn f() -> Result<i64, Mine> { //~ a function for Python can't return `Result<i64, Mine>`
    Err(Mine)
}

fn main() {}
