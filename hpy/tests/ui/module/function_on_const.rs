//! `#[function]` can only be applied to a function.

#[hpy::module]
mod m {
    #[function] //~ `#[function]` can only be applied to a function
    const LIMIT: i64 = 1;
}

fn main() {}
