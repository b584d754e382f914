//! Traced calls in both directions: to functions of the context, and to functions of the extension.

use core::cell::Cell;
use core::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

use hpy_sys::{HPyCFunction, HPyContext};

use super::wrappers::NAMES;
use super::{Hook, Trace};

/// One call of a function of the context.
pub(crate) struct Call {
    trace: &'static Trace,
    pub(crate) plain: *mut HPyContext,
    function: usize,
    start: Instant,
}

impl Call {
    /// Counts the call, and begins to measure it.
    ///
    /// # Safety
    ///
    /// `ctx` is a trace context, and the rest is as the function asks for.
    pub(crate) unsafe fn enter(ctx: *mut HPyContext, function: usize) -> Call {
        // SAFETY: the caller's word.
        unsafe {
            let trace = Trace::of(ctx);
            trace.counts[function].fetch_add(1, Relaxed);
            if runs_python(function) {
                trace.call_hook(Hook::Enter, NAMES[function]);
            }
            Call { trace, plain: trace.plain, function, start: Instant::now() }
        }
    }

    /// The function came back.
    ///
    /// # Safety
    ///
    /// As for [`enter`](Self::enter).
    pub(crate) unsafe fn exit(self) {
        let time = u64::try_from(self.start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.trace.nanoseconds[self.function].fetch_add(time, Relaxed);
        if !leaves_python(self.function) {
            // SAFETY: the caller's word: this thread runs Python.
            unsafe { self.trace.call_hook(Hook::Exit, NAMES[self.function]) }
        }
    }
}

/// Does a thread run Python when it calls the function?
fn runs_python(function: usize) -> bool {
    NAMES[function] != "ctx_ReenterPythonExecution"
}

/// Does it not when the function comes back?
fn leaves_python(function: usize) -> bool {
    NAMES[function] == "ctx_LeavePythonExecution"
}

/// What the plain context is about to call: a function of the extension, with a trace context.
#[derive(Clone, Copy)]
struct Pending(HPyCFunction, *mut HPyContext);

thread_local!(static PENDING: Cell<Option<Pending>> = const { Cell::new(None) });

/// The function that the plain context was asked to call, and its context.
///
/// # Safety
///
/// Only for what [`between`](crate::trace::generated_calls::between) gives.
pub(crate) unsafe fn real_call() -> (HPyCFunction, *mut HPyContext) {
    let Pending(function, ctx) = PENDING.take().expect("nobody asked for this call");
    (function, ctx)
}

pub(crate) mod by_hand {
    //! The host's way into the extension, which is not counted.

    use core::ffi::c_void;

    use hpy_sys::{HPyCFunction, HPyContext, HPyFunc_Signature};

    use super::{PENDING, Pending};
    use crate::trace::Trace;

    pub(crate) unsafe extern "C" fn ctx_CallRealFunctionFromTrampoline(
        ctx: *mut HPyContext,
        signature: HPyFunc_Signature,
        function: HPyCFunction,
        args: *mut c_void,
    ) {
        // SAFETY: HPy's rules: the file's context, and the struct of arguments of this signature. What is called in place
        // of the function calls it with the same arguments.
        unsafe {
            let plain = Trace::of(ctx).plain;
            match crate::trace::generated_calls::between(signature) {
                Some(ours) => {
                    let outer = PENDING.replace(Some(Pending(function, ctx)));
                    ((*plain).ctx_CallRealFunctionFromTrampoline)(plain, signature, ours, args);
                    PENDING.set(outer);
                }
                None => ((*plain).ctx_CallRealFunctionFromTrampoline)(plain, signature, function, args),
            }
        }
    }
}
