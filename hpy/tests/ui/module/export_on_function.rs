//! `#[export]` is for constants and imports.

#[hpy::module]
mod m {
    #[export] //~ a function is made for Python by `#[function]`, not by `#[export]`
    fn f() {}
}

fn main() {}
