//! `#[export] use` lists names.

mod functions {
    #[hpy::function]
    pub fn f() {}
}

#[hpy::module]
mod m {
    #[export]
    use super::functions::*; //~ `#[export]` must see the names
}

fn main() {}
