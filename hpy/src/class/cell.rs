//! [`Cell`]: a Rust value inside a Python object, with a word that says who may touch it.
//!
//! Fresh memory of an instance is zero, and zero says that there is no value yet: an object whose `__new__` was skipped
//! is told apart from one that is alive. While a Python that has a GIL runs us, only the thread that holds it touches the
//! word, and plain reads and writes do; free-threaded Python needs atomic ones.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// No value.
const EMPTY: usize = 0;
/// A value that nobody borrows. Each shared borrow adds [`SHARED`], so that the word stays odd.
const FREE: usize = 1;
const SHARED: usize = 2;
/// A value that somebody borrows mutably.
const EXCLUSIVE: usize = 2;

/// May several threads run Python at the same time?
static FREE_THREADED: AtomicBool = AtomicBool::new(false);

/// Called before any instance exists.
pub(super) fn choose_threading() {
    let free = hpy_host::interp::interpreter().is_some_and(|known| known.free_threaded);
    FREE_THREADED.store(free, Ordering::Relaxed);
}

#[inline(always)]
pub(crate) fn free_threaded() -> bool {
    cfg!(miri) || FREE_THREADED.load(Ordering::Relaxed)
}

/// Why a value can't be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// There is none: `__new__` was skipped.
    Empty,
    /// It is borrowed, and a mutable borrow was wanted.
    Borrowed,
    /// It is borrowed mutably.
    MutablyBorrowed,
}

/// A value and its state. All zero is a valid cell: one without a value.
#[repr(C)]
pub(crate) struct Cell<T> {
    state: AtomicUsize,
    value: UnsafeCell<MaybeUninit<T>>,
}

impl<T> Cell<T> {
    /// Puts a value into a fresh cell; gives it back if there is one already.
    #[inline(always)]
    pub(crate) fn fill(&self, value: T) -> Result<(), T> {
        if self.state.load(Ordering::Relaxed) != EMPTY {
            return Err(value);
        }
        // SAFETY: invariant 8: the cell is empty, and its object is only just made, so nobody else sees it.
        unsafe { (*self.value.get()).write(value) };
        self.state.store(FREE, Ordering::Release);
        Ok(())
    }

    /// Has it no value?
    pub(crate) fn is_empty(&self) -> bool {
        self.state.load(Ordering::Acquire) == EMPTY
    }

    /// The value, which is never borrowed mutably: that of a frozen class.
    #[inline(always)]
    pub(crate) fn frozen(&self) -> Result<&T, Refused> {
        if self.state.load(Ordering::Acquire) == EMPTY {
            return Err(Refused::Empty);
        }
        // SAFETY: invariant 8: there is a value, and a frozen class has no mutable borrows.
        Ok(unsafe { (*self.value.get()).assume_init_ref() })
    }

    /// The value, for reading; [`Cell::release`] ends it.
    #[inline(always)]
    pub(crate) fn borrow(&self) -> Result<&T, Refused> {
        let mut state = self.state.load(Ordering::Relaxed);
        loop {
            if state & FREE == 0 {
                return Err(refused(state));
            }
            if self.replace(&mut state, |state| state + SHARED) {
                // SAFETY: invariant 8: there is a value, and the word now keeps mutable borrows out.
                return Ok(unsafe { (*self.value.get()).assume_init_ref() });
            }
        }
    }

    /// Ends a shared borrow.
    #[inline(always)]
    pub(crate) fn release(&self) {
        if free_threaded() {
            self.state.fetch_sub(SHARED, Ordering::Release);
        } else {
            self.state.store(self.state.load(Ordering::Relaxed) - SHARED, Ordering::Relaxed);
        }
    }

    /// The value, for writing; [`Cell::release_mut`] ends it.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)] // the word keeps others out
    pub(crate) fn borrow_mut(&self) -> Result<&mut T, Refused> {
        let mut state = self.state.load(Ordering::Relaxed);
        loop {
            if state != FREE {
                return Err(refused(state));
            }
            if self.replace(&mut state, |_| EXCLUSIVE) {
                // SAFETY: invariant 8: there is a value, and the word now keeps all other borrows out.
                return Ok(unsafe { (*self.value.get()).assume_init_mut() });
            }
        }
    }

    /// Ends a mutable borrow.
    #[inline(always)]
    pub(crate) fn release_mut(&self) {
        self.state.store(FREE, Ordering::Release);
    }

    /// Writes a new state if nobody was faster; else reads the state again.
    #[inline(always)]
    fn replace(&self, state: &mut usize, new: impl FnOnce(usize) -> usize) -> bool {
        let wanted = new(*state);
        if !free_threaded() {
            self.state.store(wanted, Ordering::Relaxed);
            return true;
        }
        match self.state.compare_exchange_weak(*state, wanted, Ordering::Acquire, Ordering::Relaxed) {
            Ok(_) => true,
            Err(now) => {
                *state = now;
                false
            }
        }
    }

    /// Drops the value, if there is one.
    ///
    /// # Safety
    ///
    /// The object dies: nobody borrows the value, and nobody will.
    pub(crate) unsafe fn clear(&self) {
        if self.state.swap(EMPTY, Ordering::Acquire) != EMPTY {
            // SAFETY: the caller's word; there was a value, and now there is none.
            unsafe { (*self.value.get()).assume_init_drop() }
        }
    }
}

#[cold]
fn refused(state: usize) -> Refused {
    match state {
        EMPTY => Refused::Empty,
        EXCLUSIVE => Refused::MutablyBorrowed,
        _ => Refused::Borrowed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::AtomicU32;

    fn fresh<T>() -> Cell<T> {
        // SAFETY: all zero is a valid cell.
        unsafe { MaybeUninit::zeroed().assume_init() }
    }

    #[test]
    fn fresh_memory_has_no_value() {
        let cell: Cell<Box<i32>> = fresh();
        assert_eq!(cell.borrow().err(), Some(Refused::Empty));
        assert_eq!(cell.borrow_mut().err(), Some(Refused::Empty));
        assert_eq!(cell.frozen().err(), Some(Refused::Empty));
        // SAFETY: nobody borrows it.
        unsafe { cell.clear() };
    }

    #[test]
    fn it_is_filled_once_and_dropped_once() {
        struct Counted(Arc<AtomicU32>);
        impl Drop for Counted {
            fn drop(&mut self) {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
        }
        let drops = Arc::new(AtomicU32::new(0));
        let cell = fresh();
        assert!(cell.fill(Counted(drops.clone())).is_ok());
        assert!(cell.fill(Counted(drops.clone())).is_err());
        assert_eq!(drops.load(Ordering::Relaxed), 1);
        // SAFETY: nobody borrows it.
        unsafe {
            cell.clear();
            cell.clear();
        }
        assert_eq!(drops.load(Ordering::Relaxed), 2);
        assert_eq!(cell.frozen().err(), Some(Refused::Empty));
    }

    #[test]
    fn many_may_read_or_one_may_write() {
        let cell = fresh();
        assert!(cell.fill(String::from("a")).is_ok());
        let (one, two) = (cell.borrow().unwrap(), cell.borrow().unwrap());
        assert_eq!((one.as_str(), two.as_str()), ("a", "a"));
        assert_eq!(cell.borrow_mut().err(), Some(Refused::Borrowed));
        cell.release();
        assert_eq!(cell.borrow_mut().err(), Some(Refused::Borrowed));
        cell.release();
        cell.borrow_mut().unwrap().push('b');
        assert_eq!(cell.borrow().err(), Some(Refused::MutablyBorrowed));
        assert_eq!(cell.borrow_mut().err(), Some(Refused::MutablyBorrowed));
        cell.release_mut();
        assert_eq!(cell.borrow().unwrap(), "ab");
        cell.release();
        // SAFETY: nobody borrows it.
        unsafe { cell.clear() };
    }

    #[test]
    fn threads_that_run_at_once_share_it() {
        let rounds = if cfg!(miri) { 20 } else { 10_000 };
        FREE_THREADED.store(true, Ordering::Relaxed);
        struct Shared(Cell<u64>);
        // SAFETY: what the test is about.
        unsafe impl Sync for Shared {}
        let shared = Shared(fresh());
        assert!(shared.0.fill(0).is_ok());
        let shared = &shared;
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(move || {
                    let mut done = 0;
                    while done < rounds {
                        if let Ok(value) = shared.0.borrow_mut() {
                            *value += 1;
                            done += 1;
                            shared.0.release_mut();
                        }
                        if shared.0.borrow().is_ok() {
                            shared.0.release();
                        }
                        std::thread::yield_now();
                    }
                });
            }
        });
        assert_eq!(shared.0.borrow().copied(), Ok(3 * rounds));
    }
}
