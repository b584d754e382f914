//! An attribute stands there once.

#[hpy::module]
mod m {
    #[function]
    #[function] //~ `#[function]` is given twice
    fn f() {}
}

fn main() {}
