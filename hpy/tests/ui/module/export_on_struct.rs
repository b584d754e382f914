//! Only functions and constants can be given to Python.

#[hpy::module]
mod m {
    #[export] //~ `#[export]` can only be applied to a `const` or a `use`
    struct Point;
}

fn main() {}
