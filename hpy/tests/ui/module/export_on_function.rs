//! `#[export]` is for constants and imports.

#[hpy::module]
mod m {
    #[export] //~ `#[export]` does not expose a function: write `#[function]`
    fn f() {}
}

fn main() {}
