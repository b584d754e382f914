//! [`Cell`]: interior cell holding the Rust value of an instance, with a runtime borrow flag.
//!
//! The memory of a new instance is zero, and a flag of zero means that there is no value yet, as in an object whose `__new__`
//! was skipped. With a GIL only the thread that holds it touches the flag, by plain reads and writes; on free-threaded Python
//! the flag itself says that atomic ones are needed. So one read of it tells whether the fast path can be taken.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicIsize, Ordering};

use crate::core::Context;

/// No value.
const EMPTY: isize = 0;
/// A value that nobody borrows, where there is a GIL. Each shared borrow takes 1 off.
const FREE: isize = -1;
/// One that somebody borrows mutably.
const EXCLUSIVE: isize = 1;
/// A value that nobody borrows, where threads run at the same time. Each shared borrow adds as much.
const ATOMIC_FREE: isize = 4;
/// One that somebody borrows mutably.
const ATOMIC_EXCLUSIVE: isize = 2;
/// No value yet, but somebody is about to put one in: nobody else may, and all borrows are refused. Less than
/// [`ATOMIC_FREE`], as all words without a shared borrow or a free value are, so that one comparison refuses them all.
const FILLING: isize = 3;

/// Can forgotten borrows ([`core::mem::forget`]) reach the end of the word? Not in a lifetime where it has 64 bits.
const CAN_OVERFLOW: bool = cfg!(any(test, not(target_pointer_width = "64")));

/// How the word is touched. Whoever borrows remembers it for the end of the borrow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atomic(bool);

impl Atomic {
    /// By plain reads and writes.
    pub(crate) const NOT: Self = Atomic(false);
}

/// The word of a new value: says whether several threads may run Python at the same time. Written before any instance
/// exists, by the import that makes the classes; whoever has a class or an instance got it from there, so a relaxed read
/// sees it.
static FILLED: AtomicIsize = AtomicIsize::new(if cfg!(miri) { ATOMIC_FREE } else { FREE });

/// Called before any instance exists.
pub(in crate::class) fn choose_threading(ctx: Context<'_>) {
    let free = match hpy_host::interp::interpreter() {
        Some(known) => known.free_threaded,
        // A host in another file. An import may turn a GIL on, but whoever starts Python may insist on none.
        None => ctx
            .import("sys")
            .and_then(|sys| sys.getattr("abiflags"))
            .is_ok_and(|flags| flags.extract::<String>().is_ok_and(|flags| flags.contains('t'))),
    };
    if free {
        FILLED.store(ATOMIC_FREE, Ordering::Relaxed);
    }
}

/// As if this Python had no GIL.
#[cfg(test)]
pub(in crate::class) fn run_threads_at_once() {
    FILLED.store(ATOMIC_FREE, Ordering::Relaxed);
}

#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn free_threaded() -> bool {
    FILLED.load(Ordering::Relaxed) != FREE
}

/// Why a value can't be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// There is none: `__new__` was skipped.
    Empty,
    /// There is none yet: it is just being put in.
    Filling,
    /// It is borrowed, and a mutable borrow was wanted.
    Borrowed,
    /// It is borrowed mutably.
    MutablyBorrowed,
    /// It is borrowed as often as can be counted.
    TooOften,
}

/// A value and its state. All zero is a valid cell: one without a value.
#[repr(C)]
pub(crate) struct Cell<T> {
    state: AtomicIsize,
    value: UnsafeCell<MaybeUninit<T>>,
}

impl<T> Cell<T> {
    /// Where the value is.
    pub(crate) const VALUE: usize = core::mem::offset_of!(Self, value);

    /// Claims an empty cell, for exactly one caller, who then [fills](Cell::fill_claimed) it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn claim(&self) -> Result<(), Refused> {
        claim(&self.state)
    }

    /// Puts a value into a fresh or claimed cell.
    ///
    /// # Safety
    ///
    /// The cell is empty, and nobody else has its object yet; or the caller has [claimed](Cell::claim) it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn fill_claimed(&self, value: T) {
        // SAFETY: the caller's word: nobody else writes, and nobody reads before the word says so.
        unsafe { (*self.value.get()).write(value) };
        // `Release`: who sees this word by an `Acquire` read or update sees the value, too.
        self.state.store(FILLED.load(Ordering::Relaxed), Ordering::Release);
    }

    /// Returns the address of the value.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) fn value_address(&self) -> usize {
        (&raw const self.value).addr()
    }

    /// Has it no value?
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.state.load(Ordering::Acquire), EMPTY | FILLING)
    }

    /// The value, which is never borrowed mutably: that of a frozen class.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn frozen(&self) -> Result<(&T, Atomic), Refused> {
        // Pairs with the `Release` of `fill_claimed`. As unsigned numbers, all words of a frozen value are larger.
        let state = self.state.load(Ordering::Acquire);
        if hpy_sys::cast::unsigned(state) < hpy_sys::cast::unsigned(ATOMIC_FREE) {
            return Err(refused(state));
        }
        // SAFETY: invariant 8: there is a value, and a frozen class has no mutable borrows.
        Ok((unsafe { (*self.value.get()).assume_init_ref() }, Atomic(false)))
    }

    /// The value, for reading; [`Cell::release`] ends it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn borrow(&self) -> Result<(&T, Atomic), Refused> {
        let state = self.state.load(Ordering::Relaxed);
        let atomic = if state < 0 && !(CAN_OVERFLOW && state == isize::MIN) {
            // SAFETY: such a word is touched by the thread with the GIL only. A plain write, so that the compiler sees when
            // nobody needs it.
            unsafe { *self.state.as_ptr() = state - 1 };
            Atomic(false)
        } else {
            share(&self.state)?
        };
        // SAFETY: invariant 8: there is a value, and the word now keeps mutable borrows out.
        Ok((unsafe { (*self.value.get()).assume_init_ref() }, atomic))
    }

    /// [`Cell::borrow`] of two, which may be one, where plain reads and writes do and nobody borrows either mutably.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn borrow_both<'a>(one: &'a Self, two: &'a Self) -> Option<(&'a T, &'a T)> {
        let state = one.state.load(Ordering::Relaxed);
        let other = two.state.load(Ordering::Relaxed);
        if state & other >= 0 || CAN_OVERFLOW && state.min(other) < isize::MIN + 2 {
            return None;
        }
        // SAFETY: as in `borrow`, of both; the second is read again, in case it is the first.
        unsafe {
            *one.state.as_ptr() = state - 1;
            *two.state.as_ptr() -= 1;
            Some(((*one.value.get()).assume_init_ref(), (*two.value.get()).assume_init_ref()))
        }
    }

    /// How the word is touched, for who ends a borrow and has not remembered it. The cell has a value.
    pub(crate) fn atomic(&self) -> Atomic {
        Atomic(self.state.load(Ordering::Relaxed) > EXCLUSIVE)
    }

    /// Ends a shared borrow.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn release(&self, atomic: Atomic) {
        if atomic.0 {
            self.state.fetch_sub(ATOMIC_FREE, Ordering::Release);
        } else {
            // SAFETY: the word is touched by the thread with the GIL only.
            unsafe { *self.state.as_ptr() += 1 };
        }
    }

    /// The value, for writing; [`Cell::release_mut`] ends it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(clippy::mut_from_ref)] // the word keeps others out
    pub(crate) fn borrow_mut(&self) -> Result<(&mut T, Atomic), Refused> {
        let atomic = if self.state.load(Ordering::Relaxed) == FREE {
            // SAFETY: as in `borrow`.
            unsafe { *self.state.as_ptr() = EXCLUSIVE };
            Atomic(false)
        } else {
            take(&self.state)?
        };
        // SAFETY: invariant 8: there is a value, and the word now keeps all other borrows out.
        Ok((unsafe { (*self.value.get()).assume_init_mut() }, atomic))
    }

    /// Ends a mutable borrow.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn release_mut(&self, atomic: Atomic) {
        if atomic.0 {
            self.state.store(ATOMIC_FREE, Ordering::Release);
        } else {
            // SAFETY: the word is touched by the thread with the GIL only.
            unsafe { *self.state.as_ptr() = FREE };
        }
    }

    /// The value, for the garbage collector, unless somebody changes it or makes it.
    ///
    /// # Safety
    ///
    /// Only while no other thread runs Python, so that no borrow begins or ends.
    pub(in crate::class) unsafe fn peek(&self) -> Option<&T> {
        match self.state.load(Ordering::Acquire) {
            EMPTY | FILLING | EXCLUSIVE | ATOMIC_EXCLUSIVE => None,
            // SAFETY: there is a value, and nobody borrows it mutably.
            _ => Some(unsafe { (*self.value.get()).assume_init_ref() }),
        }
    }

    /// Drops the value if there is one and nobody borrows it, and keeps others from putting a new one in until `drop` is done.
    ///
    /// # Safety
    ///
    /// All borrows of the value are counted. `drop` drops the value it is given, and does not unwind.
    pub(in crate::class) unsafe fn clear_unused(&self, drop: impl FnOnce(*mut T)) {
        for free in [FREE, ATOMIC_FREE] {
            if self.state.compare_exchange(free, FILLING, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                drop(self.value.get().cast());
                return self.state.store(EMPTY, Ordering::Release);
            }
        }
    }

    /// Drops the value, if there is one.
    ///
    /// # Safety
    ///
    /// The object dies: nobody borrows the value, and nobody will.
    pub(crate) unsafe fn clear(&self) {
        if !matches!(self.state.swap(EMPTY, Ordering::Acquire), EMPTY | FILLING) {
            // SAFETY: the caller's word; there was a value, and now there is none.
            unsafe { (*self.value.get()).assume_init_drop() }
        }
    }
}

/// [`Cell::claim`]. The word alone decides who fills the cell; nothing else is read or written by whoever loses, and what
/// the winner writes is published by the `Release` of [`Cell::fill_claimed`]. So the claim itself may be relaxed.
#[inline(never)]
fn claim(state: &AtomicIsize) -> Result<(), Refused> {
    let claimed = state.compare_exchange(EMPTY, FILLING, Ordering::Relaxed, Ordering::Relaxed);
    claimed.map(drop).map_err(refused)
}

/// Begins a shared borrow where threads run at the same time.
///
/// `Acquire`: what the last mutable borrow wrote is seen, as its end is a `Release`; so is what [`Cell::fill_claimed`] wrote.
#[cold]
fn share(state: &AtomicIsize) -> Result<Atomic, Refused> {
    let more = |state: isize| if state >= ATOMIC_FREE { state.checked_add(ATOMIC_FREE) } else { None };
    let shared = state.fetch_update(Ordering::Acquire, Ordering::Relaxed, more);
    shared.map(|_| Atomic(true)).map_err(refused)
}

/// Begins a mutable borrow where threads run at the same time.
///
/// `Acquire`: as in [`share`]; and all shared borrows have ended by a `Release`, so what they read was read before.
#[cold]
fn take(state: &AtomicIsize) -> Result<Atomic, Refused> {
    let taken = state.compare_exchange(ATOMIC_FREE, ATOMIC_EXCLUSIVE, Ordering::Acquire, Ordering::Relaxed);
    taken.map(|_| Atomic(true)).map_err(refused)
}

#[cold]
fn refused(state: isize) -> Refused {
    match state {
        EMPTY => Refused::Empty,
        FILLING => Refused::Filling,
        isize::MIN => Refused::TooOften,
        _ if state > isize::MAX - ATOMIC_FREE => Refused::TooOften,
        EXCLUSIVE | ATOMIC_EXCLUSIVE => Refused::MutablyBorrowed,
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

    /// Claims the cell, and puts a value in; gives it back if it was claimed before.
    fn fill<T>(cell: &Cell<T>, value: T) -> Result<(), T> {
        match cell.claim() {
            Ok(()) => {
                // SAFETY: just claimed.
                unsafe { cell.fill_claimed(value) };
                Ok(())
            }
            Err(_) => Err(value),
        }
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
        assert!(fill(&cell, Counted(drops.clone())).is_ok());
        assert!(fill(&cell, Counted(drops.clone())).is_err());
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
        assert!(fill(&cell, String::from("a")).is_ok());
        let ((one, atomic), (two, _)) = (cell.borrow().unwrap(), cell.borrow().unwrap());
        assert_eq!((one.as_str(), two.as_str()), ("a", "a"));
        assert_eq!(cell.borrow_mut().err(), Some(Refused::Borrowed));
        cell.release(atomic);
        assert_eq!(cell.borrow_mut().err(), Some(Refused::Borrowed));
        cell.release(atomic);
        let (value, atomic) = cell.borrow_mut().unwrap();
        value.push('b');
        assert_eq!(cell.borrow().err(), Some(Refused::MutablyBorrowed));
        assert_eq!(cell.borrow_mut().err(), Some(Refused::MutablyBorrowed));
        cell.release_mut(atomic);
        let (value, atomic) = cell.borrow().unwrap();
        assert_eq!(value, "ab");
        cell.release(atomic);
        // SAFETY: nobody borrows it.
        unsafe { cell.clear() };
    }

    #[test]
    fn nobody_uses_it_while_it_is_filled() {
        let cell: Cell<Box<i32>> = fresh();
        assert_eq!(cell.claim(), Ok(()));
        assert_eq!(cell.claim(), Err(Refused::Filling));
        assert!(cell.is_empty());
        assert_eq!(cell.borrow().err(), Some(Refused::Filling));
        assert_eq!(cell.borrow_mut().err(), Some(Refused::Filling));
        assert_eq!(cell.frozen().err(), Some(Refused::Filling));
        assert!(Cell::borrow_both(&cell, &cell).is_none());
        // SAFETY: nobody borrows it. Whoever claimed it panicked, say.
        unsafe { cell.clear() };
    }

    #[test]
    fn forgotten_borrows_never_end_as_a_free_value() {
        let cell = fresh();
        assert!(fill(&cell, 7).is_ok());
        cell.state.store(isize::MIN + 1, Ordering::Relaxed);
        assert!(Cell::borrow_both(&cell, &cell).is_none());
        assert_eq!(cell.borrow().map(|(value, _)| *value), Ok(7));
        assert_eq!(cell.borrow().err(), Some(Refused::TooOften));
        assert!(cell.borrow_mut().is_err());
        cell.state.store(isize::MAX - ATOMIC_FREE + 1, Ordering::Relaxed);
        assert_eq!(cell.borrow().err(), Some(Refused::TooOften));
        assert!(cell.borrow_mut().is_err());
    }

    /// Many threads want to fill one cell, others read it meanwhile: one wins, and nobody sees half of it. Miri tries many
    /// orders, those of weak memory among them.
    #[test]
    fn one_thread_fills_it() {
        struct Shared(Cell<[u64; 4]>);
        // SAFETY: what the test is about.
        unsafe impl Sync for Shared {}
        FILLED.store(ATOMIC_FREE, Ordering::Relaxed);
        for _ in 0..if cfg!(miri) { 10 } else { 500 } {
            let shared = Shared(fresh());
            let (shared, wins) = (&shared, &AtomicU32::new(0));
            std::thread::scope(|scope| {
                for number in 1..4 {
                    scope.spawn(move || {
                        if fill(&shared.0, [number; 4]).is_ok() {
                            wins.fetch_add(1, Ordering::Relaxed);
                        }
                    });
                    scope.spawn(move || {
                        if let Ok((value, _)) = shared.0.frozen() {
                            assert!(value[0] != 0 && value.iter().all(|part| *part == value[0]));
                        }
                        if let Ok((value, atomic)) = shared.0.borrow() {
                            assert!(value[0] != 0 && value.iter().all(|part| *part == value[0]));
                            shared.0.release(atomic);
                        }
                    });
                }
            });
            assert_eq!(wins.load(Ordering::Relaxed), 1);
        }
    }

    #[test]
    fn two_are_borrowed_at_once() {
        let (one, two) = (fresh(), fresh());
        for cell in [&one, &two] {
            assert!(Cell::borrow_both(cell, &one).is_none(), "there is no value");
            assert!(fill(cell, String::from("a")).is_ok());
            cell.state.store(FREE, Ordering::Relaxed);
        }
        for (a, b) in [(&one, &two), (&one, &one)] {
            let both = Cell::borrow_both(a, b);
            assert_eq!(both.map(|(a, b)| (a.as_str(), b.as_str())), Some(("a", "a")));
            assert_eq!(Cell::borrow_both(b, a).map(|(b, _)| b.as_str()), Some("a"));
            for cell in [a, b, a, b] {
                assert_eq!(cell.borrow_mut().err(), Some(Refused::Borrowed));
                cell.release(Atomic::NOT);
            }
            let (_, atomic) = a.borrow_mut().unwrap();
            assert!(Cell::borrow_both(a, b).is_none() && Cell::borrow_both(b, a).is_none());
            a.release_mut(atomic);
        }
        two.state.store(ATOMIC_FREE, Ordering::Relaxed);
        assert!(Cell::borrow_both(&one, &two).is_none() && Cell::borrow_both(&two, &one).is_none());
        for cell in [&one, &two] {
            // SAFETY: nobody borrows it.
            unsafe { cell.clear() };
        }
    }

    #[test]
    fn threads_that_run_at_once_share_it() {
        let rounds = if cfg!(miri) { 20 } else { 10_000 };
        FILLED.store(ATOMIC_FREE, Ordering::Relaxed);
        struct Shared(Cell<u64>);
        // SAFETY: what the test is about.
        unsafe impl Sync for Shared {}
        let shared = Shared(fresh());
        assert!(fill(&shared.0, 0).is_ok());
        let shared = &shared;
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(move || {
                    let mut done = 0;
                    while done < rounds {
                        if let Ok((value, atomic)) = shared.0.borrow_mut() {
                            *value += 1;
                            done += 1;
                            shared.0.release_mut(atomic);
                        }
                        if let Ok((_, atomic)) = shared.0.borrow() {
                            shared.0.release(atomic);
                        }
                        std::thread::yield_now();
                    }
                });
            }
        });
        assert_eq!(shared.0.borrow().map(|(value, _)| *value), Ok(3 * rounds));
    }
}
