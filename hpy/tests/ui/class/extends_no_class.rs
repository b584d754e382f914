//! Only a class can be extended.

#[hpy::module]
mod animals {
    struct Plain;

    #[class(extends = Plain)] //~ `Plain` can't be extended
    struct Cat {}
}

fn main() {}
