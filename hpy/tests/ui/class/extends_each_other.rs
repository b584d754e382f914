//! Classes can't extend each other.

#[hpy::module]
mod animals {
    #[class(subclass, extends = Dog)] //~ `Cat` extends itself
    struct Cat {}

    #[class(subclass, extends = Cat)]
    struct Dog {}
}

fn main() {}
