//! What `#[export] use` takes was made with `#[hpy::function]`.

mod functions {
    pub fn f() {}
}

#[hpy::module]
mod m {
    #[export]
    use super::functions::f; //~ is not a function for Python
}

fn main() {}
