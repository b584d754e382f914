//! `#[init]` returns nothing, or a `Result` of nothing.

#[hpy::module]
mod m {
    #[init]
    fn init() -> i64 { //~ `#[init]` can't return `i64`
        1
    }
}

fn main() {}
