//! `#[function]` and `#[init]` go on functions.

#[hpy::module]
mod m {
    #[function] //~ `#[function]` can only be applied to a function
    struct Point;

    #[init] //~ `#[init]` can only be applied to a function
    struct Size;
}

fn main() {}
