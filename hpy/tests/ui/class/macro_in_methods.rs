//! `#[methods]` does not see what a macro call makes, so it refuses the call.

macro_rules! more {
    () => {
        fn twice(&self) -> f64 {
            self.x * 2.0
        }
    };
}

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        more!(); //~ `#[methods]` can't see the functions that a macro call generates
    }
}

fn main() {}
