//! Classes that are sequences or mappings.

/// Both kinds, and a class that does not say.
#[hpy::module]
mod sequences {
    use std::collections::BTreeMap;

    use hpy::exceptions::{IndexError, KeyError};
    use hpy::types::Slice;
    use hpy::{FromPython, Handle, IntoPython, Iter, Result};

    /// All that changes a sequence: Rust sees indices from the start only, and says which are too large.
    #[class(sequence)]
    struct Stack {
        items: Vec<i64>,
        seen: Vec<usize>,
    }

    impl Stack {
        fn place(&mut self, index: usize) -> Result<&mut i64> {
            self.seen.push(index);
            self.items.get_mut(index).ok_or_else(|| IndexError::new_err("no such item"))
        }
    }

    #[methods]
    impl Stack {
        #[new]
        #[hpy(signature = (*items))]
        fn new(items: Vec<i64>) -> Self {
            Stack { items, seen: Vec::new() }
        }
        fn __len__(&self) -> usize {
            self.items.len()
        }
        fn __getitem__(&mut self, index: usize) -> Result<i64> {
            self.place(index).copied()
        }
        fn __setitem__(&mut self, index: usize, value: i64) -> Result<()> {
            *self.place(index)? = value;
            Ok(())
        }
        fn __delitem__(&mut self, index: usize) -> Result<()> {
            self.place(index)?;
            self.items.remove(index);
            Ok(())
        }
        fn insert(&mut self, index: usize, value: i64) {
            self.items.insert(index.min(self.items.len()), value);
        }
        fn __add__(&self, other: &Stack) -> Stack {
            Stack::new([&self.items[..], &other.items[..]].concat())
        }
        /// What was asked of it.
        fn seen(&mut self) -> Vec<usize> {
            std::mem::take(&mut self.seen)
        }
    }

    /// A sequence that never changes, with slices and with methods of its own.
    #[class(sequence, frozen, subclass)]
    struct Word {
        letters: Vec<char>,
    }

    #[methods]
    impl Word {
        #[new]
        fn new(text: &str) -> Self {
            Word { letters: text.chars().collect() }
        }
        fn __len__(&self) -> usize {
            self.letters.len()
        }
        fn __getitem__(&self, index: &Handle<'_>) -> Result<String> {
            if let Ok(slice) = index.downcast::<Slice>() {
                let at = slice.indices(self.letters.len())?;
                let place = |i: usize| at.start + i as isize * at.step;
                return Ok((0..at.length).map(|i| self.letters[place(i) as usize]).collect());
            }
            match self.letters.get(index.extract::<usize>()?) {
                Some(letter) => Ok(letter.to_string()),
                None => Err(IndexError::new_err("no such letter")),
            }
        }
        fn __concat__(&self, other: &str) -> String {
            self.letters.iter().collect::<String>() + other
        }
        fn count(&self) -> usize {
            self.letters.len()
        }
    }

    /// All that changes a mapping.
    #[class(mapping)]
    struct Table {
        entries: BTreeMap<String, i64>,
    }

    #[methods]
    impl Table {
        #[new]
        #[hpy(signature = (**entries))]
        fn new(entries: BTreeMap<String, i64>) -> Self {
            Table { entries }
        }
        fn __len__(&self) -> usize {
            self.entries.len()
        }
        fn __getitem__(&self, key: &str) -> Result<i64> {
            self.entries.get(key).copied().ok_or_else(|| KeyError::new_err(key.to_owned()))
        }
        fn __setitem__(&mut self, key: String, value: i64) {
            self.entries.insert(key, value);
        }
        fn __delitem__(&mut self, key: &str) -> Result<()> {
            self.entries.remove(key).map(drop).ok_or_else(|| KeyError::new_err(key.to_owned()))
        }
        fn __iter__(&self) -> Iter<String> {
            Iter::new(self.entries.keys().cloned().collect::<Vec<_>>())
        }
        fn __add__(&self, _other: &Table) -> i64 {
            0
        }
    }

    /// A mapping of numbers, which never changes: -1 is a key as any other.
    #[class(mapping, frozen)]
    struct Squares;

    #[methods]
    impl Squares {
        #[new]
        fn new() -> Self {
            Squares
        }
        fn __len__(&self) -> usize {
            3
        }
        fn __getitem__(&self, key: i64) -> Result<i64> {
            if key.abs() <= 1 { Ok(key * key) } else { Err(KeyError::new_err(key.to_string())) }
        }
        fn __iter__(&self) -> Iter<i64> {
            Iter::new(-1..=1)
        }
        fn get(&self, key: i64) -> String {
            format!("its own get of {key}")
        }
    }

    /// It does not say what it is.
    #[class(frozen)]
    struct Unsaid;

    #[methods]
    impl Unsaid {
        #[new]
        fn new() -> Self {
            Unsaid
        }
        fn __len__(&self) -> usize {
            3
        }
        fn __getitem__(&self, index: i64) -> Result<i64> {
            if index < 3 { Ok(index) } else { Err(IndexError::new_err("no such item")) }
        }
    }

    /// It extends a sequence, and has nothing to say itself.
    #[class(extends = Word, frozen)]
    struct Loud;

    #[methods]
    impl Loud {
        #[new]
        fn new(text: &str) -> (Self, Word) {
            (Loud, Word::new(&text.to_uppercase()))
        }
    }

    /// Whose length is not always to be had.
    #[class(sequence, frozen, instances(IntRow = i64, TextRow = String))]
    struct Row<T> {
        items: Vec<T>,
    }

    #[methods]
    impl<T> Row<T>
    where
        T: Clone + Send + Sync + 'static + for<'a, 'ctx> FromPython<'a, 'ctx> + for<'ctx> IntoPython<'ctx>,
    {
        #[new]
        fn new(items: Vec<T>) -> Self {
            Row { items }
        }
        fn __len__(&self) -> Result<usize> {
            match self.items.len() {
                0 => Err(IndexError::new_err("nothing to count")),
                length => Ok(length),
            }
        }
        fn __getitem__(&self, index: usize) -> Result<T> {
            self.items.get(index).cloned().ok_or_else(|| IndexError::new_err("no such item"))
        }
    }
}
