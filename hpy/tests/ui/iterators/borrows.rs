//! Python may keep an iterator, so it owns what it iterates over.

#[hpy::module]
mod m {
    #[class]
    struct Bag {
        things: Vec<String>,
    }

    #[methods]
    impl Bag {
        fn __iter__(&self) -> hpy::Iter<String> {
            hpy::Iter::new(self.things.iter().cloned()) //~ borrowed data escapes
        }
    }
}

fn main() {}
