//! The methods of a trait are not Python's.

#[hpy::module]
mod m {
    #[class]
    struct Point;

    #[methods]
    impl Default for Point { //~ `#[methods]` goes on `impl Name { … }`
        fn default() -> Self {
            Point
        }
    }
}

fn main() {}
