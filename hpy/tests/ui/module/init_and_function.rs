//! `#[init]` is not called by Python.

#[hpy::module]
mod m {
    #[init]
    #[function] //~ the `#[init]` function can't be exposed to Python as well
    fn init() {}
}

fn main() {}
