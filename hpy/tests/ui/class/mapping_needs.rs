//! A mapping has items, a length and an iterator over its keys, and nothing that only sequences have.

#[hpy::module]
mod m {
    #[class(mapping)] //~ a `mapping` needs the methods `__getitem__`, `__len__` and `__iter__`
    struct NoKeys;

    #[methods]
    impl NoKeys {
        fn __getitem__(&self, key: String) -> String {
            key
        }
        fn __len__(&self) -> usize {
            3
        }
    }

    #[class(mapping)] //~ `__concat__` and `__repeat__` fill slots of sequences
    struct Concatenated;

    #[methods]
    impl Concatenated {
        fn __getitem__(&self, key: String) -> String {
            key
        }
        fn __len__(&self) -> usize {
            3
        }
        fn __iter__(&self) -> hpy::Iter<usize> {
            hpy::Iter::new(0..3)
        }
        fn __concat__(&self, other: String) -> String {
            other
        }
    }
}

fn main() {}
