//! The memory of a buffer belongs to the value, so it is taken from `self` alone.

#[hpy::module]
mod m {
    use hpy::Handle;

    #[class]
    struct Numbers {
        numbers: Vec<f64>,
    }

    #[methods]
    impl Numbers {
        fn __buffer__(&self, slf: &Handle<'_, Self>) -> &[f64] { //~ write `fn __buffer__(&self) -> &[T]`
            let _ = slf;
            &self.numbers
        }
    }
}

fn main() {}
