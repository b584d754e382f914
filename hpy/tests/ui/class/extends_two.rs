//! A class extends one other.

#[hpy::module]
mod animals {
    #[class(subclass)]
    struct Animal {}

    #[class(extends = (Animal, Animal))] //~ `extends` takes the name of one class
    struct Cat {}

    #[class(extends, frozen)] //~ `extends` needs a value
    struct Dog {}
}

fn main() {}
