//! Releases of references by instances that are deallocated, without deep recursion.
//!
//! A chain of instances, each of which holds the last reference to the next one, would need as much of the machine's stack as
//! it is long. So from some depth on references wait until the instances around have ended.

use core::cell::{Cell, RefCell};

use super::refs;
use super::types::PyObject;

/// The deepest nesting of deallocations.
const DEEPEST: u32 = 40;

thread_local! {
    /// How many deallocations are nested on this thread.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    /// References of instances that have ended, to be released when the outermost deallocation is done.
    static WAITING: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Calls a function that releases what an instance holds.
pub(crate) fn nested(release: impl FnOnce()) {
    let depth = DEPTH.get();
    DEPTH.set(depth + 1);
    release();
    if depth == 0 {
        // Where the thread's values are gone, nothing has been put there.
        while let Ok(Some(next)) = WAITING.try_with(|waiting| waiting.borrow_mut().pop()) {
            // SAFETY: put there by `release_within`; whoever is outermost is attached, as its callers are.
            unsafe { refs::decref(core::ptr::with_exposed_provenance_mut(next)) };
        }
    }
    DEPTH.set(depth);
}

/// Releases a reference within [`nested`], at once or later. A thread that ends, and has given up its thread-local values, releases it
/// at once.
///
/// # Safety
///
/// The caller owns the reference; this thread is attached to the interpreter.
pub(crate) unsafe fn release_within(object: *mut PyObject) {
    let later = || WAITING.try_with(|waiting| waiting.borrow_mut().push(object.expose_provenance())).is_ok();
    if DEPTH.get() <= DEEPEST || !later() {
        // SAFETY: the caller's word.
        unsafe { refs::decref(object) }
    }
}

/// Releases a reference that may be the last one to the next instance of a chain.
///
/// # Safety
///
/// As for [`refs::decref`]; the caller owns the reference.
pub unsafe fn release(object: *mut PyObject) {
    // SAFETY: the caller's word.
    nested(|| unsafe { release_within(object) });
}
