//! Handles that were dropped without a context. The next call into the library closes them.

use core::sync::atomic::{AtomicPtr, Ordering};
use std::sync::Mutex;

use hpy_sys::HPy;

use super::context::Context;
use super::host::Host;

/// The raw handles and their hosts.
static DROPPED: Mutex<Vec<(isize, Host)>> = Mutex::new(Vec::new());

/// [`close_now`] while there are any. Only [`close_later`] names that function, so a library that never calls it, one without
/// classes, has none of this.
static CLOSE: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

/// Closes the handle when Python calls the library again.
pub(crate) fn close_later(raw: isize, host: Host) {
    if let Ok(mut dropped) = DROPPED.lock() {
        dropped.push((raw, host));
        let close: for<'ctx> fn(Context<'ctx>) = close_now;
        CLOSE.store(close as *mut (), Ordering::Relaxed);
    }
}

/// Closes the handles that were dropped since the last call.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn close_dropped(ctx: Context<'_>) {
    let close = CLOSE.load(Ordering::Relaxed);
    if !close.is_null() {
        // SAFETY: nothing else is ever stored there.
        let close: for<'ctx> fn(Context<'ctx>) = unsafe { core::mem::transmute(close) };
        close(ctx);
    }
}

#[cold]
fn close_now(ctx: Context<'_>) {
    let Ok(mut dropped) = DROPPED.lock() else { return };
    let here = Host::of(ctx);
    let (ours, others) = core::mem::take(&mut *dropped).into_iter().partition(|(_, host)| *host == here);
    *dropped = others;
    if dropped.is_empty() {
        CLOSE.store(core::ptr::null_mut(), Ordering::Relaxed);
    }
    drop(dropped);
    let ours: Vec<(isize, Host)> = ours;
    for (raw, _) in ours {
        // SAFETY: the handle was the dropped value's own.
        unsafe { hpy_host::calls::HPy_Close(ctx.raw(), HPy { _i: raw }) }
    }
}
