//! No two methods have one name in Python.

#[hpy::module]
mod m {
    #[class]
    struct Point;

    #[methods]
    impl Point {
        fn one(&self) {}

        #[hpy(name = "one")] //~ there is a `one` already
        fn two(&self) {}
    }
}

fn main() {}
