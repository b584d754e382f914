//! `#[init]` returns nothing, or a result of nothing.

#[hpy::module]
mod m {
    #[init]
    fn init() -> i64 { //~ not `()`
        1
    }
}

fn main() {}
