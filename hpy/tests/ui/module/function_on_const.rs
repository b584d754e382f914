//! `#[function]` goes on a function.

#[hpy::module]
mod m {
    #[function] //~ `#[function]` goes on a function
    const LIMIT: i64 = 1;
}

fn main() {}
