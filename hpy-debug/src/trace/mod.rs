//! Trace mode: counts the calls of each function of the context and measures their duration.
//!
//! Handles are those of the plain context. Only the functions are others.

mod call;
mod extensions;
#[path = "gen/calls.rs"]
mod generated_calls;
#[path = "gen/wrappers.rs"]
mod wrappers;

use core::cell::Cell;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::Mutex;

use hpy_host::context::extensions::Extensions;
use hpy_sys::{HPy, HPyContext};

pub(crate) use call::{Call, by_hand, real_call};

use crate::lock;
use wrappers::NAMES;

/// Trace mode over a plain context.
#[repr(C)]
pub struct Trace {
    /// First, for [`hpy_host::context::extensions::of`].
    extensions: Extensions,
    plain: *mut HPyContext,
    table: MaybeUninit<HPyContext>,
    counts: [AtomicU64; NAMES.len()],
    nanoseconds: [AtomicU64; NAMES.len()],
    hooks: Mutex<Hooks>,
}

// SAFETY: what changes is atomic or behind a lock; the table is filled before anybody else sees it.
unsafe impl Send for Trace {}
// SAFETY: as above.
unsafe impl Sync for Trace {}

/// Functions in Python, as handles of the plain context, or NULL.
#[derive(Clone, Copy, Debug)]
struct Hooks {
    on_enter: HPy,
    on_exit: HPy,
}

/// When a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hook {
    /// Before each function of the context.
    Enter,
    /// After it.
    Exit,
}

impl core::fmt::Debug for Trace {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Trace").finish_non_exhaustive()
    }
}

impl Trace {
    /// Trace mode over a plain context. It lives for ever.
    ///
    /// # Safety
    ///
    /// `plain` is a whole context with all members of [`HPyContext`], and lives for ever.
    pub unsafe fn new(plain: *mut HPyContext) -> &'static Trace {
        let trace = Box::leak(Box::new(Trace {
            extensions: extensions::of(plain),
            plain,
            table: MaybeUninit::zeroed(),
            counts: [const { AtomicU64::new(0) }; NAMES.len()],
            nanoseconds: [const { AtomicU64::new(0) }; NAMES.len()],
            hooks: Mutex::new(Hooks { on_enter: HPy::NULL, on_exit: HPy::NULL }),
        }));
        let this = &raw mut *trace;
        // SAFETY: the caller's word; nobody else knows the table yet.
        unsafe {
            let table = (*this).table.as_mut_ptr();
            // A name with `(hpy-host` says that the private data begins with the extensions, and that they work.
            let extended = hpy_host::context::extensions::of(plain).is_some();
            let name = if extended { c"HPy Trace Mode ABI (hpy-host)" } else { c"HPy Trace Mode ABI" };
            (*table).name = name.as_ptr();
            (*table)._private = this.cast();
            (*table).abi_version = (*plain).abi_version;
            wrappers::fill(table, plain);
            &*this
        }
    }

    /// What a trace context belongs to.
    ///
    /// # Safety
    ///
    /// `ctx` is a trace context.
    unsafe fn of(ctx: *mut HPyContext) -> &'static Trace {
        // SAFETY: the caller's word; it lives for ever.
        unsafe { &*(*ctx)._private.cast::<Trace>() }
    }

    /// The trace context.
    pub fn context(&self) -> *mut HPyContext {
        self.table.as_ptr().cast_mut()
    }

    /// How often each function was called: its name in the context, and the number.
    pub fn call_counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        NAMES.into_iter().zip(self.counts.iter().map(|count| count.load(Relaxed)))
    }

    /// How long the calls of each function took: its name in the context, and nanoseconds.
    pub fn durations(&self) -> impl Iterator<Item = (&'static str, u64)> {
        NAMES.into_iter().zip(self.nanoseconds.iter().map(|time| time.load(Relaxed)))
    }

    /// Sets what is called with the name of each function; NULL for nothing.
    ///
    /// # Safety
    ///
    /// This thread runs Python; `function` is NULL or an open handle of the plain context, which stays the caller's.
    pub unsafe fn set_hook(&self, hook: Hook, function: HPy) {
        let plain = self.plain;
        // SAFETY: the caller's word; the old function is a handle of ours.
        unsafe {
            let new = if function.is_null() { function } else { ((*plain).ctx_Dup)(plain, function) };
            let old = {
                let mut hooks = lock(&self.hooks);
                let place = match hook {
                    Hook::Enter => &mut hooks.on_enter,
                    Hook::Exit => &mut hooks.on_exit,
                };
                core::mem::replace(place, new)
            };
            if !old.is_null() {
                ((*plain).ctx_Close)(plain, old);
            }
        }
    }

    /// Calls a function that was set, with a name. What it raises is printed: HPy's function can't raise for it.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    unsafe fn call_hook(&self, which: Hook, name: &str) {
        thread_local!(static INSIDE: Cell<bool> = const { Cell::new(false) });
        let plain = self.plain;
        // SAFETY: the caller's word; an exception that is pending is put aside. The function may set another one.
        unsafe {
            let hook = {
                let hooks = lock(&self.hooks);
                let hook = match which {
                    Hook::Enter => hooks.on_enter,
                    Hook::Exit => hooks.on_exit,
                };
                if hook.is_null() || INSIDE.replace(true) {
                    return; // what the function itself calls is not shown to it
                }
                ((*plain).ctx_Dup)(plain, hook)
            };
            let ext = hpy_host::context::extensions::of(plain);
            let pending = ext.map_or(HPy::NULL, |ext| (ext.err_fetch)(plain));
            let text = std::ffi::CString::new(name).unwrap_or_default();
            let mut name = ((*plain).ctx_Unicode_FromString)(plain, text.as_ptr());
            let args = ((*plain).ctx_Tuple_FromArray)(plain, &mut name, 1);
            let result = ((*plain).ctx_CallTupleDict)(plain, hook, args, HPy::NULL);
            if result.is_null() {
                ((*plain).ctx_Err_WriteUnraisable)(plain, hook);
            }
            for h in [name, args, result, hook] {
                ((*plain).ctx_Close)(plain, h);
            }
            if let (Some(ext), false) = (ext, pending.is_null()) {
                (ext.err_restore)(plain, pending);
                ((*plain).ctx_Close)(plain, pending);
            }
        }
        INSIDE.set(false);
    }
}

/// The clock's ticks per second: nanoseconds are what is measured.
pub const FREQUENCY: u64 = 1_000_000_000;
