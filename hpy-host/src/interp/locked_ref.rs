//! [`LockedRef`]: a reference that several threads read and replace, on CPython without a GIL.
//!
//! HPy passes fields and globals by value. If the value were the object pointer, the object could be freed between reading the
//! pointer and counting the reference. So the value is the address of a `LockedRef`, which outlives all its readers.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hpy_sys::HPy;
use hpy_sys::cast::{signed, unsigned};

use crate::capi::handle::object;
use crate::capi::refs;

/// An owned reference, or NULL, under a lock that is held for as long as it takes to count.
pub(crate) struct LockedRef(Mutex<HPy>);

impl LockedRef {
    /// The cell that a word stands for.
    ///
    /// # Safety
    ///
    /// The word was written by [`store`], and the cell is not freed yet.
    pub(crate) unsafe fn of<'a>(word: isize) -> &'a Self {
        // SAFETY: the caller's word.
        unsafe { &*core::ptr::with_exposed_provenance(unsigned(word)) }
    }

    fn lock(&self) -> MutexGuard<'_, HPy> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new handle on what it holds.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    pub(crate) unsafe fn load(&self) -> HPy {
        let held = self.lock();
        if !held.is_null() {
            // SAFETY: the cell owns a reference while it is locked.
            unsafe { refs::incref(object(*held)) };
        }
        *held
    }

    /// What it holds, borrowed.
    pub(crate) fn peek(&self) -> HPy {
        *self.lock()
    }

    /// Puts an owned handle in; gives back the one that was there.
    pub(crate) fn replace(&self, h: HPy) -> HPy {
        core::mem::replace(&mut *self.lock(), h)
    }

    /// Frees the cell; gives back the owned handle that was in it.
    ///
    /// # Safety
    ///
    /// As for [`LockedRef::of`], and nobody uses it any more.
    pub(crate) unsafe fn free(word: isize) -> HPy {
        // SAFETY: the caller's word.
        let cell: Box<Self> =
            unsafe { Box::from_raw(core::ptr::with_exposed_provenance_mut(unsigned(word))) };
        cell.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts an owned handle, not NULL, into the cell of a word, which gets one if it is 0; gives back what was there.
///
/// # Safety
///
/// A word that is 0, or was written by this function and has its cell still.
pub(crate) unsafe fn store(word: *mut isize, h: HPy) -> HPy {
    // SAFETY: the caller's word: aligned and alive.
    let word = unsafe { AtomicUsize::from_ptr(word.cast()) };
    let known = word.load(Ordering::Acquire);
    if known != 0 {
        // SAFETY: the caller's word.
        return unsafe { LockedRef::of(signed(known)) }.replace(h);
    }
    let new = Box::into_raw(Box::new(LockedRef(Mutex::new(h)))).expose_provenance();
    match word.compare_exchange(0, new, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => HPy::NULL,
        // SAFETY: nobody else saw the new one; the other one is there by now.
        Err(other) => unsafe { LockedRef::of(signed(other)).replace(LockedRef::free(signed(new))) },
    }
}
