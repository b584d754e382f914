//! An instance has a value for each class that it is of.

#[hpy::module]
mod animals {
    #[class(subclass)]
    struct Animal {
        legs: u8,
    }

    #[class(extends = Animal)]
    struct Cat {}

    #[methods]
    impl Cat {
        #[new]
        fn new() -> Self { //~ an instance needs a value of its base `Animal`, too
            Cat {}
        }
    }

    #[function]
    fn cat() -> Cat { //~ an instance needs a value of its base `Animal`, too
        Cat {}
    }
}

fn main() {}
