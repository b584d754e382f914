//! A sequence has items and a length, wherever its methods stand.

#[hpy::module]
mod m {
    #[class(sequence)] //~ a `sequence` needs the methods `__getitem__` and `__len__`
    struct Nothing;

    #[class(sequence)] //~ a `sequence` needs the methods `__getitem__` and `__len__`
    struct NoLength;

    #[methods]
    impl NoLength {
        fn __getitem__(&self, index: usize) -> usize {
            index
        }
    }
}

#[hpy::class(sequence)] //~ a `sequence` needs the methods `__getitem__` and `__len__`
struct NoItems;

#[hpy::methods]
impl NoItems {
    fn __len__(&self) -> usize {
        3
    }

    #[cfg(any())]
    fn __getitem__(&self, index: usize) -> usize {
        index
    }
}

fn main() {}
