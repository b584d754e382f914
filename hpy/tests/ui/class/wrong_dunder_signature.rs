//! Python passes to a dunder method what it passes.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        fn __add__(&self) -> f64 { //~ write `fn __add__(&self, other: T) -> U`
            self.x
        }

        fn __setitem__(&mut self, key: usize) { //~ write `fn __setitem__(&mut self, key: K, value: V)`
            self.x = key as f64;
        }
    }
}

fn main() {}
