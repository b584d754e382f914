//! The table of a debug context's open and closed handles, with the data of each.

use core::ffi::c_char;
use std::collections::{BTreeMap, VecDeque};

use hpy_sys::HPy;

use super::origin::Origin;
use super::raw_data::RawData;
use super::slots::{Slots, Stale};

/// Whose a handle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The extension's: it has to close it.
    Extension,
    /// The caller's: an argument, closed by the caller when the call ends.
    Caller,
    /// The context's: a constant, never closed.
    Context,
}

/// What debug mode knows of a handle.
#[derive(Debug)]
pub(super) struct Entry {
    /// The plain context's handle.
    pub(super) plain: HPy,
    pub(super) owner: Owner,
    state: State,
    generation: i64,
    /// Its place among all that were opened.
    order: u64,
    raw_data: Vec<RawData>,
    made: Option<Origin>,
    closed: Option<Origin>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Closed,
    /// It left the queue of closed handles.
    Forgotten,
}

impl Entry {
    pub(super) fn is_open(&self) -> bool {
        self.state == State::Open
    }

    pub(super) fn is_forgotten(&self) -> bool {
        self.state == State::Forgotten
    }

    /// Bytes that were handed out for it and that are still there; `None` if there are none.
    pub(super) fn raw_data_size(&self) -> Option<usize> {
        if self.raw_data.is_empty() { None } else { Some(self.raw_data.iter().map(RawData::size).sum()) }
    }

    pub(super) fn made(&self) -> Option<&Origin> {
        self.made.as_ref()
    }

    pub(super) fn closed(&self) -> Option<&Origin> {
        self.closed.as_ref()
    }
}

/// All handles of a debug context.
#[derive(Debug)]
pub(super) struct Handles {
    slots: Slots<Entry>,
    /// In the order of opening.
    open: BTreeMap<u64, usize>,
    /// The oldest first.
    closed: VecDeque<usize>,
    opened: u64,
    pub(super) generation: i64,
    /// How many closed handles are remembered.
    pub(super) closed_max: usize,
    /// How many bytes of closed handles are kept, to end a process that reads them.
    pub(super) raw_data_max: usize,
    raw_data_size: usize,
}

impl Handles {
    pub(super) const fn new() -> Self {
        Handles {
            slots: Slots::new(),
            open: BTreeMap::new(),
            closed: VecDeque::new(),
            opened: 0,
            generation: 0,
            closed_max: 1024,
            raw_data_max: 10 * 1024 * 1024,
            raw_data_size: 0,
        }
    }

    /// A new handle on a plain one. If enough closed ones are remembered, it takes the place of the oldest.
    pub(super) fn open(&mut self, plain: HPy, owner: Owner, made: Option<Origin>) -> HPy {
        self.opened += 1;
        let order = self.opened;
        let entry = Entry {
            plain,
            owner,
            state: State::Open,
            generation: self.generation,
            order,
            raw_data: Vec::new(),
            made,
            closed: None,
        };
        let reused = if self.closed.len() >= self.closed_max { self.closed.pop_front() } else { None };
        let place = match reused {
            Some(place) => {
                self.drop_raw_data(place);
                self.slots.replace(place, entry);
                place
            }
            None => self.slots.insert(entry).expect("there are too many open HPy handles"),
        };
        self.open.insert(order, place);
        HPy { _i: self.slots.value(place) }
    }

    /// The place of a handle, open or closed.
    pub(super) fn find(&self, h: HPy) -> Result<usize, Stale> {
        self.slots.find(h._i)
    }

    pub(super) fn get(&self, place: usize) -> Option<&Entry> {
        self.slots.get(place)
    }

    /// Ends an open handle, and what was handed out for it. The plain handle is not touched.
    pub(super) fn close(&mut self, place: usize, closed: Option<Origin>) {
        let Some(entry) = self.slots.get_mut(place) else { return };
        if !entry.is_open() {
            return;
        }
        entry.state = State::Closed;
        entry.closed = closed;
        let size = entry.raw_data_size().unwrap_or(0);
        if self.raw_data_size + size > self.raw_data_max {
            entry.raw_data.clear();
        } else {
            entry.raw_data.iter().for_each(RawData::forbid);
            self.raw_data_size += size;
        }
        self.open.remove(&entry.order);
        self.closed.push_back(place);
        if self.closed.len() > self.closed_max {
            if let Some(oldest) = self.closed.pop_front() {
                self.forget(oldest);
            }
        }
    }

    /// Frees the place of a handle that left the queue.
    fn forget(&mut self, place: usize) {
        self.drop_raw_data(place);
        if let Some(entry) = self.slots.get_mut(place) {
            entry.state = State::Forgotten;
            entry.made = None;
            entry.closed = None;
        }
        self.slots.release(place);
    }

    /// Of a closed handle.
    fn drop_raw_data(&mut self, place: usize) {
        if let Some(entry) = self.slots.get_mut(place) {
            self.raw_data_size -= entry.raw_data_size().unwrap_or(0);
            entry.raw_data.clear();
        }
    }

    /// What an extension gets in place of memory that is valid as long as the handle: a copy; the memory itself if there
    /// is none to be had.
    ///
    /// # Safety
    ///
    /// `source` can be read for `size` bytes, at least one.
    pub(super) unsafe fn hand_out(&mut self, h: HPy, source: *const c_char, size: usize) -> *const c_char {
        let Ok(place) = self.find(h) else { return source };
        let Some(entry) = self.slots.get_mut(place).filter(|entry| entry.is_open()) else { return source };
        if let Some(data) = entry.raw_data.iter().find(|data| data.is_of(source, size)) {
            return data.pointer();
        }
        // SAFETY: the caller's word.
        let Some(data) = (unsafe { RawData::copy(source, size) }) else { return source };
        let pointer = data.pointer();
        entry.raw_data.push(data);
        pointer
    }

    /// Places of the open handles since a generation, in the order of opening.
    pub(super) fn open_since(&self, generation: i64) -> Vec<usize> {
        self.since(generation, self.open.values())
    }

    /// Places of the closed handles since a generation, the first closed first.
    pub(super) fn closed_since(&self, generation: i64) -> Vec<usize> {
        self.since(generation, self.closed.iter())
    }

    fn since<'a>(&self, generation: i64, places: impl Iterator<Item = &'a usize>) -> Vec<usize> {
        let young = |place: &&usize| self.get(**place).is_some_and(|entry| entry.generation >= generation);
        places.filter(young).copied().collect()
    }

    /// The handle that has a place.
    pub(super) fn value(&self, place: usize) -> HPy {
        HPy { _i: self.slots.value(place) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(handles: &mut Handles, i: isize) -> (HPy, usize) {
        let h = handles.open(HPy { _i: i }, Owner::Extension, None);
        (h, handles.find(h).unwrap())
    }

    #[test]
    fn generations_and_order() {
        let mut handles = Handles::new();
        let (_, a) = open(&mut handles, 1);
        handles.generation += 1;
        let (_, b) = open(&mut handles, 1);
        let (_, c) = open(&mut handles, 2);
        assert_eq!(handles.open_since(0), [a, b, c]);
        assert_eq!(handles.open_since(1), [b, c]);
        handles.close(b, None);
        assert_eq!(handles.open_since(1), [c]);
        assert_eq!(handles.closed_since(0), [b]);
        assert!(!handles.get(b).unwrap().is_open());
    }

    #[test]
    fn the_queue_of_closed_handles_has_a_size() {
        let mut handles = Handles::new();
        handles.closed_max = 2;
        let (h, _) = open(&mut handles, 1);
        let places: Vec<usize> = (2..5).map(|i| open(&mut handles, i).1).collect();
        let first = handles.find(h).unwrap();
        handles.close(first, None);
        handles.close(places[0], None);
        handles.close(places[1], None);
        assert_eq!(handles.closed_since(0), places[..2]);
        assert!(handles.get(first).unwrap().is_forgotten());
        let (_, new) = open(&mut handles, 9);
        assert_eq!(new, places[0], "the oldest one's place is taken");
        assert_eq!(handles.find(h), Ok(first), "a forgotten one is still known");
        let (_, new) = open(&mut handles, 9);
        assert_eq!(new, first);
        assert_eq!(handles.find(h), Err(Stale::Ended));
    }

    #[test]
    fn a_queue_of_no_size() {
        let mut handles = Handles::new();
        handles.closed_max = 0;
        let (h, place) = open(&mut handles, 1);
        handles.close(place, None);
        assert_eq!(handles.closed_since(0), []);
        open(&mut handles, 2);
        assert_eq!(handles.find(h), Err(Stale::Ended));
    }

    #[test]
    fn memory_is_copied_once_and_counted_when_closed() {
        let mut handles = Handles::new();
        handles.raw_data_max = 8;
        let text = c"abcde";
        let give = |handles: &mut Handles| {
            let (h, place) = open(handles, 1);
            // SAFETY: the text and its NUL.
            let copies = unsafe { [0, 1].map(|_| handles.hand_out(h, text.as_ptr(), 6)) };
            assert_ne!(copies[0], text.as_ptr());
            assert_eq!(copies[0], copies[1]);
            // SAFETY: the copy has the NUL.
            assert_eq!(unsafe { core::ffi::CStr::from_ptr(copies[0]) }, text);
            place
        };
        let (a, b) = (give(&mut handles), give(&mut handles));
        let size = |handles: &Handles, place| handles.get(place).unwrap().raw_data_size();
        assert_eq!(size(&handles, a), Some(6));
        handles.close(a, None);
        assert_eq!(size(&handles, a), Some(6));
        handles.close(b, None);
        assert_eq!(size(&handles, b), None, "there is room for 8 bytes");
        handles.closed_max = 1;
        open(&mut handles, 2);
        assert_eq!(handles.raw_data_size, 0);
    }
}
