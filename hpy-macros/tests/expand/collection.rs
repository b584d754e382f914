#[hpy::module]
mod collections {
    #[class(sequence, generic)]
    struct Stack {
        items: Vec<i64>,
    }

    #[methods]
    impl Stack {
        fn __len__(&self) -> usize {
            self.items.len()
        }
        fn __getitem__(&self, index: usize) -> Option<i64> {
            self.items.get(index).copied()
        }
        #[cfg(feature = "mutable")]
        fn __delitem__(&mut self, index: usize) {
            self.items.remove(index);
        }
    }
}
