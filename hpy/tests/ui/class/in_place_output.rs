//! An in-place method returns nothing, an object, or `NotImplemented`.

#[hpy::module]
mod m {
    #[class]
    struct Sum {
        total: i64,
    }

    #[methods]
    impl Sum {
        fn __iadd__(&mut self, other: i64) -> i64 { //~ an in-place method can't return `i64`
            self.total += other;
            self.total
        }
    }
}

fn main() {}
