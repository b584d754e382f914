//! `__init_subclass__` is a class method without saying so.

#[hpy::module]
mod m {
    #[class(subclass)]
    struct Point {}

    #[methods]
    impl Point {
        fn __init_subclass__(&self) {} //~ a class method has no instance: take the class as `cls: &Handle<'_, Type>`
    }
}

fn main() {}
