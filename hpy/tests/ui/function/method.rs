//! A function of a module is no method.

struct Counter;

impl Counter {
    #[hpy::function]
    fn f(&self) {} //~ a module function has no `self`
}

fn main() {}
