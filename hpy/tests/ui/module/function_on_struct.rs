//! `#[function]` and `#[init]` go on functions.

#[hpy::module]
mod m {
    #[function] //~ `#[function]` goes on a function
    struct Point;

    #[init] //~ `#[init]` goes on a function
    struct Size;
}

fn main() {}
