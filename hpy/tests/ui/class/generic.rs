//! A class has no type parameters.

#[hpy::module]
mod m {
    #[class]
    struct Point<T> { //~ a class can't have type parameters
        x: T,
    }
}

fn main() {}
