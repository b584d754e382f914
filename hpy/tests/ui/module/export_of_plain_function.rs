//! What `#[export] use` takes was made with `#[hpy::function]`.

mod functions {
    pub fn f() {}
}

#[hpy::module]
mod m {
    #[export]
    use super::functions::f; //~ constant provided when a type was expected
}

fn main() {}
