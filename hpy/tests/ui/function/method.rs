//! A function of a module is no method.

struct Counter;

impl Counter {
    #[hpy::function]
    fn f(&self) {} //~ a function of a module has no `self`
}

fn main() {}
