//! What Python calls by a dunder name has no other.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        #[new(name = "make")] //~ Python calls this method `__new__`: remove `name`
        fn new(x: f64) -> Self {
            Point { x }
        }
        #[hpy(name = "call")] //~ Python calls this method `__call__`: remove `name`
        fn __call__(&self) -> f64 {
            self.x
        }
        #[getter]
        #[hpy(text_signature = "()")]
        fn y(&self) -> f64 { //~ an attribute is not called, so it has no signature
            self.x
        }
    }
}

fn main() {}
