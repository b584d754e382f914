//! `#[export] use` names functions.

mod functions {
    #[hpy::function]
    pub fn f() {}
}

#[hpy::module]
mod m {
    #[export]
    use super::functions::{self}; //~ `self` is a module
}

fn main() {}
