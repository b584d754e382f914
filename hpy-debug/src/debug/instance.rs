//! The contexts that debug mode passes to an extension: a different one for each call, to detect uses after the call.

use core::ffi::CStr;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicU8, AtomicUsize, Ordering::Relaxed};
use std::collections::VecDeque;
use std::sync::Mutex;

use hpy_host::context::extensions::Extensions;
use hpy_sys::HPyContext;

use super::Debug;
use super::origin::Origin;
use crate::lock;

/// The name of debug contexts. One with `(hpy-host` says that `_private` begins with [`Extensions`], and that they work.
pub(super) fn name(has_extensions: bool) -> &'static CStr {
    if has_extensions { c"HPy Debug Mode ABI (hpy-host)" } else { c"HPy Debug Mode ABI" }
}

/// How many contexts there are at first: a call's context comes back after so many calls.
const FIRST: usize = 16;

/// What the extension may do with a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Use {
    /// Nothing: there is no call that it belongs to.
    None,
    /// Call its functions.
    Any,
    /// Nothing, as it is in one of its functions.
    Inside,
    /// Only go back to Python.
    Reenter,
}

/// One context, and what debug mode knows of it. `_private` points here.
#[repr(C)]
pub(super) struct Instance {
    /// First, for [`hpy_host::context::extensions::of`].
    extensions: Extensions,
    pub(super) debug: &'static Debug,
    state: AtomicU8,
    thread: AtomicUsize,
    table: MaybeUninit<HPyContext>,
}

impl Instance {
    /// Makes one that lives for ever.
    ///
    /// # Safety
    ///
    /// `template` is a filled table.
    unsafe fn leak(
        debug: &'static Debug,
        template: *const HPyContext,
        extensions: Extensions,
    ) -> *mut HPyContext {
        let instance = Box::into_raw(Box::new(Instance {
            extensions,
            debug,
            state: AtomicU8::new(Use::None as u8),
            thread: AtomicUsize::new(0),
            table: MaybeUninit::uninit(),
        }));
        // SAFETY: the caller's word; nobody else knows the instance yet.
        unsafe {
            let table = (*instance).table.as_mut_ptr();
            core::ptr::copy_nonoverlapping(template, table, 1);
            (*table)._private = instance.cast();
            table
        }
    }

    /// What a debug context belongs to.
    ///
    /// # Safety
    ///
    /// `ctx` is a debug context.
    pub(super) unsafe fn of(ctx: *mut HPyContext) -> &'static Instance {
        // SAFETY: the caller's word; instances live for ever.
        unsafe { &*(*ctx)._private.cast::<Instance>() }
    }

    pub(super) fn state(&self) -> Use {
        match self.state.load(Relaxed) {
            1 => Use::Any,
            2 => Use::Inside,
            3 => Use::Reenter,
            _ => Use::None,
        }
    }

    pub(super) fn set_state(&self, state: Use) {
        self.state.store(state as u8, Relaxed);
    }

    /// Is it the context of a call on this thread, with this state?
    pub(super) fn allows(&self, state: Use) -> bool {
        self.state() == state && self.thread.load(Relaxed) == this_thread()
    }

    /// Ends the process unless [`allows`](Self::allows) says yes.
    #[inline]
    pub(super) fn check(&self, state: Use, function: &str) {
        if !self.allows(state) {
            wrong_context(self, state, function)
        }
    }
}

/// A number that no other living thread has.
fn this_thread() -> usize {
    thread_local!(static MARK: u8 = const { 0 });
    MARK.with(|mark| core::ptr::from_ref(mark) as usize)
}

#[cold]
fn wrong_context(instance: &Instance, wanted: Use, function: &str) -> ! {
    let reason = match instance.state() {
        _ if instance.thread.load(Relaxed) != this_thread() => "it belongs to a call on another thread",
        Use::None => "its call is over; each call has a context of its own, which must not be kept",
        Use::Inside => "it belongs to another call, which has not come back yet",
        Use::Reenter => "after HPy_LeavePythonExecution nothing but HPy_ReenterPythonExecution may be called",
        Use::Any if wanted == Use::Reenter => "HPy_LeavePythonExecution was not called before",
        Use::Any => "it can't be used here",
    };
    let origin = Origin::native(16);
    eprintln!("Error: Wrong HPy Context!\n{function}: {reason}\n{origin}");
    std::process::abort()
}

/// The contexts that no call has.
pub(super) struct Ring {
    root: *mut HPyContext,
    template: *mut HPyContext,
    extensions: Extensions,
    idle: Mutex<VecDeque<*mut HPyContext>>,
}

// SAFETY: the contexts are only given out and taken back here, one owner at a time; the rest is never written to.
unsafe impl Send for Ring {}
// SAFETY: as above.
unsafe impl Sync for Ring {}

impl Ring {
    /// # Safety
    ///
    /// `template` is a filled table that lives for ever, and is not written to again.
    pub(super) unsafe fn new(
        debug: &'static Debug,
        template: *mut HPyContext,
        extensions: Extensions,
    ) -> Ring {
        // SAFETY: the caller's word.
        let new = || unsafe { Instance::leak(debug, template, extensions) };
        Ring { root: new(), template, extensions, idle: Mutex::new((0..FIRST).map(|_| new()).collect()) }
    }

    /// The context that an extension's file is given when it is loaded, for its trampolines. No call has it.
    pub(super) fn root(&self) -> *mut HPyContext {
        self.root
    }

    /// The context for a call on this thread: the one that was in no call for the longest time.
    pub(super) fn begin(&self, debug: &'static Debug) -> *mut HPyContext {
        let idle = lock(&self.idle).pop_front();
        // SAFETY: the template is filled; the context is a debug context.
        unsafe {
            let ctx = idle.unwrap_or_else(|| Instance::leak(debug, self.template, self.extensions));
            let instance = Instance::of(ctx);
            instance.thread.store(this_thread(), Relaxed);
            instance.set_state(Use::Any);
            ctx
        }
    }

    /// The call of a context is over.
    ///
    /// # Safety
    ///
    /// `ctx` is what [`begin`](Self::begin) gave.
    pub(super) unsafe fn end(&self, ctx: *mut HPyContext) {
        // SAFETY: the caller's word.
        unsafe { Instance::of(ctx) }.set_state(Use::None);
        lock(&self.idle).push_back(ctx);
    }
}

impl core::fmt::Debug for Ring {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Ring").finish_non_exhaustive()
    }
}
