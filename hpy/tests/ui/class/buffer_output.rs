//! A buffer is memory of the value, not a new value.

#[hpy::module]
mod m {
    #[class]
    struct Numbers {
        numbers: Vec<f64>,
    }

    #[methods]
    impl Numbers {
        fn __buffer__(&self) -> Vec<f64> { //~ `__buffer__` can't return `Vec<f64>`
            self.numbers.clone()
        }
    }
}

fn main() {}
