//! `#[init]` is not called by Python.

#[hpy::module]
mod m {
    #[init]
    #[function] //~ the `#[init]` function can't be a function for Python, too
    fn init() {}
}

fn main() {}
