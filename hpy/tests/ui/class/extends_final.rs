//! A class that others extend says so.

#[hpy::module]
mod animals {
    #[class]
    struct Animal {}

    #[class(extends = Animal)] //~ `Animal` can't be extended
    struct Cat {}
}

fn main() {}
