//! Python may write any bytes, and not all are a `bool`.

#[hpy::module]
mod m {
    #[class]
    struct Flags {
        flags: Vec<bool>,
    }

    #[methods]
    impl Flags {
        fn __buffer__(&mut self) -> &mut [bool] { //~ Python can't be let write `bool`s
            &mut self.flags
        }
    }
}

fn main() {}
