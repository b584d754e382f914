//! A buffer consists of numbers.

#[hpy::module]
mod m {
    #[class]
    struct Names {
        names: Vec<String>,
    }

    #[methods]
    impl Names {
        fn __buffer__(&self) -> &[String] { //~ Python does not know memory that consists of `String`
            &self.names
        }
    }
}

fn main() {}
