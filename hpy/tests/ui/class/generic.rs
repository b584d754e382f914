//! A class has no type parameters.

#[hpy::module]
mod m {
    #[class]
    struct Point<T> { //~ a class has no parameters
        x: T,
    }
}

fn main() {}
