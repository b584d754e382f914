//! A class can't be a sequence and a mapping.

#[hpy::module]
mod m {
    #[class(sequence, mapping)] //~ a class can't be a `sequence` and a `mapping`
    struct Both;

    #[methods]
    impl Both {
        fn __getitem__(&self, index: usize) -> usize {
            index
        }
        fn __len__(&self) -> usize {
            3
        }
        fn __iter__(&self) -> hpy::Iter<usize> {
            hpy::Iter::new(0..3)
        }
    }
}

fn main() {}
