//! What is for Python in an `impl` block needs `#[methods]` above the block.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    impl Point {
        #[new] //~ write `#[methods]` above it
        fn new(x: f64) -> Self {
            Point { x }
        }
    }

    impl Point {
        fn __len__(&self) -> usize { //~ write `#[methods]` above it
            1
        }
    }

    /// This one is for Rust only.
    impl Point {
        fn length(&self) -> f64 {
            self.x
        }
    }
}

fn main() {}
