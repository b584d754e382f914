//! Python expects of some dunder methods what is not any object.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        fn __len__(&self) -> &str { //~ `__len__` can't return `&str`
            "many"
        }

        fn __hash__(&self) -> f64 { //~ `__hash__` can't return `f64`
            self.x
        }

        fn __next__(&mut self) -> f64 { //~ `f64` does not say where an iteration ends
            self.x
        }
    }
}

fn main() {}
