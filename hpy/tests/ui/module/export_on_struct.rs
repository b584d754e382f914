//! Only functions and constants can be given to Python.

#[hpy::module]
mod m {
    #[export] //~ `#[export]` goes on a `const` or a `use`
    struct Point;
}

fn main() {}
