//! A function that runs detached can't return anything that belongs to Python; nor an error of Python's.

#[hpy::function(detach)]
fn parse(text: String) -> hpy::Result<i64> { //~ cannot be sent between threads safely
    Ok(text.parse()?)
}

fn main() {}
