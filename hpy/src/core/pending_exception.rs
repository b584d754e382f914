//! [`Pending`]: an exception that cannot be taken out of the interpreter, on a native host.
//!
//! The exception stays pending while an [`Error`](crate::Error) stands for it, and is cleared when that is dropped. It may only
//! be cleared in the call that it belongs to, while the thread runs Python. An error can live longer than that: in a
//! thread-local, or dropped in [`detach`](crate::Context::detach), in a later call, or at the end of the thread.

use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};

use hpy_sys::HPyContext;

use super::context::Context;

/// Number of pending exceptions on all threads: nearly always 0, so that the end of a call costs little.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Counts the calls that ended while there was one.
    static CALL: Cell<usize> = const { Cell::new(0) };
    /// Whether this thread is in `detach`.
    static DETACHED: Cell<bool> = const { Cell::new(false) };
}

pub(crate) struct Pending {
    ctx: *mut HPyContext,
    /// [`CALL`] when it was made; another value once it is no more ours to clear.
    call: Option<usize>,
}

impl Pending {
    pub(crate) fn new(ctx: *mut HPyContext) -> Self {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Pending { ctx, call: Some(CALL.get()) }
    }

    /// Returns whether the call is the one that raised it. In any other it is not pending any more.
    pub(crate) fn is_current(&self, ctx: Context<'_>) -> bool {
        self.ctx == ctx.raw() && self.call == Some(CALL.get())
    }

    /// Leaves the exception to the interpreter.
    pub(crate) fn leave(&mut self) {
        self.call = None;
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
        if self.call == Some(CALL.get()) && !DETACHED.get() {
            // SAFETY: invariants 2 and 7: this is the thread and the call that it was made in.
            unsafe { hpy_host::calls::HPyErr_Clear(self.ctx) }
        }
    }
}

/// A call ends, with a foreign host's context; with a result, or with an exception that is pending.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn call_ends(ctx: *mut HPyContext, with_result: bool) {
    if ALIVE.load(Ordering::Relaxed) != 0 {
        outlived(ctx, with_result);
    }
}

/// An error was kept, on this thread or another one: no error of this call may clear anything from now on.
#[cold]
#[inline(never)]
fn outlived(ctx: *mut HPyContext, with_result: bool) {
    CALL.set(CALL.get().wrapping_add(1));
    if with_result {
        // SAFETY: invariant 2. A result and an exception don't go together.
        unsafe { hpy_host::calls::HPyErr_Clear(ctx) }
    }
}

/// Runs `f`, a part of `detach`.
pub(crate) fn detached<R>(f: impl FnOnce() -> R) -> R {
    struct Back(bool);
    impl Drop for Back {
        fn drop(&mut self) {
            DETACHED.set(self.0);
        }
    }
    let _back = Back(DETACHED.replace(true));
    f()
}
