//! Detection of calls to Python inside `detach`, in builds with debug assertions.
//!
//! The compiler keeps handles and contexts out of the closure that runs detached, except those that a thread-local borrowed from
//! further up the stack. Catching these takes a check in every call, so only development builds check.

#[cfg(debug_assertions)]
thread_local!(static DETACHED: core::cell::Cell<bool> = const { core::cell::Cell::new(false) });

/// Notes whether this thread is in `detach`; gives what it was before.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn set(detached: bool) -> bool {
    #[cfg(debug_assertions)]
    let before = DETACHED.replace(detached);
    #[cfg(not(debug_assertions))]
    let before = {
        let _ = detached;
        false
    };
    before
}

/// Returns whether this thread is in `detach` and does not run Python. False in builds without debug assertions.
///
/// A function that runs detached may have called code that calls Python, in the ways that the C API has for that.
#[cfg_attr(not(debug_assertions), inline(always))]
#[must_use]
pub fn is_detached() -> bool {
    #[cfg(debug_assertions)]
    let detached = DETACHED.get() && !super::threads::runs_python();
    #[cfg(not(debug_assertions))]
    let detached = false;
    detached
}

/// Panics where Python is called inside of `detach`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn check() {
    if cfg!(debug_assertions) && is_detached() {
        called();
    }
}

#[cold]
fn called() -> ! {
    panic!(
        "Python was called inside of `detach`: a thread-local must not lend a handle or a context to the function that runs detached"
    )
}
