//! Generational indices into a table: the index of an entry, and how often that entry was reused. A stale index is always
//! detected.

use hpy_sys::cast::{signed, unsigned};

/// One half of a value's bits for each of the two.
const HALF: u32 = usize::BITS / 2;
const MASK: usize = (1 << HALF) - 1;

/// A table. An entry stays readable after its end until its place is given out again.
#[derive(Debug)]
pub(super) struct Slots<T> {
    entries: Vec<(usize, T)>,
    free: Vec<usize>,
}

/// Why a value stands for no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stale {
    /// It did once.
    Ended,
    /// It never did.
    Unknown,
}

impl<T> Slots<T> {
    pub(super) const fn new() -> Self {
        Slots { entries: Vec::new(), free: Vec::new() }
    }

    /// A new entry: its place. `None` if there are too many.
    pub(super) fn insert(&mut self, entry: T) -> Option<usize> {
        if let Some(place) = self.free.pop() {
            self.replace(place, entry);
            return Some(place);
        }
        if self.entries.len() >= MASK {
            return None;
        }
        self.entries.push((1, entry));
        Some(self.entries.len() - 1)
    }

    /// Gives the place of an entry to another one.
    pub(super) fn replace(&mut self, place: usize, entry: T) {
        let (serial, old) = &mut self.entries[place];
        *serial = if *serial >= MASK >> 1 { 1 } else { *serial + 1 };
        *old = entry;
    }

    /// The place may be given out again.
    pub(super) fn release(&mut self, place: usize) {
        self.free.push(place);
    }

    /// The value that stands for an entry: never 0.
    pub(super) fn value(&self, place: usize) -> isize {
        signed(self.entries[place].0 << HALF | (place + 1))
    }

    /// The place of the entry that a value stands for.
    pub(super) fn find(&self, value: isize) -> Result<usize, Stale> {
        let value = unsigned(value);
        let (serial, place) = (value >> HALF, (value & MASK).wrapping_sub(1));
        match self.entries.get(place) {
            Some((current, _)) if *current == serial => Ok(place),
            Some((current, _)) if (1..*current).contains(&serial) => Err(Stale::Ended),
            _ => Err(Stale::Unknown),
        }
    }

    pub(super) fn get(&self, place: usize) -> Option<&T> {
        self.entries.get(place).map(|(_, entry)| entry)
    }

    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        self.entries.get_mut(place).map(|(_, entry)| entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_value_stands_for_nothing() {
        let mut slots = Slots::new();
        let place = slots.insert('a').unwrap();
        let old = slots.value(place);
        assert_ne!(old, 0);
        assert_eq!(slots.find(old), Ok(place));
        slots.release(place);
        assert_eq!(slots.find(old), Ok(place), "until the place is given out again");
        assert_eq!(slots.insert('b'), Some(place));
        assert_eq!(slots.find(old), Err(Stale::Ended));
        assert_eq!(slots.find(slots.value(place)), Ok(place));
        assert_eq!(slots.get(place), Some(&'b'));
    }

    #[test]
    fn a_value_from_elsewhere_is_unknown() {
        let mut slots = Slots::new();
        let place = slots.insert(()).unwrap();
        for value in [0, 1, -1, 12345, slots.value(place) + 1, slots.value(place) + (1 << HALF)] {
            assert_eq!(slots.find(value), Err(Stale::Unknown), "{value:#x}");
        }
    }
}
