//! Calls of Python inside of `detach`, noticed by builds with debug assertions.
//!
//! The compiler keeps what belongs to Python out of the closure that runs detached, but for what the closure finds in a
//! thread-local that borrows from further up the stack. A look at each call would find that, and make each call slower; so
//! only development builds look.

#[cfg(debug_assertions)]
thread_local!(static DETACHED: core::cell::Cell<bool> = const { core::cell::Cell::new(false) });

/// Notes whether this thread is in `detach`; gives what it was before.
#[inline(always)]
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

/// Is this thread in `detach`, and does not run Python? Never where nobody looks.
///
/// A function that runs detached may have called code that calls Python, in the ways that the C API has for that.
#[inline(always)]
#[must_use]
pub fn is_detached() -> bool {
    #[cfg(debug_assertions)]
    let detached = DETACHED.get() && !super::threads::runs_python();
    #[cfg(not(debug_assertions))]
    let detached = false;
    detached
}

/// Panics where Python is called inside of `detach`.
#[inline(always)]
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
