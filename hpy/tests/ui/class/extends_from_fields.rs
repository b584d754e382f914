//! `new = "from_fields"` makes one value only.

#[hpy::module]
mod animals {
    #[class(subclass)]
    struct Animal {}

    #[class(extends = Animal, new = "from_fields")] //~ write a `#[new]` that returns `(Self, Base)`
    struct Cat {
        lives: u8,
    }
}

fn main() {}
